#include "core/aws/queue_access.h"
#include "core/aws/topic_access.h"
#include "core/base/arn.h"
#include "core/events/actions.h"
#include "core/events/errors.h"
#include "core/events/input_transform.h"
#include "core/events/target_delivery.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::events {

using nlohmann::json;

namespace {

constexpr std::size_t kMostTargets = 5;

Result<> checkArn(const std::string& text)
{
    const auto arn = Arn::parse(text);
    if (!arn)
        return fail(errors::validation(
            "Parameter " + text + " is not valid. Reason: Provided Arn is not in correct format."));
    if (targetKindOf(text) == TargetKind::Unknown)
        return fail(errors::validation("The target " + text
            + " is of a kind that Cloud Chamber does not deliver events to. A target can be a function, a "
              "queue, a topic, a log group or an event bus."));
    if (aws::isFifoTopic(text) && aws::isTopicArn(text))
        return fail(
            errors::validation("Parameter " + text + " is not valid. Reason: FIFO topics are no targets."));
    return {};
}

// What belongs to queues alone, and that a dead-letter queue is a standard one.
Result<> checkQueues(const json& target)
{
    const auto arn = target.at("Arn").get<std::string>();
    const bool fifo = targetKindOf(arn) == TargetKind::Queue && aws::isFifoQueue(arn);
    const auto group = target.value("SqsParameters", json::object()).value("MessageGroupId", "");
    if (fifo && group.empty())
        return fail(errors::validation("Parameter(s) SqsParameters must be specified for target: "
            + target.at("Id").get<std::string>() + '.'));
    if (!fifo && target.contains("SqsParameters"))
        return fail(errors::validation(
            "Parameter(s) SqsParameters not valid for target: " + target.at("Id").get<std::string>() + '.'));
    const auto dead = target.value("DeadLetterConfig", json::object()).value("Arn", "");
    if (!dead.empty() && (aws::queueUrlOf(dead).empty() || aws::isFifoQueue(dead)))
        return fail(errors::validation(
            "Parameter DeadLetterConfig.Arn is not valid. Reason: " + dead + " is no standard queue."));
    return {};
}

void keep(Rule& rule, Target target)
{
    const auto place = std::find_if(
        rule.targets.begin(), rule.targets.end(), [&](const Target& other) { return other.id == target.id; });
    if (place == rule.targets.end())
        rule.targets.push_back(std::move(target));
    else
        *place = std::move(target);
}

}

Result<Outcome> putTargets(EventsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.rules().changing());
    CORE_TRY(const auto before, ruleOf(service, context, request, "Rule"));
    auto rule = *before;
    for (const auto& given : request.input().at("Targets")) {
        const auto arn = given.at("Arn").get<std::string>();
        CORE_CHECK(checkArn(arn));
        CORE_CHECK(checkTargetInput(given));
        CORE_CHECK(checkQueues(given));
        keep(rule, {given.at("Id"), arn, given.dump()});
    }
    if (rule.targets.size() > kMostTargets)
        return fail(errors::tooMany());
    CORE_CHECK(service.rules().putRule(std::move(rule)));
    return aws::Reply::of({{"FailedEntryCount", 0}, {"FailedEntries", json::array()}});
}

Result<Outcome> listTargetsByRule(EventsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto rule, ruleOf(service, context, request, "Rule"));
    std::vector<json> entries;
    for (const auto& target : rule->targets)
        entries.push_back(json::parse(target.json));
    CORE_TRY(auto output, pageOf(request.input(), "Targets", entries));
    return aws::Reply::of(std::move(output));
}

Result<Outcome> removeTargets(EventsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.rules().changing());
    CORE_TRY(const auto before, ruleOf(service, context, request, "Rule"));
    auto rule = *before;
    json failures = json::array();
    for (const auto& id : request.input().at("Ids")) {
        const auto gone = std::erase_if(rule.targets, [&](const Target& target) { return target.id == id; });
        if (gone == 0)
            failures.push_back({{"TargetId", id}, {"ErrorCode", "ResourceNotFoundException"},
                {"ErrorMessage",
                    "Rule " + rule.name + " does not have a target with the Id " + id.get<std::string>()
                        + '.'}});
    }
    CORE_CHECK(service.rules().putRule(std::move(rule)));
    const auto count = failures.size();
    return aws::Reply::of({{"FailedEntryCount", count}, {"FailedEntries", std::move(failures)}});
}

}
