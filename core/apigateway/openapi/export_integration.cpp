#include "core/apigateway/model_json.h"
#include "core/apigateway/openapi/export_state.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::openapi {

namespace {

template <typename Map> void setFilled(Node& into, const char* name, const Map& map)
{
    if (!map.empty())
        into[name] = map;
}

void setText(Node& into, const char* name, const std::string& text)
{
    if (!text.empty())
        into[name] = text;
}

Node response(const IntegrationResponse& given)
{
    Node out{{"statusCode", given.statusCode}};
    setFilled(out, "responseParameters", given.responseParameters);
    for (const auto& [type, text] : given.responseTemplates)
        out["responseTemplates"][type] = text ? Node(*text) : Node(nullptr);
    setText(out, "contentHandling", given.contentHandling);
    return out;
}

Node responses(const Integration& integration)
{
    auto out = Node::object();
    for (const auto& [status, given] : integration.integrationResponses) {
        auto key = given.selectionPattern.value_or("");
        if (key.empty())
            key = out.contains("default") ? status : "default";
        out[key] = response(given);
    }
    return out;
}

}

Node exportedIntegration(const ExportState& state, const Resource& resource, const Integration& integration)
{
    auto out = Node::object();
    const auto type = toLower(wireName(integration.type));
    if (state.options.swagger)
        out["type"] = type;
    setText(out, "httpMethod", integration.httpMethod);
    setText(out, "uri", integration.uri);
    setText(out, "credentials", integration.credentials);
    if (!integration.integrationResponses.empty())
        out["responses"] = responses(integration);
    setFilled(out, "requestParameters", integration.requestParameters);
    setFilled(out, "requestTemplates", integration.requestTemplates);
    out["passthroughBehavior"] = toLower(integration.passthroughBehavior);
    setText(out, "contentHandling", integration.contentHandling);
    if (integration.timeoutInMillis != 29'000)
        out["timeoutInMillis"] = integration.timeoutInMillis;
    if (integration.cacheNamespace != resource.id)
        setText(out, "cacheNamespace", integration.cacheNamespace);
    setFilled(out, "cacheKeyParameters", integration.cacheKeyParameters);
    const bool usual = integration.connectionType.empty() || integration.connectionType == "INTERNET";
    if (!usual || (state.options.exact && !integration.connectionType.empty()))
        out["connectionType"] = integration.connectionType;
    setText(out, "connectionId", integration.connectionId);
    if (integration.insecureSkipVerification)
        out["tlsConfig"]["insecureSkipVerification"] = *integration.insecureSkipVerification;
    setText(out, "responseTransferMode", integration.responseTransferMode);
    setText(out, "integrationTarget", integration.integrationTarget);
    out["type"] = type;
    return out;
}

}
