#include "core/sns/filter_policy.h"

#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr std::size_t kMostKeys = 5;
constexpr std::size_t kMostCombinations = 150;

tl::unexpected<Error> bad(std::string reason)
{
    return fail(ErrorKind::Invalid, "InvalidParameter", std::move(reason));
}

// 100.0 in a policy is a message's 100; the pattern compares them as they are written.
void settleNumbers(json& value)
{
    if (value.is_structured()) {
        for (auto& part : value)
            settleNumbers(part);
    } else if (value.is_number_float()) {
        const auto number = value.get<double>();
        if (number == std::floor(number) && std::fabs(number) < 9e15)
            value = static_cast<std::int64_t>(number);
    }
}

// What patterns of EventBridge have and SNS's policies have not; how many combinations of values there are.
Result<> look(const json& policy, FilterPolicy::Scope scope, int depth, std::size_t& combinations)
{
    for (const auto& [name, value] : policy.items()) {
        if (value.is_object()) {
            if (scope == FilterPolicy::Scope::Attributes)
                return bad("Filter policy scope MessageAttributes does not support nested filter policy");
            CORE_CHECK(look(value, scope, depth + 1, combinations));
            continue;
        }
        if (!value.is_array())
            continue; // the pattern's own words refuse it
        for (const auto& rule : value) {
            if (!rule.is_object())
                continue;
            if (name == "$or")
                CORE_CHECK(look(rule, scope, depth, combinations));
            else if (rule.contains("wildcard"))
                return bad("Unrecognized match type wildcard");
        }
        combinations *= std::max<std::size_t>(1, value.size()) * static_cast<std::size_t>(depth);
        if (combinations > kMostCombinations)
            return bad("Filter policy is too complex");
    }
    return {};
}

json attributesOf(const Message& message)
{
    json event = json::object();
    for (const auto& attribute : message.attributes) {
        if (attribute.isBinary())
            continue; // no policy can ask for them
        if (attribute.type == "String.Array" || attribute.type.starts_with("Number")) {
            auto value = aws::parseJson(attribute.value);
            event[attribute.name] = value ? std::move(*value) : json(attribute.value);
        } else {
            event[attribute.name] = attribute.value;
        }
    }
    return event;
}

}

Result<FilterPolicy> FilterPolicy::parse(std::string_view text, Scope scope)
{
    auto policy = aws::parseJson(text);
    if (!policy)
        return bad("failed to parse JSON. " + policy.error().message);
    if (!policy->is_object())
        return bad("Filter policy must be a JSON object");
    FilterPolicy made;
    made.m_scope = scope;
    made.m_text = text;
    if (policy->empty())
        return made;
    if (policy->size() > kMostKeys)
        return bad("Filter policy can not have more than 5 keys");
    std::size_t combinations = 1;
    CORE_CHECK(look(*policy, scope, 1, combinations));
    settleNumbers(*policy);
    CORE_TRY(auto pattern, aws::EventPattern::parse(aws::writeJson(*policy)));
    made.m_pattern = std::move(pattern);
    return made;
}

bool FilterPolicy::matches(const Message& message, const std::string& text, std::string& why) const
{
    if (!m_pattern) {
        why = "It has no filter policy";
        return true;
    }
    json event;
    if (m_scope == Scope::Attributes) {
        event = attributesOf(message);
    } else {
        auto body = aws::parseJson(text);
        if (!body || !body->is_object()) {
            why = "The filter policy is about the body, which is no JSON object";
            return false;
        }
        event = std::move(*body);
    }
    settleNumbers(event);
    const bool matched = m_pattern->matches(event);
    why = "The filter policy " + m_text + (matched ? " wants " : " does not want ")
        + (m_scope == Scope::Attributes ? "the message's attributes " : "the message's body ")
        + aws::writeJson(event);
    return matched;
}

}
