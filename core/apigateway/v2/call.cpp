#include "core/apigateway/v2/call.h"

#include "core/base/text.h"
#include "core/base/time_format.h"

#include <algorithm>
#include <array>
#include <functional>

namespace core::apigateway::v2 {

namespace {

constexpr std::string_view kAuthorizer = "authorizer.";

std::string numberOf(const std::optional<int>& number)
{
    return number ? std::to_string(*number) : std::string{};
}

std::string milliseconds(const std::optional<Micros>& duration)
{
    return duration ? std::to_string(*duration / kMillisecond) : std::string{};
}

struct Variable {
    std::string_view name;
    std::string (*read)(const Call&);
};

// What a custom domain's mapping took of the path, "(none)" where it is for all of the domain.
std::string basePath(const Call& call)
{
    const auto& target = call.target;
    if (!target.isCustomDomain)
        return {};
    std::string_view taken = target.path;
    if (taken.ends_with(target.stagePath)) // not "/", where the path is the mapping's alone
        taken.remove_suffix(target.stagePath.size());
    return taken.size() <= 1 ? "(none)" : std::string(taken.substr(1));
}

// What AWS knows and a chamber's calls of HTTP APIs never have.
std::string nothing(const Call&)
{
    return {};
}

constexpr std::array kVariables{
    Variable{"accountId", [](const Call& call) { return call.api->api.account; }},
    Variable{"apiId", [](const Call& call) { return call.api->api.apiId; }},
    Variable{"authorizer.principalId", [](const Call& call) { return call.authorization.principalId; }},
    Variable{"awsEndpointRequestId", [](const Call& call) { return call.integrationRequestId; }},
    Variable{"awsEndpointRequestId2", nothing},
    Variable{"customDomain.basePathMatched", basePath},
    Variable{"dataProcessed",
        [](const Call& call) {
            return std::to_string(call.request.body.size() + call.response.body.size());
        }},
    Variable{"domainName", [](const Call& call) { return call.target.domain; }},
    Variable{"domainPrefix",
        [](const Call& call) { return call.target.domain.substr(0, call.target.domain.find('.')); }},
    Variable{"error.message", [](const Call& call) { return call.errorMessage; }},
    Variable{"error.messageString",
        [](const Call& call) { return call.errorMessage.empty() ? "" : '"' + call.errorMessage + '"'; }},
    Variable{"error.responseType", nothing},
    Variable{"extendedRequestId", [](const Call& call) { return call.requestId; }},
    Variable{"httpMethod", [](const Call& call) { return call.request.method; }},
    Variable{"identity.accountId",
        [](const Call& call) { return call.isSigned() ? call.authorization.principalId : std::string{}; }},
    Variable{"identity.caller",
        [](const Call& call) { return call.isSigned() ? call.authorization.principalId : std::string{}; }},
    Variable{"identity.clientCert.clientCertPem", nothing},
    Variable{"identity.clientCert.issuerDN", nothing},
    Variable{"identity.clientCert.serialNumber", nothing},
    Variable{"identity.clientCert.subjectDN", nothing},
    Variable{"identity.clientCert.validity.notAfter", nothing},
    Variable{"identity.clientCert.validity.notBefore", nothing},
    Variable{"identity.cognitoAuthenticationProvider", nothing},
    Variable{"identity.cognitoAuthenticationType", nothing},
    Variable{"identity.cognitoIdentityId", nothing},
    Variable{"identity.cognitoIdentityPoolId", nothing},
    Variable{"identity.principalOrgId", nothing},
    Variable{"identity.sourceIp", [](const Call& call) { return call.request.remoteAddress; }},
    Variable{"identity.user",
        [](const Call& call) { return call.isSigned() ? call.authorization.principalId : std::string{}; }},
    Variable{"identity.userAgent",
        [](const Call& call) { return std::string(call.request.headers.get("User-Agent")); }},
    Variable{"identity.userArn",
        [](const Call& call) {
            return call.isSigned() ? "arn:aws:iam::" + call.authorization.principalId + ":root"
                                   : std::string{};
        }},
    Variable{"integration.error", [](const Call& call) { return call.integrationError; }},
    Variable{
        "integration.integrationStatus", [](const Call& call) { return numberOf(call.integrationStatus); }},
    Variable{"integration.latency", [](const Call& call) { return milliseconds(call.integrationLatency); }},
    Variable{"integration.requestId", [](const Call& call) { return call.integrationRequestId; }},
    Variable{"integration.status", [](const Call& call) { return numberOf(call.integrationStatus); }},
    Variable{"integrationErrorMessage", [](const Call& call) { return call.integrationError; }},
    Variable{"integrationLatency", [](const Call& call) { return milliseconds(call.integrationLatency); }},
    Variable{"integrationStatus", [](const Call& call) { return numberOf(call.integrationStatus); }},
    Variable{"path", [](const Call& call) { return call.fullPath(); }},
    Variable{"protocol", [](const Call&) { return std::string("HTTP/1.1"); }},
    Variable{"requestId", [](const Call& call) { return call.requestId; }},
    Variable{"requestTime", [](const Call& call) { return clfTime(call.now); }},
    Variable{"requestTimeEpoch", [](const Call& call) { return std::to_string(call.now / kMillisecond); }},
    Variable{"resourcePath", nothing},
    Variable{"responseLatency",
        [](const Call& call) { return std::to_string((steadyMicros() - call.begin) / kMillisecond); }},
    Variable{"responseLength", [](const Call& call) { return std::to_string(call.response.body.size()); }},
    Variable{"routeKey", [](const Call& call) { return call.route ? call.route->routeKey : std::string{}; }},
    Variable{"stage", [](const Call& call) { return call.stage ? call.stage->stageName : std::string{}; }},
    Variable{"status", [](const Call& call) { return std::to_string(call.response.status); }},
};

}

bool Call::isSigned() const
{
    return route && route->authorizationType == "AWS_IAM" && !authorization.principalId.empty();
}

std::string Call::fullPath() const
{
    // The path may name $default too, which has no part of its own.
    const bool isDefault = stage && stage->stageName == "$default" && !target.isCustomDomain;
    return percentDecode(isDefault ? path : target.path);
}

void Call::step(std::string title, std::string detail, trace::Verdict verdict)
{
    span.step(std::move(title), std::move(detail), verdict);
}

bool isContextVariable(std::string_view name)
{
    return (name.starts_with(kAuthorizer) && name != kAuthorizer)
        || std::any_of(kVariables.begin(), kVariables.end(),
            [name](const Variable& variable) { return variable.name == name; });
}

std::optional<std::string> contextVariable(const Call& call, std::string_view name)
{
    for (const auto& variable : kVariables) {
        if (variable.name == name)
            return variable.read(call);
    }
    if (!name.starts_with(kAuthorizer))
        return std::nullopt;
    const auto found = call.authorization.values.find(std::string(name.substr(kAuthorizer.size())));
    return found == call.authorization.values.end() ? std::string{} : found->second;
}

}
