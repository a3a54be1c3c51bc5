#include "tests/support/wire_request.h"

#include "core/aws/protocol.h"
#include "core/aws/xml_shape.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <array>

namespace tests {

using namespace core;
using namespace core::aws;
using nlohmann::json;

namespace {

std::string wireName(const Member& member)
{
    return std::string(member.wireName.empty() ? member.name : member.wireName);
}

std::string textOf(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::span<const Member> membersOf(const Shape* shape)
{
    return shape ? shape->members : std::span<const Member>();
}

const Member* payloadOf(const ActionInfo& action)
{
    for (const auto& member : membersOf(action.input)) {
        if (action.payload.empty() ? member.in == In::Payload : member.name == action.payload)
            return &member;
    }
    return nullptr;
}

bool isPlainJson(const Service& service, const ActionInfo& action)
{
    return isOwnAction(action) || service.protocol() != Protocol::RestXml;
}

// Takes a member's value out of the input.
json take(json& input, std::string_view name)
{
    const auto found = input.find(name);
    if (found == input.end())
        return nullptr;
    json value = std::move(*found);
    input.erase(found);
    return value;
}

std::string fillPath(const ActionInfo& action, json& input)
{
    std::string path;
    auto rest = action.uri.substr(0, action.uri.find('?'));
    while (!rest.empty()) {
        const auto open = rest.find('{');
        path += rest.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const auto close = rest.find('}', open);
        auto name = rest.substr(open + 1, close - open - 1);
        const bool greedy = name.ends_with('+');
        name.remove_suffix(greedy ? 1 : 0);
        for (const auto& member : membersOf(action.input)) {
            if (member.in == In::Path && wireName(member) == name)
                path += percentEncode(textOf(take(input, member.name)), greedy);
        }
        rest = rest.substr(close + 1);
    }
    return path;
}

std::string fillQuery(const ActionInfo& action, json& input)
{
    std::string query;
    const auto start = action.uri.find('?');
    if (start != std::string_view::npos)
        query = action.uri.substr(start + 1);
    for (const auto& member : membersOf(action.input)) {
        if (member.in != In::Query)
            continue;
        const auto value = take(input, member.name);
        if (value.is_null())
            continue;
        for (const auto& one : value.is_array() ? value : json::array({value}))
            query += (query.empty() ? "" : "&") + percentEncode(wireName(member)) + '='
                + percentEncode(textOf(one));
    }
    return query;
}

void fillHeaders(const ActionInfo& action, json& input, http::Headers& headers)
{
    for (const auto& member : membersOf(action.input)) {
        if (member.in != In::Header && member.in != In::HeaderPrefix)
            continue;
        const auto value = take(input, member.name);
        if (value.is_null())
            continue;
        if (member.in == In::Header) {
            headers.add(wireName(member), textOf(value));
            continue;
        }
        for (const auto& [name, text] : value.items())
            headers.add(wireName(member) + name, textOf(text));
    }
}

json renamed(const ActionInfo& action, const json& input)
{
    json body = json::object();
    for (const auto& [name, value] : input.items()) {
        auto wire = name;
        for (const auto& member : membersOf(action.input)) {
            if (member.name == name)
                wire = wireName(member);
        }
        body[wire] = value;
    }
    return body;
}

std::string bodyOf(const Service& service, const ActionInfo& action, json& input)
{
    if (const auto* payload = payloadOf(action)) {
        const auto value = take(input, payload->name);
        if (value.is_null())
            return {};
        if (payload->shape->type == Type::Blob || payload->shape->type == Type::String)
            return value.get<std::string>();
        return isPlainJson(service, action)
            ? value.dump()
            : writeXml(wireName(*payload), service.xmlNamespace(), value, *payload->shape);
    }
    if (input.empty())
        return {};
    return isPlainJson(service, action)
        ? renamed(action, input).dump()
        : writeXml(std::string(action.name) + "Request", service.xmlNamespace(), input, *action.input);
}

// A service that has the query protocol alone, as SNS.
bool isQuery(const Service& service)
{
    return !service.queryVersion().empty() && service.targetPrefix().empty();
}

// "Attributes.entry.1.key=a": what an SDK makes of the input.
void flatten(const std::string& name, const json& value, const Shape& shape, http::QueryParameters& form)
{
    int number = 0;
    if (shape.type == Type::Map && value.is_object()) {
        const auto slash = shape.elementName.find('/');
        const bool named = slash != std::string_view::npos;
        for (const auto& [key, entry] : value.items()) {
            const auto place = name + ".entry." + std::to_string(++number) + '.';
            form.emplace_back(place + (named ? std::string(shape.elementName.substr(0, slash)) : "key"), key);
            flatten(place + (named ? std::string(shape.elementName.substr(slash + 1)) : "value"), entry,
                *shape.element, form);
        }
    } else if (shape.type == Type::List && value.is_array()) {
        for (const auto& entry : value)
            flatten(name + ".member." + std::to_string(++number), entry, *shape.element, form);
    } else if (value.is_object()) {
        for (const auto& [member, part] : value.items()) {
            const Shape* known = &kString;
            for (const auto& one : shape.members)
                known = one.name == member ? one.shape : known;
            flatten(name.empty() ? member : name + '.' + member, part, *known, form);
        }
    } else {
        form.emplace_back(name, textOf(value));
    }
}

json queryAnswer(const ActionInfo& action, const std::string& body)
{
    if (!action.output)
        return json::object();
    const auto result = std::string(action.name) + "Result";
    const std::array<Member, 1> members{{{result, action.output}}};
    const auto read = readXml(body, Shape{.type = Type::Structure, .members = members});
    return read ? read->value(result, json::object()) : json(body);
}

constexpr std::array<Member, 2> kErrorMembers{{{"Code", &kString}, {"Message", &kString}}};
constexpr Shape kError{.type = Type::Structure, .members = kErrorMembers};
constexpr std::array<Member, 1> kErrorResponseMembers{{{"Error", &kError}}};
constexpr Shape kErrorResponse{.type = Type::Structure, .members = kErrorResponseMembers};

}

http::Request wireRequest(const Service& service, const ActionInfo& action, const json& given)
{
    http::Request request;
    request.headers.add("Authorization",
        "AWS4-HMAC-SHA256 Credential=test/20231114/us-east-1/" + std::string(service.signingName())
            + "/aws4_request, SignedHeaders=host, Signature=0");
    const bool rest = isOwnAction(action) || service.protocol() == Protocol::RestJson
        || service.protocol() == Protocol::RestXml;
    if (!rest && isQuery(service)) {
        http::QueryParameters form{
            {"Action", std::string(action.name)}, {"Version", std::string(service.queryVersion())}};
        flatten({}, given, action.input ? *action.input : Shape{}, form);
        request.method = "POST";
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        request.body = http::writeQuery(form);
        return request;
    }
    if (!rest) {
        request.method = "POST";
        request.headers.add(
            "X-Amz-Target", std::string(service.targetPrefix()) + '.' + std::string(action.name));
        request.headers.add("Content-Type",
            service.protocol() == Protocol::Json10 ? "application/x-amz-json-1.0"
                                                   : "application/x-amz-json-1.1");
        request.body = given.dump();
        return request;
    }
    json input = given;
    request.method = action.method;
    request.target = fillPath(action, input);
    if (const auto query = fillQuery(action, input); !query.empty())
        request.target += '?' + query;
    fillHeaders(action, input, request.headers);
    request.body = bodyOf(service, action, input);
    return request;
}

json wireAnswer(const Service& service, const ActionInfo& action, const http::Response& response)
{
    json answer = json::object();
    if (isQuery(service) && !isOwnAction(action))
        return queryAnswer(action, response.body);
    if (isPlainJson(service, action)) {
        if (!response.body.empty())
            answer = json::parse(response.body, nullptr, false);
        if (answer.is_discarded())
            answer = response.body;
    } else if (action.output && !response.body.empty()) {
        const Shape* shape = action.output;
        const Member* payload = nullptr;
        for (const auto& member : shape->members)
            payload = member.in == In::Payload ? &member : payload;
        auto read = readXml(response.body, payload ? *payload->shape : *shape);
        if (!read)
            return response.body;
        if (payload)
            answer[std::string(payload->name)] = *std::move(read);
        else
            answer = *std::move(read);
    } else if (!response.body.empty()) {
        return response.body;
    }
    if (!answer.is_object())
        return answer;
    for (const auto& member : membersOf(action.output)) {
        if (member.in == In::Header && response.headers.has(wireName(member)))
            answer[std::string(member.name)] = std::string(response.headers.get(wireName(member)));
    }
    return answer;
}

std::string wireError(const Service& service, const http::Response& response)
{
    if ((service.protocol() == Protocol::RestXml || isQuery(service)) && response.body.starts_with("<?xml")) {
        auto read = readXml(response.body, kErrorResponse);
        if (read && !read->contains("Error"))
            read = readXml(response.body, kError);
        else if (read)
            read = Result<json>((*read)["Error"]);
        return read ? read->value("Code", "") + ": " + read->value("Message", "") : response.body;
    }
    const auto body = json::parse(response.body, nullptr, false);
    if (!body.is_object())
        return "HTTP " + std::to_string(response.status) + ' ' + response.body;
    auto code = std::string(response.headers.get("x-amzn-ErrorType"));
    if (code.empty())
        code = body.value("__type", "");
    code = code.substr(0, code.find(':'));
    const auto message = body.contains("message") ? body["message"] : body.value("Message", json());
    return code.substr(code.rfind('#') + 1) + ": "
        + (message.is_string() ? message.get<std::string>() : std::string());
}

}
