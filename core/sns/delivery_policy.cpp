#include "core/sns/delivery_policy.h"

#include "core/aws/json_text.h"
#include "core/sns/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr int kMostRetries = 100;
constexpr int kLongestPause = 3600; // seconds

json usualRetries()
{
    return {{"minDelayTarget", 20}, {"maxDelayTarget", 20}, {"numRetries", 3}, {"numMaxDelayRetries", 0},
        {"numNoDelayRetries", 0}, {"numMinDelayRetries", 0}, {"backoffFunction", "linear"}};
}

// A topic's policy holds it in "http" under another name than a subscription's.
json retriesIn(const json& policy)
{
    if (policy.contains("healthyRetryPolicy"))
        return policy.at("healthyRetryPolicy");
    const auto http = policy.find("http");
    return http != policy.end() && http->is_object()
        ? http->value("defaultHealthyRetryPolicy", json(json::object()))
        : json::object();
}

// What endpoints are told the type of a message is.
Result<> checkRequestPolicy(const json& within, const char* name, const std::string& attribute)
{
    const auto request = within.find(name);
    if (request == within.end())
        return {};
    if (!request->is_object())
        return fail(errors::invalid(attribute + ": " + name + " must be an object"));
    const auto type = request->find("headerContentType");
    const auto isHeader = [](const std::string& text) {
        return std::ranges::all_of(text, [](unsigned char c) { return c >= ' ' && c < 0x7f; });
    };
    if (type == request->end() || (type->is_string() && isHeader(type->get_ref<const std::string&>())))
        return {};
    return fail(errors::invalid(attribute + ": headerContentType must be a media type"));
}

json objectOf(const std::string& text)
{
    const auto parsed = text.empty() ? Result<json>(json::object()) : aws::parseJson(text);
    return parsed && parsed->is_object() ? *parsed : json::object();
}

json mergedRetries(json over)
{
    auto retries = usualRetries();
    if (over.is_object())
        retries.update(over);
    return retries;
}

Result<> checkRetries(const json& retries, const std::string& attribute)
{
    const auto refuse = [&](const std::string& why) { return fail(errors::invalid(attribute + ": " + why)); };
    if (!retries.is_object())
        return refuse("healthyRetryPolicy must be an object");
    for (const auto& [name, value] : retries.items()) {
        if (name == "backoffFunction") {
            const auto function = value.is_string() ? value.get<std::string>() : std::string();
            if (function != "linear" && function != "arithmetic" && function != "geometric"
                && function != "exponential")
                return refuse("backoffFunction must be one of linear, arithmetic, geometric, exponential");
            continue;
        }
        if (!usualRetries().contains(name))
            return refuse("unknown " + name);
        const int most = name.starts_with("num") ? kMostRetries : kLongestPause;
        if (!value.is_number_integer() || value < 0 || value > most)
            return refuse(name + " must be a whole number from 0 to " + std::to_string(most));
    }
    const auto all = mergedRetries(retries);
    if (all.at("minDelayTarget") > all.at("maxDelayTarget"))
        return refuse("minDelayTarget must be at most maxDelayTarget");
    const auto phases = all.at("numNoDelayRetries").get<int>() + all.at("numMinDelayRetries").get<int>()
        + all.at("numMaxDelayRetries").get<int>();
    if (phases > all.at("numRetries").get<int>())
        return refuse("the retries of the phases are more than numRetries");
    return {};
}

// How far between the shortest and the longest pause the step of all steps lies.
double partOf(const std::string& function, int step, int steps)
{
    const double x = steps <= 1 ? 1.0 : static_cast<double>(step) / (steps - 1);
    if (function == "arithmetic")
        return x * (x + 1) / 2;
    if (function == "geometric")
        return x * x;
    if (function == "exponential")
        return (std::exp2(x * 4) - 1) / 15;
    return x;
}

}

Result<> checkDeliveryPolicy(const std::string& text, const std::string& attribute)
{
    const auto policy = aws::parseJson(text);
    if (!policy || !policy->is_object())
        return fail(errors::invalid(attribute + ": failed to parse JSON."));
    const auto http = policy->value("http", json(json::object()));
    if (!http.is_object())
        return fail(errors::invalid(attribute + ": http must be an object"));
    CORE_CHECK(checkRequestPolicy(http, "defaultRequestPolicy", attribute));
    CORE_CHECK(checkRequestPolicy(*policy, "requestPolicy", attribute));
    return checkRetries(retriesIn(*policy), attribute);
}

json effectiveTopicPolicy(const std::string& topicPolicy)
{
    json http = {{"disableSubscriptionOverrides", false},
        {"defaultRequestPolicy", {{"headerContentType", "text/plain; charset=UTF-8"}}}};
    const auto given = objectOf(topicPolicy);
    if (const auto own = given.value("http", json::object()); own.is_object())
        http.update(own);
    http["defaultHealthyRetryPolicy"] = mergedRetries(retriesIn(given));
    return {{"http", http}};
}

json effectivePolicy(const std::string& topicPolicy, const std::string& subscriptionPolicy)
{
    const auto http = effectiveTopicPolicy(topicPolicy).at("http");
    const auto own = objectOf(subscriptionPolicy);
    const auto switched = http.find("disableSubscriptionOverrides");
    const bool overrides = !(switched->is_boolean() && switched->get<bool>());
    auto retries = http.at("defaultHealthyRetryPolicy");
    if (overrides && own.contains("healthyRetryPolicy"))
        retries = mergedRetries(own.at("healthyRetryPolicy"));
    json effective = {{"healthyRetryPolicy", std::move(retries)}, {"sicklyRetryPolicy", nullptr},
        {"throttlePolicy", nullptr}, {"requestPolicy", http.at("defaultRequestPolicy")},
        {"guaranteed", false}};
    if (overrides && own.contains("requestPolicy"))
        effective["requestPolicy"] = own.at("requestPolicy");
    return effective;
}

std::vector<Micros> pausesOf(const json& policy)
{
    const auto number = [&](const char* name) { return policy.at(name).get<int>(); };
    std::vector<Micros> pauses(static_cast<std::size_t>(number("numNoDelayRetries")), 0);
    const auto shortest = number("minDelayTarget");
    const auto longest = number("maxDelayTarget");
    const auto add = [&](int count, double seconds) {
        pauses.insert(pauses.end(), static_cast<std::size_t>(count), static_cast<Micros>(seconds * kSecond));
    };
    add(number("numMinDelayRetries"), shortest);
    const int steps = number("numRetries") - number("numNoDelayRetries") - number("numMinDelayRetries")
        - number("numMaxDelayRetries");
    for (int step = 0; step < steps; ++step)
        add(1, shortest + (longest - shortest) * partOf(policy.at("backoffFunction"), step, steps));
    add(number("numMaxDelayRetries"), longest);
    return pauses;
}

std::vector<Micros> managedPauses()
{
    std::vector<Micros> pauses{0, 0, 0, kSecond, kSecond};
    for (int step = 0; step < 10; ++step)
        pauses.push_back(static_cast<Micros>((1 + 19 * partOf("exponential", step, 10)) * kSecond));
    pauses.push_back(20 * kSecond);
    return pauses;
}

}
