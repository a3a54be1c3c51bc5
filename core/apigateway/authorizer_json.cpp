#include "core/apigateway/authorizer_json.h"

#include "core/apigateway/model_json.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

json toJson(const Authorizer& authorizer)
{
    json out{{"id", authorizer.id}, {"name", authorizer.name}, {"type", authorizer.type}};
    const auto set = [&out](const char* name, const std::string& value) {
        if (!value.empty())
            out[name] = value;
    };
    if (!authorizer.providerArns.empty())
        out["providerARNs"] = authorizer.providerArns;
    set("authType", authorizer.authType);
    set("authorizerUri", authorizer.authorizerUri);
    set("authorizerCredentials", authorizer.authorizerCredentials);
    set("identitySource", authorizer.identitySource);
    set("identityValidationExpression", authorizer.identityValidationExpression);
    if (authorizer.resultTtlInSeconds)
        out["authorizerResultTtlInSeconds"] = *authorizer.resultTtlInSeconds;
    return out;
}

Authorizer authorizer(const json& from)
{
    Authorizer read;
    read.id = text(from, "id");
    read.name = text(from, "name");
    read.type = text(from, "type");
    read.providerArns = stringList(from, "providerARNs");
    read.authType = text(from, "authType");
    read.authorizerUri = text(from, "authorizerUri");
    read.authorizerCredentials = text(from, "authorizerCredentials");
    read.identitySource = text(from, "identitySource");
    read.identityValidationExpression = text(from, "identityValidationExpression");
    if (const auto ttl = from.find("authorizerResultTtlInSeconds");
        ttl != from.end() && ttl->is_number_integer())
        read.resultTtlInSeconds = ttl->get<int>();
    return read;
}

}
