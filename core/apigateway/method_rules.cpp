#include "core/apigateway/method_rules.h"

#include "core/apigateway/errors.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace core::apigateway {

Result<> checkHttpMethod(const std::string& name)
{
    constexpr std::array<std::string_view, 8> kMethods{
        "GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"};
    if (std::find(kMethods.begin(), kMethods.end(), name) == kMethods.end())
        return fail(errors::invalidHttpMethod());
    return {};
}

Result<> checkAuthorization(const std::string& type)
{
    if (type == "NONE" || type == "AWS_IAM" || type == "CUSTOM" || type == "COGNITO_USER_POOLS")
        return {};
    return fail(
        errors::badRequest("Invalid authorization type specified. Valid options are NONE, AWS_IAM, CUSTOM, "
                           "COGNITO_USER_POOLS"));
}

Result<> checkValidator(const ApiDefinition& api, const std::string& id)
{
    if (!id.empty() && !api.validators.contains(id))
        return fail(errors::badRequest("Invalid Request Validator identifier specified"));
    return {};
}

Result<> checkRequestParameters(const std::map<std::string, bool>& parameters)
{
    constexpr std::array<std::string_view, 5> kPlaces{"method.request.path.", "method.request.querystring.",
        "method.request.header.", "method.request.multivaluequerystring.",
        "method.request.multivalueheader."};
    std::set<std::string> names;
    for (const auto& [parameter, required] : parameters) {
        const auto place = std::find_if(kPlaces.begin(), kPlaces.end(), [&](std::string_view prefix) {
            return parameter.size() > prefix.size() && parameter.starts_with(prefix);
        });
        if (place == kPlaces.end())
            return fail(errors::badRequest("Invalid Parameter name specified: " + parameter));
        if (!names.insert(parameter.substr(place->size())).second)
            return fail(
                errors::badRequest("Parameter names must be unique across querystring, header and path"));
    }
    return {};
}

Result<> checkModels(const ApiDefinition& api, const StringMap& models)
{
    for (const auto& [type, model] : models) {
        if (!api.models.contains(model))
            return fail(errors::badRequest("Invalid model identifier specified: " + model));
    }
    return {};
}

}
