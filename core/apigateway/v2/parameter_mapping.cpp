#include "core/apigateway/v2/parameter_mapping.h"

#include "core/apigateway/v2/errors.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace core::apigateway::v2 {

namespace {

using Action = MappingKey::Action;
using Place = MappingKey::Place;
using Problems = std::vector<std::string>;

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
        || c == '-';
}

bool isName(std::string_view text)
{
    return !text.empty()
        && std::all_of(text.begin(), text.end(), [](char c) { return isNameCharacter(c) || c == '$'; });
}

bool isReservedHeader(std::string_view name)
{
    constexpr std::array<std::string_view, 20> kNames{"authorization", "connection", "content-encoding",
        "content-length", "content-location", "forwarded", "keep-alive", "origin", "proxy-authenticate",
        "proxy-authorization", "te", "trailers", "transfer-encoding", "upgrade", "via", "x-forwarded-for",
        "x-forwarded-host", "x-forwarded-proto", "host", "trailer"};
    constexpr std::array<std::string_view, 4> kPrefixes{"access-control-", "apigw-", "x-amz-", "x-amzn-"};
    const auto lower = toLower(name);
    return std::find(kNames.begin(), kNames.end(), lower) != kNames.end()
        || std::any_of(kPrefixes.begin(), kPrefixes.end(),
            [&](std::string_view prefix) { return lower.starts_with(prefix); });
}

bool isVariable(std::string_view text, MappingSide side)
{
    constexpr std::array<std::string_view, 4> kRequest{
        "request.header.", "request.querystring.", "request.path.", "request.body."};
    constexpr std::array<std::string_view, 2> kResponse{"response.header.", "response.body."};
    constexpr std::array<std::string_view, 2> kBoth{"context.", "stageVariables."};
    const auto hasPrefix = [&](const auto& prefixes) {
        return std::any_of(prefixes.begin(), prefixes.end(),
            [&](std::string_view prefix) { return text.starts_with(prefix) && text.size() > prefix.size(); });
    };
    // Recursive descent and filters are no part of the paths into a body.
    const bool ofBody = text.starts_with("request.body.") || text.starts_with("response.body.");
    if (ofBody && (text.find("..") != text.npos || text.find("?(") != text.npos))
        return false;
    if (side == MappingSide::Request)
        return hasPrefix(kRequest) || hasPrefix(kBoth) || text == "request.path" || text == "request.body";
    return hasPrefix(kResponse) || hasPrefix(kBoth) || text == "response.body";
}

std::optional<Action> actionOf(std::string_view text)
{
    if (text == "append")
        return Action::Append;
    if (text == "overwrite")
        return Action::Overwrite;
    return text == "remove" ? std::optional(Action::Remove) : std::nullopt;
}

std::string_view actionName(Action action)
{
    return action == Action::Append ? "append" : action == Action::Overwrite ? "overwrite" : "remove";
}

// "header.x", "path.", as AWS names a destination in its errors.
std::string shownPlace(const MappingKey& key)
{
    switch (key.place) {
    case Place::Header:
        return "header." + toLower(key.name);
    case Place::Query:
        return "querystring." + key.name;
    case Place::Path:
        return "path.";
    case Place::StatusCode:
        break;
    }
    return "statuscode.";
}

void checkKey(const MappingKey& key, std::set<std::string>& seen, Problems& problems)
{
    const bool named = key.place == Place::Header || key.place == Place::Query;
    if (named && !isName(key.name))
        problems.emplace_back(
            "Parameter name should match the following regular expression: ^[a-zA-Z0-9._$-]+$");
    if (!named && key.action != Action::Overwrite)
        problems.push_back("Action " + std::string(actionName(key.action)) + " is not supported on "
            + (key.place == Place::Path ? "path." : "statuscode."));
    if (key.place == Place::Header && isReservedHeader(key.name))
        problems.push_back("Operations on header " + toLower(key.name) + " are restricted");
    if (!seen.insert(shownPlace(key)).second)
        problems.push_back("Parameter " + shownPlace(key) + " is not unique");
}

bool isStatus(std::string_view text, std::int64_t least)
{
    const auto number = parseInteger(text);
    return number && *number >= least && *number <= 599;
}

void checkValue(const MappingKey& key, const std::string& value, MappingSide side, Problems& problems)
{
    if (key.action == Action::Remove) {
        if (value != "''")
            problems.push_back("Remove action has improper source " + value);
        return;
    }
    const auto parts = parseMappingValue(value, side);
    if (!parts) {
        problems.push_back("Invalid mapping expression specified: " + value);
        return;
    }
    const bool fixed = parts->size() == 1 && !parts->front().isVariable;
    if (key.place == Place::StatusCode && fixed && !isStatus(value, 100))
        problems.push_back("Invalid StatusCode Provided: " + value);
}

void checkMappings(const StringMap& mappings, MappingSide side, Problems& problems)
{
    std::set<std::string> seen;
    for (const auto& [text, value] : mappings) {
        const auto key = MappingKey::parse(text, side);
        if (!key) {
            problems.push_back(std::string("Invalid ")
                + (side == MappingSide::Request ? "Request" : "Response")
                + " Actioned Parameter destination specified: " + text);
            continue;
        }
        if (!value.empty())
            checkValue(*key, value, side, problems);
        checkKey(*key, seen, problems);
    }
}

Result<> verdictOf(const Problems& problems)
{
    if (problems.empty())
        return {};
    return fail(errors::badRequest(
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : ["
        + join(problems, ", ") + "]"));
}

// The end of what begins with '$' at `at`: of "${…}" behind its brace; npos where there is none.
std::size_t endOfVariable(std::string_view text, std::size_t at)
{
    if (at + 1 < text.size() && text[at + 1] == '{') {
        const auto close = text.find('}', at);
        return close == text.npos ? text.npos : close + 1;
    }
    const auto name = text.substr(at + 1);
    const bool ofBody = name.starts_with("request.body.") || name.starts_with("response.body.");
    auto end = at + 1;
    while (end < text.size() && text[end] != '$') {
        if (ofBody && text[end] == '[') {
            const auto close = text.find(']', end);
            if (close == text.npos)
                return text.npos;
            end = close + 1;
        } else if (isNameCharacter(text[end])) {
            ++end;
        } else {
            break;
        }
    }
    return end;
}

}

std::optional<MappingKey> MappingKey::parse(std::string_view text, MappingSide side)
{
    const auto colon = text.find(':');
    const auto action = actionOf(text.substr(0, colon));
    if (colon == text.npos || !action)
        return std::nullopt;
    const auto rest = text.substr(colon + 1);
    MappingKey key;
    key.action = *action;
    if (side == MappingSide::Request && equalsIgnoreCase(rest, "path")) {
        key.place = Place::Path;
        return key;
    }
    if (side == MappingSide::Response && equalsIgnoreCase(rest, "statuscode")) {
        key.place = Place::StatusCode;
        return key;
    }
    const auto dot = rest.find('.');
    if (dot == rest.npos || dot + 1 == rest.size())
        return std::nullopt;
    const auto place = rest.substr(0, dot);
    key.name = rest.substr(dot + 1);
    if (equalsIgnoreCase(place, "header"))
        return key;
    key.place = Place::Query;
    return side == MappingSide::Request && equalsIgnoreCase(place, "querystring") ? std::optional(key)
                                                                                  : std::nullopt;
}

std::optional<std::vector<MappingPart>> parseMappingValue(std::string_view text, MappingSide side)
{
    std::vector<MappingPart> parts;
    const auto addText = [&](std::string_view more) {
        if (parts.empty() || parts.back().isVariable)
            parts.push_back({});
        parts.back().text += more;
    };
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] != '$') {
            const auto next = std::min(text.find('$', at), text.size());
            const auto fixed = text.substr(at, next - at);
            if (fixed.find_first_of("{}") != fixed.npos)
                return std::nullopt;
            addText(fixed);
            at = next;
            continue;
        }
        const auto end = endOfVariable(text, at);
        if (end == text.npos)
            return std::nullopt;
        auto name = text.substr(at + 1, end - at - 1);
        // As recorded: what is no longer than "$a" is text.
        if (end - at <= 2) {
            addText(text.substr(at, end - at));
        } else {
            if (name.starts_with('{'))
                name = name.substr(1, name.size() - 2);
            if (!isVariable(name, side))
                return std::nullopt;
            parts.push_back({true, std::string(name)});
        }
        at = end;
    }
    return parts;
}

Result<> checkRequestMappings(const StringMap& mappings)
{
    Problems problems;
    checkMappings(mappings, MappingSide::Request, problems);
    return verdictOf(problems);
}

Result<> checkResponseMappings(const std::map<std::string, StringMap>& byStatus)
{
    Problems problems;
    for (const auto& [status, mappings] : byStatus) {
        if (!isStatus(status, 200))
            problems.push_back("Status Code " + status + " is not valid.");
        else
            checkMappings(mappings, MappingSide::Response, problems);
    }
    return verdictOf(problems);
}

}
