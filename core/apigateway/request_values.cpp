#include "core/apigateway/request_values.h"

#include "core/base/time_format.h"

#include <array>

namespace core::apigateway {

namespace {

using Source = MappingExpression::Source;

std::vector<std::string> lastOf(std::vector<std::string> values)
{
    if (values.size() > 1)
        values.erase(values.begin(), values.end() - 1);
    return values;
}

std::vector<std::string> headerValues(const http::Headers& headers, const std::string& name)
{
    std::vector<std::string> values;
    for (const auto value : headers.all(name))
        values.emplace_back(value);
    return values;
}

std::vector<std::string> queryValues(const http::QueryParameters& query, const std::string& name)
{
    std::vector<std::string> values;
    for (const auto& [key, value] : query) {
        if (key == name)
            values.push_back(value);
    }
    return values;
}

std::vector<std::string> entryOf(const StringMap& values, const std::string& name)
{
    const auto found = values.find(name);
    return found == values.end() ? std::vector<std::string>{} : std::vector{found->second};
}

}

std::vector<std::string> requestValues(const CallContext& context, const MappingExpression& expression)
{
    switch (expression.source) {
    case Source::Literal:
        return {expression.name};
    case Source::RequestPath:
        return entryOf(context.pathParameters, expression.name);
    case Source::RequestQuery:
        return lastOf(queryValues(context.query, expression.name));
    case Source::RequestMultiQuery:
        return queryValues(context.query, expression.name);
    case Source::RequestHeader:
        return lastOf(headerValues(context.request.headers, expression.name));
    case Source::RequestMultiHeader:
        return headerValues(context.request.headers, expression.name);
    case Source::StageVariable:
        return entryOf(context.stageVariables, expression.name);
    case Source::Context:
        if (auto value = contextVariable(context, expression.name))
            return {*std::move(value)};
        return {};
    case Source::ResponseHeader:
    case Source::ResponseMultiHeader:
        break;
    }
    return {};
}

std::vector<std::string> responseValues(const CallContext& context, const MappingExpression& expression)
{
    if (expression.source == Source::ResponseHeader)
        return lastOf(headerValues(context.answer.headers, expression.name));
    if (expression.source == Source::ResponseMultiHeader)
        return headerValues(context.answer.headers, expression.name);
    return requestValues(context, expression);
}

std::optional<std::string> contextVariable(const CallContext& context, std::string_view name)
{
    struct Variable {
        std::string_view name;
        std::string (*read)(const CallContext&);
    };
    static constexpr std::array kVariables{
        Variable{"accountId", [](const CallContext& c) { return c.api->api.account; }},
        Variable{"apiId", [](const CallContext& c) { return c.api->api.id; }},
        Variable{"deploymentId", [](const CallContext& c) { return c.deployment->id; }},
        Variable{"domainName", [](const CallContext& c) { return c.address.domain; }},
        Variable{"domainPrefix", [](const CallContext& c) { return c.api->api.id; }},
        Variable{"extendedRequestId", [](const CallContext& c) { return c.extendedRequestId; }},
        Variable{"httpMethod", [](const CallContext& c) { return c.request.method; }},
        Variable{"identity.sourceIp", [](const CallContext& c) { return c.request.remoteAddress; }},
        Variable{"identity.userAgent",
            [](const CallContext& c) { return std::string(c.request.headers.get("User-Agent")); }},
        Variable{"path", [](const CallContext& c) { return c.fullPath(); }},
        Variable{"protocol", [](const CallContext&) { return std::string("HTTP/1.1"); }},
        Variable{"requestId", [](const CallContext& c) { return c.requestId; }},
        Variable{"requestTime", [](const CallContext& c) { return clfTime(c.now); }},
        Variable{
            "requestTimeEpoch", [](const CallContext& c) { return std::to_string(c.now / kMillisecond); }},
        Variable{"resourceId", [](const CallContext& c) { return c.resource->id; }},
        Variable{"resourcePath", [](const CallContext& c) { return c.resource->path; }},
        Variable{"stage", [](const CallContext& c) { return c.address.stage; }},
        Variable{"xrayTraceId", [](const CallContext& c) { return c.traceHeader; }},
    };
    for (const auto& variable : kVariables) {
        if (variable.name == name)
            return variable.read(context);
    }
    return std::nullopt;
}

}
