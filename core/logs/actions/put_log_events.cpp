#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/filter_store.h"
#include "core/logs/log_names.h"
#include "core/logs/log_write.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr std::int64_t kMaxBatchBytes = 1'048'576;
constexpr std::int64_t kEventOverhead = 26;
constexpr std::int64_t kHour = 3'600'000;

// What one request puts, checked, and what of it is refused for its time.
struct Batch {
    std::vector<LogEvent> events;
    std::int64_t bytes = 0;
    json rejected = json::object();
    std::vector<LogMetric> metrics; // of the group's metric filters
    int deliveries = 0; // to the functions that subscribe
};

Result<> checkBatch(const std::vector<LogEvent>& events, std::int64_t bytes)
{
    const auto byTime = [](const LogEvent& a, const LogEvent& b) {
        return a.position.timestamp < b.position.timestamp;
    };
    if (!std::is_sorted(events.begin(), events.end(), byTime))
        return fail(errors::invalidParameter(
            "Log events in a single PutLogEvents request must be in chronological order."));
    if (events.back().position.timestamp - events.front().position.timestamp > 24 * kHour)
        return fail(errors::invalidParameter(
            "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."));
    if (bytes > kMaxBatchBytes)
        return fail(errors::invalidParameter("Upload too large: " + std::to_string(bytes)
            + " bytes exceeds limit of " + std::to_string(kMaxBatchBytes)));
    return {};
}

// AWS keeps the batch but not its events older than 14 days or more than two hours ahead.
void rejectByTime(Batch& batch, std::int64_t now)
{
    auto& events = batch.events;
    const auto at = [](std::int64_t moment) {
        return [moment](const LogEvent& event) { return event.position.timestamp > moment; };
    };
    const auto tooNew = std::find_if(events.begin(), events.end(), at(now + 2 * kHour));
    if (tooNew != events.end()) {
        batch.rejected["tooNewLogEventStartIndex"] = tooNew - events.begin();
        events.erase(tooNew, events.end());
    }
    const auto fresh = std::find_if(events.begin(), events.end(), at(now - 14 * 24 * kHour));
    if (fresh != events.begin()) {
        batch.rejected["tooOldLogEventEndIndex"] = fresh - events.begin();
        events.erase(events.begin(), fresh);
    }
}

Result<Batch> readBatch(const json& input, std::int64_t now)
{
    Batch batch;
    for (const auto& given : input.at("logEvents")) {
        LogEvent event;
        event.position.timestamp = given.at("timestamp");
        event.ingested = now;
        event.message = given.at("message");
        batch.bytes += static_cast<std::int64_t>(event.message.size()) + kEventOverhead;
        batch.events.push_back(std::move(event));
    }
    CORE_CHECK(checkBatch(batch.events, batch.bytes));
    rejectByTime(batch, now);
    return batch;
}

Result<std::uint64_t> append(LogsService& service, const RequestContext& context,
    store::Transaction& transaction, const GroupRef& ref, const std::string& name, Batch& batch)
{
    auto group = readGroup(transaction, ref);
    if (!group)
        return fail(errors::groupNotFound());
    auto stream = readStream(transaction, ref, name);
    if (!stream)
        return fail(errors::streamNotFound());
    if (batch.events.empty())
        return stream->events;
    for (auto& event : batch.events) {
        event.position.sequence = stream->events++;
        writeEvent(transaction, ref, name, event);
    }
    const auto first = batch.events.front().position.timestamp;
    stream->firstEvent = stream->firstEvent < 0 ? first : std::min(stream->firstEvent, first);
    stream->lastEvent = std::max(stream->lastEvent, batch.events.back().position.timestamp);
    stream->lastIngestion = batch.events.back().ingested;
    writeStream(transaction, ref, *stream);
    group->storedBytes += batch.bytes;
    writeGroup(transaction, ref, *group);
    if (group->metricFilters > 0)
        scanFilters(transaction, kMetricFilters, ref, {}, {}, [&](const json& filter) {
            std::ranges::move(
                filteredMetrics(filter, batch.events, ref.region), std::back_inserter(batch.metrics));
            return true;
        });
    if (group->subscriptionFilters > 0)
        batch.deliveries = service.delivery().note(
            transaction, ref, name, batch.events, context.principal.account, context.now);
    return stream->events;
}

// Once the events are durable.
void tell(LogsService& service, const GroupRef& ref, const std::string& stream, const Batch& batch)
{
    service.tail().add(ref, stream, batch.events);
    service.count(batch.metrics);
    for (const auto& event : batch.events)
        service.count(embeddedMetrics(event.message, ref.region, event.ingested));
    if (batch.deliveries > 0)
        service.delivery().notice();
}

}

Result<Outcome> putLogEvents(LogsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto ref, groupOf(context, input));
    context.touch(ref.group);
    const std::string stream = input.at("logStreamName");
    const auto now = millis(context.now);
    CORE_TRY(auto read, readBatch(input, now));
    const auto batch = std::make_shared<Batch>(std::move(read));
    if (!batch->rejected.empty())
        context.span.step("Rejects events by their time", batch->rejected.dump(), trace::Verdict::Warn);
    const auto next = std::make_shared<std::uint64_t>(0);
    return std::make_unique<LogWrite>(
        [&service, &context, ref, stream, batch, next](store::Transaction& transaction) -> Result<> {
            CORE_TRY(*next, append(service, context, transaction, ref, stream, *batch));
            return {};
        },
        [&service, ref, stream, batch, next, now] {
            tell(service, ref, stream, *batch);
            json output = {{"nextSequenceToken", EventPosition{now, *next}.text()}};
            if (!batch->rejected.empty())
                output["rejectedLogEventsInfo"] = batch->rejected;
            return aws::Reply::of(std::move(output));
        });
}

}
