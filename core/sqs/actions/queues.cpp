#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/sqs/actions.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace core::sqs {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestName = 80;
constexpr Micros kBetweenPurges = 60 * kSecond;
constexpr std::size_t kMostTags = 50;

using Attributes = std::map<std::string, std::string>;

Attributes attributesIn(const json& input)
{
    return input.value("Attributes", json::object()).get<Attributes>();
}

Result<> checkName(const std::string& name, bool fifo)
{
    std::string_view stem = name;
    if (fifo && stem.ends_with(".fifo"))
        stem.remove_suffix(5);
    const bool right = !stem.empty() && name.size() <= kLongestName && (!fifo || stem.size() < name.size())
        && std::all_of(stem.begin(), stem.end(),
            [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
    if (right)
        return {};
    return fail(errors::invalidValue(fifo
            ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, "
              "must end "
              "with .fifo suffix and be 1 to 80 in length."
            : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"));
}

// A dead-letter queue is there, of the same kind, and takes the queue's letters.
Result<> checkTarget(SqsService& service, const Queue& queue, const Attributes& given)
{
    const auto policy = given.find("RedrivePolicy");
    if (policy == given.end() || policy->second.empty())
        return {};
    const auto refuse = [&](std::string_view reason) {
        return fail(errors::invalidValue(policy->second, "RedrivePolicy", reason));
    };
    const auto target = service.queues().find(queueKeyOf(redriveOf(queue)->target));
    if (!target || target->region != queue.region || target->account != queue.account)
        return refuse("Dead letter target does not exist.");
    if (target->isFifo() != queue.isFifo())
        return refuse("Dead-letter queue must be same type of queue as the source.");
    if (!allowsSource(*target, queue.arn()))
        return refuse(
            "Queue " + queue.arn() + " isn't allowed to use " + target->arn() + " as its dead-letter queue.");
    return {};
}

// The same queue may be made again, as long as nothing of it would be another.
Result<Outcome> again(SqsService& service, const Queue& there, const Queue& wanted, const Attributes& given)
{
    for (const auto& [name, value] : given) {
        const auto attribute = wanted.attributes.find(name);
        if (attribute != wanted.attributes.end() && !there.is(name, attribute->second))
            return fail(errors::queueExists(name));
    }
    return aws::Reply::of({{"QueueUrl", service.urlOf(there)}});
}

json shownAttributes(const Queue& queue, const MessageStore::Counts& counts)
{
    json shown = queue.attributes;
    shown["QueueArn"] = queue.arn();
    shown["CreatedTimestamp"] = std::to_string(queue.created / kSecond);
    shown["LastModifiedTimestamp"] = std::to_string(queue.modified / kSecond);
    shown["ApproximateNumberOfMessages"] = std::to_string(counts.visible);
    shown["ApproximateNumberOfMessagesNotVisible"] = std::to_string(counts.inFlight);
    shown["ApproximateNumberOfMessagesDelayed"] = std::to_string(counts.delayed);
    return shown;
}

}

Result<Outcome> createQueue(SqsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.queues().changing());
    const auto given = attributesIn(input);
    Queue queue;
    queue.name = input.at("QueueName");
    queue.region = context.region;
    queue.account = context.principal.account;
    context.touch(queue.name);
    const bool fifo = given.contains("FifoQueue");
    CORE_CHECK(checkName(queue.name, fifo));
    queue.attributes = defaultAttributes(fifo);
    CORE_CHECK(takeAttributes(given, queue));
    CORE_CHECK(checkTarget(service, queue, given));
    if (const auto there = service.queues().find(queue.key())) {
        context.onlyRead = true;
        return again(service, *there, queue, given);
    }
    if (service.queues().isJustRemoved(queue.key()))
        return fail(errors::deletedRecently());
    queue.tags = input.value("tags", Attributes());
    if (queue.tags.size() > kMostTags)
        return fail(errors::invalidValue("Too many tags added for queue " + queue.name + "."));
    queue.id = newUuid();
    queue.created = queue.modified = context.now;
    const auto url = service.urlOf(queue);
    CORE_CHECK(service.queues().put(std::move(queue)));
    return aws::Reply::of({{"QueueUrl", url}});
}

Result<Outcome> deleteQueue(SqsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.queues().changing());
    CORE_TRY(const auto queue, queueOf(service, context, request));
    CORE_CHECK(service.queues().remove(*queue));
    return aws::Reply::of(json::object());
}

Result<Outcome> getQueueUrl(SqsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto name = input.at("QueueName").get<std::string>();
    context.touch(name);
    const auto account = input.value("QueueOwnerAWSAccountId", context.principal.account);
    const auto queue = service.queues().find(context.region + '/' + account + '/' + name);
    if (!queue)
        return fail(errors::noQueue());
    return aws::Reply::of({{"QueueUrl", service.urlOf(*queue)}});
}

Result<Outcome> listQueues(SqsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto prefix =
        context.region + '/' + context.principal.account + '/' + input.value("QueueNamePrefix", "");
    std::vector<std::string> urls;
    for (const auto& queue : service.queues().below(prefix))
        urls.push_back(service.urlOf(*queue));
    CORE_TRY(auto output, pageOfUrls(input, "QueueUrls", urls));
    return aws::Reply::of(std::move(output));
}

Result<Outcome> listDeadLetterSourceQueues(SqsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto target, queueOf(service, context, request));
    std::vector<std::string> urls;
    for (const auto& queue : service.queues().below(context.region + '/' + target->account + '/')) {
        if (const auto redrive = redriveOf(*queue); redrive && redrive->target == target->arn())
            urls.push_back(service.urlOf(*queue));
    }
    CORE_TRY(auto output, pageOfUrls(request.input(), "queueUrls", urls));
    if (!output.contains("queueUrls"))
        output["queueUrls"] = json::array();
    return aws::Reply::of(std::move(output));
}

Result<Outcome> getQueueAttributes(SqsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto queue, queueOf(service, context, request));
    CORE_TRY(const auto counts, service.queues().messages(*queue)->counts(*queue));
    const auto all = shownAttributes(*queue, counts);
    json shown = json::object();
    for (const auto& wanted : request.input().value("AttributeNames", json::array())) {
        const auto name = wanted.get<std::string>();
        if (name == "All")
            shown = all;
        else if (!isAttribute(name))
            return fail(errors::unknownAttribute(name));
        else if (all.contains(name))
            shown[name] = all[name];
    }
    return aws::Reply::of(shown.empty() ? json::object() : json{{"Attributes", std::move(shown)}});
}

Result<Outcome> setQueueAttributes(SqsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.queues().changing());
    CORE_TRY(const auto before, queueOf(service, context, request));
    const auto given = attributesIn(request.input());
    auto queue = *before;
    CORE_CHECK(takeAttributes(given, queue));
    CORE_CHECK(checkTarget(service, queue, given));
    queue.modified = context.now;
    CORE_CHECK(service.queues().put(std::move(queue)));
    return aws::Reply::of(json::object());
}

Result<Outcome> purgeQueue(SqsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.queues().changing());
    CORE_TRY(const auto before, queueOf(service, context, request));
    auto queue = *before;
    if (queue.purged != 0 && context.now < queue.purged + kBetweenPurges)
        return fail(errors::purgeInProgress(queue.name));
    CORE_CHECK(service.queues().messages(queue)->purge());
    queue.purged = context.now;
    CORE_CHECK(service.queues().put(std::move(queue)));
    return aws::Reply::of(json::object());
}

Result<Outcome> tagQueue(SqsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.queues().changing());
    CORE_TRY(const auto before, queueOf(service, context, request));
    auto queue = *before;
    for (const auto& [key, value] : request.input().at("Tags").items())
        queue.tags[key] = value;
    if (queue.tags.size() > kMostTags)
        return fail(errors::invalidValue("Too many tags added for queue " + queue.name + "."));
    CORE_CHECK(service.queues().put(std::move(queue)));
    return aws::Reply::of(json::object());
}

Result<Outcome> untagQueue(SqsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.queues().changing());
    CORE_TRY(const auto before, queueOf(service, context, request));
    auto queue = *before;
    for (const auto& key : request.input().at("TagKeys"))
        queue.tags.erase(key.get<std::string>());
    CORE_CHECK(service.queues().put(std::move(queue)));
    return aws::Reply::of(json::object());
}

Result<Outcome> listQueueTags(SqsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto queue, queueOf(service, context, request));
    return aws::Reply::of(queue->tags.empty() ? json::object() : json{{"Tags", queue->tags}});
}

}
