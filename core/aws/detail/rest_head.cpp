#include "core/aws/detail/protocols.h"
#include "core/aws/sigv4.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace core::aws::detail {

using nlohmann::json;

namespace {

// Text that does not have the wanted form stays text: the shape check then reports its type.
json typed(const Shape& shape, const std::string& text)
{
    switch (shape.type) {
    case Type::Integer:
    case Type::Long:
        if (const auto number = parseInteger(text))
            return *number;
        return text;
    case Type::Double: {
        double number = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        return problem == std::errc() && end == text.data() + text.size() ? json(number) : json(text);
    }
    case Type::Boolean:
        if (equalsIgnoreCase(text, "true"))
            return true;
        if (equalsIgnoreCase(text, "false"))
            return false;
        return text;
    default:
        return text;
    }
}

std::string_view wireName(const Member& member)
{
    return member.wireName.empty() ? member.name : member.wireName;
}

void put(json& input, const Member& member, const std::string& text)
{
    if (member.shape->type != Type::List) {
        input[std::string(member.name)] = typed(*member.shape, text);
        return;
    }
    auto& list = input[std::string(member.name)];
    if (!list.is_array())
        list = json::array();
    list.push_back(member.shape->element ? typed(*member.shape->element, text) : json(text));
}

std::span<const Member> membersOf(const ActionInfo& action)
{
    return action.input ? action.input->members : std::span<const Member>();
}

const Member* findMember(const ActionInfo& action, In in, std::string_view name)
{
    for (const auto& member : membersOf(action)) {
        const bool same =
            in == In::Header ? equalsIgnoreCase(wireName(member), name) : wireName(member) == name;
        if (member.in == in && same)
            return &member;
    }
    return nullptr;
}

void readPath(const ActionInfo& action, const PathParameters& path, json& input)
{
    for (const auto& [name, value] : path) {
        const auto* member = findMember(action, In::Path, name);
        if (member)
            input[std::string(member->name)] = typed(*member->shape, value);
        else
            input[std::string(name)] = value;
    }
}

bool isFixedQuery(const ActionInfo& action, std::string_view name)
{
    const auto start = action.uri.find('?');
    if (start == std::string_view::npos)
        return false;
    for (const auto part : split(action.uri.substr(start + 1), '&')) {
        if (part.substr(0, part.find('=')) == name)
            return true;
    }
    return false;
}

// Parts of signatures and notes of the SDKs, no input of an action; x-amz-… are read as headers.
bool isQueryOfTheTransport(std::string_view name)
{
    return name == "x-id" || name == "AWSAccessKeyId" || name == "Signature" || name == "Expires"
        || (name.size() > 6 && equalsIgnoreCase(name.substr(0, 6), "x-amz-"));
}

bool isHeaderOfTheTransport(std::string_view name)
{
    static constexpr std::array<std::string_view, 10> names{"x-amz-date", "x-amz-content-sha256",
        "x-amz-security-token", "x-amz-user-agent", "x-amz-te", "x-amz-trailer",
        "x-amz-decoded-content-length", "x-amz-sdk-checksum-algorithm", "x-amz-target",
        "x-amz-s3session-token"};
    return std::any_of(
        names.begin(), names.end(), [&](std::string_view known) { return equalsIgnoreCase(known, name); });
}

void readQuery(const ActionInfo& action, const http::Request& wire, json& input)
{
    for (const auto& [name, value] : http::parseQuery(wire.rawQuery())) {
        if (const auto* member = findMember(action, In::Query, name))
            put(input, *member, value);
        else if (!isFixedQuery(action, name) && !isQueryOfTheTransport(name))
            input[name] = value; // unknown: the shape check refuses it by name
    }
}

bool readHeaderPrefix(const ActionInfo& action, const http::Headers::Field& field, json& input)
{
    for (const auto& member : membersOf(action)) {
        const auto prefix = wireName(member);
        if (member.in != In::HeaderPrefix || field.first.size() <= prefix.size())
            continue;
        if (!equalsIgnoreCase(std::string_view(field.first).substr(0, prefix.size()), prefix))
            continue;
        input[std::string(member.name)][toLower(std::string_view(field.first).substr(prefix.size()))] =
            field.second;
        return true;
    }
    return false;
}

void readHeaders(const ActionInfo& action, const http::Headers& headers, json& input)
{
    for (const auto& field : headers) {
        const auto* member = findMember(action, In::Header, field.first);
        if (member) {
            put(input, *member, field.second);
            continue;
        }
        if (readHeaderPrefix(action, field, input) || field.first.size() <= 6)
            continue;
        const bool aws = equalsIgnoreCase(std::string_view(field.first).substr(0, 6), "x-amz-");
        const bool selectsRow = equalsIgnoreCase(field.first, action.header);
        if (aws && !selectsRow && !isHeaderOfTheTransport(field.first))
            input[toLower(field.first)] = field.second;
    }
}

}

const Member* payloadMember(const ActionInfo& action)
{
    for (const auto& member : membersOf(action)) {
        if (action.payload.empty() ? member.in == In::Payload : member.name == action.payload)
            return &member;
    }
    return nullptr;
}

void readRestHead(const ActionInfo& action, const PathParameters& path, Request& request)
{
    auto& input = request.input();
    if (request.wire) {
        readQuery(action, *request.wire, input);
        readHeaders(action, presignedHeaders(*request.wire), input);
        readHeaders(action, request.wire->headers, input);
    }
    readPath(action, path, input);
}

void writeRestHead(const Shape& shape, json& output, http::Headers& headers)
{
    for (const auto& member : shape.members) {
        const auto found = output.find(member.name);
        if (found == output.end() || (member.in != In::Header && member.in != In::HeaderPrefix))
            continue;
        if (member.in == In::HeaderPrefix) {
            for (const auto& [name, value] : found->items())
                headers.set(std::string(wireName(member)) + name, value.get<std::string>());
        } else if (!found->is_null()) {
            headers.set(wireName(member), found->is_string() ? found->get<std::string>() : found->dump());
        }
        output.erase(found);
    }
}

http::Response startResponse(Reply& reply, int usualStatus)
{
    http::Response response;
    response.status = reply.status ? reply.status : usualStatus;
    response.headers = std::move(reply.headers);
    response.body = std::move(reply.body);
    response.source = std::move(reply.source);
    response.sourceLength = reply.sourceLength;
    return response;
}

}
