#include "core/apigateway/json_schema.h"
#include "core/apigateway/v2/socket_call.h"
#include "core/base/text.h"

#include <algorithm>

namespace core::apigateway::v2 {

namespace {

// The name of the model that the route selects for this message, else of the one for $default.
const std::string* selectModel(const SocketCall& call)
{
    const auto& route = *call.route;
    const auto key = route.modelSelectionExpression.empty()
        ? std::nullopt
        : selectRouteKey(route.modelSelectionExpression, call.body);
    auto found = route.requestModels.find(key.value_or(std::string(kDefaultKey)));
    if (found == route.requestModels.end())
        found = route.requestModels.find(std::string(kDefaultKey));
    return found == route.requestModels.end() ? nullptr : &found->second;
}

// As schemas refer to each other, in both kinds of APIs.
SchemaSource sourceOf(const Deployment& deployment)
{
    std::map<std::string, apigateway::Model> models;
    for (const auto& [id, model] : deployment.models)
        models[model.name].schema = model.schema;
    return [models = std::move(models)](const std::string& uri) { return modelSource(models)(uri); };
}

}

SocketResult<void> validateMessage(SocketCall& call)
{
    if (call.route->requestModels.empty())
        return {};
    const auto* name = selectModel(call);
    if (!name) {
        call.step("Validate", "No model is selected: the message is not checked");
        return {};
    }
    const auto& models = call.deployment->models;
    const auto model = std::find_if(
        models.begin(), models.end(), [&](const auto& entry) { return entry.second.name == *name; });
    if (model == models.end())
        return socketError("There is no model " + *name);
    const auto found =
        violations(model->second.schema, call.body.empty() ? "{}" : call.body, sourceOf(*call.deployment));
    if (!found)
        return socketError("The schema of model " + *name + " is not usable: " + found.error().message);
    if (!found->empty())
        return tl::unexpected<SocketFailure>(
            {400, "Invalid request body", "Model " + *name + ": " + join(*found, "; "), "BAD_REQUEST_BODY",
                "[" + join(*found, ", ") + "]"});
    call.step("Validate", "The message is what model " + *name + " says", trace::Verdict::Pass);
    return {};
}

}
