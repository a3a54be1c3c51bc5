#include "core/apigateway/access_variables.h"

#include "core/apigateway/request_values.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace core::apigateway {

namespace {

using Measures = CallMeasures;

std::string milliseconds(const std::optional<Micros>& duration)
{
    return duration ? std::to_string(*duration / kMillisecond) : std::string();
}

std::string numberText(const std::optional<int>& number)
{
    return number ? std::to_string(*number) : std::string();
}

// "authorize.status" and its like: what is behind the phase's name.
std::optional<std::string> phaseVariable(const PhaseOutcome& phase, std::string_view what)
{
    if (what == "error")
        return phase.error;
    if (what == "status")
        return numberText(phase.status);
    if (what == "latency")
        return milliseconds(phase.latency);
    return std::nullopt;
}

struct Phase {
    std::string_view prefix;
    PhaseOutcome Measures::*outcome;
};

constexpr std::array kPhases{
    Phase{"authenticate.", &Measures::authenticate},
    Phase{"authorizer.", &Measures::authorizer},
    Phase{"authorize.", &Measures::authorize},
    Phase{"integration.", &Measures::integration},
};

struct MeasuredVariable {
    std::string_view name;
    std::string (*read)(const Measures&);
};

constexpr std::array kMeasured{
    MeasuredVariable{"awsEndpointRequestId", [](const Measures& m) { return m.endpointRequestId; }},
    MeasuredVariable{
        "integration.integrationStatus", [](const Measures& m) { return numberText(m.endpointStatus); }},
    MeasuredVariable{"integration.requestId", [](const Measures& m) { return m.endpointRequestId; }},
    MeasuredVariable{"integrationErrorMessage", [](const Measures& m) { return m.integration.error; }},
    MeasuredVariable{
        "integrationLatency", [](const Measures& m) { return milliseconds(m.integration.latency); }},
    MeasuredVariable{"integrationStatus", [](const Measures& m) { return numberText(m.endpointStatus); }},
    MeasuredVariable{
        "responseLatency", [](const Measures& m) { return milliseconds(steadyMicros() - m.begin); }},
};

struct Variable {
    std::string_view name;
    std::string (*read)(const CallContext&, const http::Response&);
};

constexpr std::array kVariables{
    Variable{"customDomain.basePathMatched",
        [](const CallContext& c, const http::Response&) {
            if (!c.address.isCustomDomain)
                return std::string();
            return c.address.basePath.empty() ? std::string("(none)") : c.address.basePath;
        }},
    Variable{"endpointType",
        [](const CallContext& c, const http::Response&) {
            return c.api ? c.api->api.endpointType : std::string();
        }},
    Variable{"responseLength",
        [](const CallContext&, const http::Response& r) {
            return r.source ? std::string() : std::to_string(r.body.size()); // nobody knows yet
        }},
    Variable{"responseOverride.status",
        [](const CallContext& c, const http::Response&) { return numberText(c.responseOverride.status); }},
    Variable{"status", [](const CallContext&, const http::Response& r) { return std::to_string(r.status); }},
};

// What AWS documents and a chamber never has: no firewall, no mutual TLS, no VPC, and clients without TLS.
constexpr std::array<std::string_view, 15> kNeverThere{"cipherSuite", "identity.clientCert.clientCertPem",
    "identity.clientCert.issuerDN", "identity.clientCert.serialNumber", "identity.clientCert.subjectDN",
    "identity.clientCert.validity.notAfter", "identity.clientCert.validity.notBefore", "identity.vpcId",
    "tlsVersion", "waf.error", "waf.latency", "waf.status", "wafResponseCode", "webaclArn",
    "authorizer.claims"};

// "requestOverride.header.X"
struct Override {
    std::string_view prefix;
    const OverriddenValues& values;
};

std::optional<std::string> overrideVariable(const CallContext& context, std::string_view name)
{
    const std::array overrides{
        Override{"requestOverride.header.", context.requestOverride.headers},
        Override{"requestOverride.querystring.", context.requestOverride.query},
        Override{"requestOverride.path.", context.requestOverride.path},
        Override{"responseOverride.header.", context.responseOverride.headers},
    };
    for (const auto& [prefix, values] : overrides) {
        if (!name.starts_with(prefix))
            continue;
        const auto found = values.find(std::string(name.substr(prefix.size())));
        return found == values.end() ? std::string() : join(found->second, ",");
    }
    return std::nullopt;
}

}

std::optional<std::string> measuredVariable(const CallMeasures& measures, std::string_view name)
{
    for (const auto& variable : kMeasured) {
        if (variable.name == name)
            return variable.read(measures);
    }
    for (const auto& phase : kPhases) {
        if (!name.starts_with(phase.prefix))
            continue;
        if (auto value = phaseVariable(measures.*phase.outcome, name.substr(phase.prefix.size())))
            return value;
    }
    return std::nullopt;
}

std::optional<std::string> accessVariable(
    const CallContext& context, const http::Response& response, std::string_view name)
{
    for (const auto& variable : kVariables) {
        if (variable.name == name)
            return variable.read(context, response);
    }
    if (std::find(kNeverThere.begin(), kNeverThere.end(), name) != kNeverThere.end())
        return std::string();
    if (auto value = measuredVariable(context.measures, name))
        return value;
    if (auto value = overrideVariable(context, name))
        return value;
    return contextVariable(context, name);
}

}
