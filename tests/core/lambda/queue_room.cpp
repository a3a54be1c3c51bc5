#include "tests/core/lambda/queue_room.h"

namespace tests {

using namespace core;
using lambda::EventSourceMapping;
using nlohmann::json;

namespace {

std::string urlOf(const std::string& queue)
{
    return "/000000000000/" + queue;
}

}

Result<aws::Reply> QueueWorld::CountingCaller::call(std::string_view service, std::string_view action,
    const json& input, const aws::CallOptions& options, std::string payload)
{
    ++count;
    auto reply = door->call(service, action, input, options, std::move(payload));
    if (action == "ReceiveMessage" && reply) {
        auto& wanted = reply->json().contains("Messages") ? leap : emptyLeap;
        if (const auto by = wanted.exchange(0); by > 0)
            clock->advance(by);
    }
    return reply;
}

Result<http::Response> QueueWorld::CountingCaller::fetch(
    std::string_view url, http::Request request, const aws::CallOptions& options)
{
    return door->fetch(url, std::move(request), options);
}

QueueWorld::QueueWorld()
    : host{*room.store, room.blobs, room.clock, room.tracer, caller, room.pool, room.server, room.changes,
        room.logs, room.host.folder, room.host.endpoint}
{
    caller.door = &room.door;
    caller.clock = &room.clock;
}

QueueRoom::QueueRoom()
    : FeedRoom(host)
{
}

QueueRoom::~QueueRoom()
{
    close();
    room.service.stop();
}

json QueueRoom::sqs(const char* action, const json& input)
{
    const auto reply = room.call(action, input, {.quiet = true});
    if (!reply)
        qFatal("%s: %s", action, reply.error().message.c_str());
    return *reply;
}

void QueueRoom::makeQueue(const std::string& name, json attributes)
{
    if (name.ends_with(".fifo"))
        attributes["FifoQueue"] = "true";
    sqs("CreateQueue", {{"QueueName", name}, {"Attributes", std::move(attributes)}});
}

void QueueRoom::send(const std::string& queue, const std::string& body, json more)
{
    more["QueueUrl"] = urlOf(queue);
    more["MessageBody"] = body;
    sqs("SendMessage", more);
}

std::string QueueRoom::counts(const std::string& queue)
{
    const auto attributes = sqs("GetQueueAttributes",
        {{"QueueUrl", urlOf(queue)}, {"AttributeNames", json::array({"All"})}})["Attributes"];
    std::string text;
    for (const auto* name : {"", "NotVisible", "Delayed"})
        text += (text.empty() ? "" : "/")
            + attributes[std::string("ApproximateNumberOfMessages") + name].get<std::string>();
    return text;
}

void QueueRoom::start(EventSourceMapping mapping, const std::string& queue)
{
    FeedRoom::start(std::move(mapping), "arn:aws:sqs:us-east-1:000000000000:" + queue);
}

json QueueRoom::batches() const
{
    return FeedRoom::batches([](const json& record) { return record.at("body"); });
}

}
