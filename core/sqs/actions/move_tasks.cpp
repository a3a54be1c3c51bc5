#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/sqs/actions.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::sqs {

using nlohmann::json;

namespace {

constexpr std::int64_t kFastest = 500; // messages a second

Result<QueueStore::QueuePtr> queueNamed(
    SqsService& service, RequestContext& context, const std::string& arn, const char* parameter)
{
    const auto key = queueKeyOf(arn);
    if (key.empty())
        return fail(errors::badArnForm(parameter));
    auto queue = service.queues().find(key);
    if (!queue || queue->region != context.region)
        return fail(errors::noResource(parameter));
    return queue;
}

bool hasDeadLettersOf(SqsService& service, const Queue& queue)
{
    const auto all = service.queues().below(queue.region + '/');
    return std::ranges::any_of(all, [&](const auto& one) {
        const auto redrive = redriveOf(*one);
        return redrive && redrive->target == queue.arn();
    });
}

Result<> takeDestination(
    SqsService& service, RequestContext& context, const json& input, const Queue& source, MoveTask& task)
{
    task.destination = input.value("DestinationArn", "");
    if (task.destination.empty())
        return {};
    CORE_TRY(const auto target, queueNamed(service, context, task.destination, "DestinationArn"));
    if (target->key() == source.key())
        return fail(errors::invalidValue("Source queue arn and destination queue arn cannot be the same."));
    if (target->isFifo() != source.isFifo())
        return fail(
            errors::invalidValue("The source queue and destination queue must be of the same queue type."));
    return {};
}

}

Result<Outcome> startMessageMoveTask(SqsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    MoveTask task;
    task.source = input.at("SourceArn");
    CORE_TRY(const auto source, queueNamed(service, context, task.source, "SourceArn"));
    context.touch(source->name);
    if (!hasDeadLettersOf(service, *source))
        return fail(errors::invalidValue("Source queue must be configured as a Dead Letter Queue."));
    CORE_CHECK(takeDestination(service, context, input, *source, task));
    const auto rate = input.value("MaxNumberOfMessagesPerSecond", std::int64_t(1));
    if (rate < 1 || rate > kFastest)
        return fail(errors::invalidValue(
            std::to_string(rate), "MaxNumberOfMessagesPerSecond", "Must be between 1 and 500, if provided."));
    task.rate = input.contains("MaxNumberOfMessagesPerSecond") ? static_cast<int>(rate) : 0;
    task.id = newUuid();
    task.started = context.now;
    CORE_TRY(const auto counts, service.queues().messages(*source)->counts(*source));
    task.toMove = counts.visible;
    CORE_CHECK(service.mover().start(task));
    context.span.step("Moves " + std::to_string(task.toMove) + " messages",
        task.destination.empty() ? "each to the queue that it came from" : "to " + task.destination,
        trace::Verdict::Pass);
    return aws::Reply::of({{"TaskHandle", task.handle()}});
}

Result<Outcome> cancelMessageMoveTask(SqsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, readTaskHandle(request.input().at("TaskHandle")));
    CORE_TRY(const auto source, queueNamed(service, context, name.source, "SourceArn"));
    context.touch(source->name);
    CORE_TRY(const auto moved, service.mover().cancel(name));
    return aws::Reply::of({{"ApproximateNumberOfMessagesMoved", moved}});
}

Result<Outcome> listMessageMoveTasks(SqsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto arn = input.at("SourceArn").get<std::string>();
    CORE_TRY(const auto source, queueNamed(service, context, arn, "SourceArn"));
    context.touch(source->name);
    const auto most = input.value("MaxResults", std::int64_t(1));
    if (most < 1 || most > static_cast<std::int64_t>(Mover::kMostShown))
        return fail(errors::invalidValue("Value for parameter MaxResults is invalid. Reason: MaxResults must "
                                         "be an integer between 1 and 10."));
    auto tasks = service.mover().tasksOf(arn);
    tasks.resize(std::min(tasks.size(), static_cast<std::size_t>(most)));
    json results = json::array();
    for (const auto& task : tasks)
        results.push_back(task.shown());
    return aws::Reply::of({{"Results", std::move(results)}});
}

}
