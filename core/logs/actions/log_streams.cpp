#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/log_names.h"
#include "core/logs/log_write.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::logs {

using nlohmann::json;

namespace {

json describe(const RequestContext& context, const GroupRef& ref, const LogStream& stream)
{
    json output = {{"logStreamName", stream.name}, {"creationTime", stream.created},
        {"arn", groupArn(context, ref.group) + ":log-stream:" + stream.name}, {"storedBytes", 0}};
    if (stream.events > 0) {
        output["firstEventTimestamp"] = stream.firstEvent;
        output["lastEventTimestamp"] = stream.lastEvent;
        output["lastIngestionTime"] = stream.lastIngestion;
        output["uploadSequenceToken"] = EventPosition{stream.lastIngestion, stream.events}.text();
    }
    return output;
}

// Order by last event, then by name; AWS puts streams without events first.
bool earlier(const LogStream& a, const LogStream& b)
{
    return std::tie(a.lastEvent, a.name) < std::tie(b.lastEvent, b.name);
}

// The page of `streams` that follows the stream named `after`.
json page(const RequestContext& context, const GroupRef& ref, const std::vector<LogStream>& streams,
    const std::string& after, std::size_t limit)
{
    auto first = streams.begin();
    if (!after.empty()) {
        first = std::find_if(
            streams.begin(), streams.end(), [&](const LogStream& stream) { return stream.name == after; });
        if (first != streams.end())
            ++first;
    }
    json output = {{"logStreams", json::array()}};
    for (; first != streams.end(); ++first) {
        if (output["logStreams"].size() == limit) {
            output["nextToken"] = pageToken(std::prev(first)->name);
            break;
        }
        output["logStreams"].push_back(describe(context, ref, *first));
    }
    return output;
}

}

Result<Outcome> createLogStream(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    context.touch(ref.group);
    LogStream stream;
    stream.name = request.input().at("logStreamName");
    stream.created = millis(context.now);
    return std::make_unique<LogWrite>([ref, stream](store::Transaction& transaction) -> Result<> {
        if (!readGroup(transaction, ref))
            return fail(errors::groupNotFound());
        if (readStream(transaction, ref, stream.name))
            return fail(errors::streamExists());
        writeStream(transaction, ref, stream);
        return {};
    });
}

Result<Outcome> deleteLogStream(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    context.touch(ref.group);
    const std::string name = request.input().at("logStreamName");
    return std::make_unique<LogWrite>([ref, name](store::Transaction& transaction) -> Result<> {
        if (!readGroup(transaction, ref))
            return fail(errors::groupNotFound());
        if (!readStream(transaction, ref, name))
            return fail(errors::streamNotFound());
        eraseStream(transaction, ref, name);
        return {};
    });
}

Result<Outcome> describeLogStreams(LogsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto ref, groupOf(context, input));
    CORE_TRY(const auto after, namedByToken(input));
    const auto prefix = input.value("logStreamNamePrefix", "");
    const bool byTime = input.value("orderBy", "LogStreamName") == "LastEventTime";
    if (byTime && !prefix.empty())
        return fail(errors::invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix."));
    const auto reader = service.readSettled();
    if (!readGroup(*reader, ref))
        return fail(errors::groupNotFound());
    std::vector<LogStream> streams;
    scanStreams(*reader, ref, prefix, {}, [&](LogStream stream) {
        streams.push_back(std::move(stream));
        return true;
    });
    if (byTime)
        std::sort(streams.begin(), streams.end(), earlier);
    if (input.value("descending", false))
        std::reverse(streams.begin(), streams.end());
    return aws::Reply::of(page(context, ref, streams, after, input.value("limit", std::size_t{50})));
}

}
