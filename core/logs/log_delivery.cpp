#include "core/logs/log_delivery.h"

#include "core/aws/function_access.h"
#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/gzip.h"
#include "core/base/hash.h"
#include "core/logs/errors.h"
#include "core/logs/filter_pattern.h"
#include "core/logs/filter_store.h"

#include <nlohmann/json.hpp>

namespace core::logs {

using nlohmann::json;

namespace {

// As much as an asynchronous invocation takes even where nothing can be compressed.
constexpr std::size_t kMostBytes = 180 * 1024;

std::string payloadOf(const json& message)
{
    return aws::writeJson({{"awslogs", {{"data", base64(gzip(aws::writeJson(message)))}}}});
}

// A function may name the service, or the service in its region.
aws::FunctionAccess ask(const aws::Host& host, const std::string& function, const std::string& sourceArn,
    const std::string& account, std::string& why)
{
    const auto arn = Arn::parse(function);
    const auto region = arn ? arn->region : std::string();
    const aws::CallOptions options{.region = region, .from = "logs", .quiet = true};
    const auto regional = aws::askFunctionAccess(
        host.caller, function, {"logs." + region + ".amazonaws.com", sourceArn, account}, options, why);
    if (regional != aws::FunctionAccess::Denied)
        return regional;
    return aws::askFunctionAccess(
        host.caller, function, {"logs.amazonaws.com", sourceArn, account}, options, why);
}

std::string sourceArnOf(const GroupRef& ref, const std::string& account)
{
    return Arn{"logs", ref.region, account, "log-group:" + ref.group + ":*"}.text();
}

// The events of one filter, in messages that are not too large.
std::vector<json> messagesOf(const json& filter, const FilterPattern& pattern, const GroupRef& ref,
    const std::string& stream, std::span<const LogEvent> events, const std::string& account)
{
    const json head = {{"messageType", "DATA_MESSAGE"}, {"owner", account}, {"logGroup", ref.group},
        {"logStream", stream}, {"subscriptionFilters", {filter.at("filterName")}},
        {"logEvents", json::array()}};
    std::vector<json> messages;
    std::size_t bytes = 0;
    for (const auto& event : events) {
        if (!pattern.matches(event.message))
            continue;
        if (messages.empty() || bytes + event.message.size() > kMostBytes) {
            messages.push_back(head);
            bytes = 0;
        }
        bytes += event.message.size() + 128;
        messages.back()["logEvents"].push_back({{"id", event.position.text()},
            {"timestamp", event.position.timestamp}, {"message", event.message}});
    }
    return messages;
}

}

LogDelivery::LogDelivery(const aws::Host& host)
    : m_host(host)
    , m_queue(host, "logs", "logs/deliveries",
          [this](const aws::Delivery& delivery, trace::SpanScope& span) { return allow(delivery, span); })
{
}

Result<> LogDelivery::checkFunction(
    const std::string& functionArn, const GroupRef& ref, const std::string& account) const
{
    std::string why;
    if (ask(m_host, functionArn, sourceArnOf(ref, account), account, why) != aws::FunctionAccess::Allowed)
        return fail(errors::invalidParameter("Could not execute the lambda function. Make sure you have "
                                             "given CloudWatch Logs permission to execute your function."));
    return {};
}

int LogDelivery::note(store::Transaction& transaction, const GroupRef& ref, const std::string& stream,
    std::span<const LogEvent> events, const std::string& account, Micros now)
{
    int count = 0;
    scanFilters(transaction, kSubscriptionFilters, ref, {}, {}, [&](const json& filter) {
        const auto pattern = FilterPattern::parse(filter.at("filterPattern").get_ref<const std::string&>());
        if (!pattern)
            return true;
        const std::string function = filter.at("destinationArn");
        const auto arn = Arn::parse(function);
        for (const auto& message : messagesOf(filter, *pattern, ref, stream, events, account)) {
            aws::Delivery delivery;
            delivery.id = m_queue.newId();
            delivery.service = "lambda";
            delivery.action = "Invoke";
            delivery.input = json{{"FunctionName", function}, {"InvocationType", "Event"}}.dump();
            delivery.payload = payloadOf(message);
            delivery.region = arn ? arn->region : ref.region;
            delivery.title = "logs:" + ref.group + ' ' + filter.at("filterName").get<std::string>();
            delivery.guard = json{{"function", function}, {"source", sourceArnOf(ref, account)},
                {"account",
                    account}}.dump();
            delivery.accepted = now;
            delivery.due = now;
            m_queue.put(transaction, delivery);
            ++count;
        }
        return true;
    });
    return count;
}

// Asked again for each delivery: a permission that was removed ends them.
Result<> LogDelivery::allow(const aws::Delivery& delivery, trace::SpanScope& span) const
{
    const auto guard = json::parse(delivery.guard);
    std::string why;
    if (ask(m_host, guard.at("function"), guard.at("source"), guard.at("account"), why)
        != aws::FunctionAccess::Allowed)
        return fail(ErrorKind::Denied, "AccessDenied", why);
    span.step("CloudWatch Logs may invoke the function", why, trace::Verdict::Pass);
    return {};
}

}
