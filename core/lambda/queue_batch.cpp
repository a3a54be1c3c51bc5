#include "core/lambda/queue_batch.h"

#include "core/aws/json_text.h"
#include "core/lambda/loop_guard.h"
#include "core/lambda/stream_batch.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace core::lambda {

using nlohmann::json;

namespace {

// SQS's {"StringValue", "DataType"} as Lambda's event has it.
json attributesForEvent(const json& given)
{
    json attributes = json::object();
    for (const auto& [name, value] : given.items()) {
        auto& one = attributes[name];
        if (value.contains("StringValue"))
            one["stringValue"] = value["StringValue"];
        if (value.contains("BinaryValue"))
            one["binaryValue"] = value["BinaryValue"];
        one["stringListValues"] = json::array();
        one["binaryListValues"] = json::array();
        one["dataType"] = value.at("DataType");
    }
    return attributes;
}

// As recorded: mappings with a batching window tell of no attributes by a null, others by nothing.
json recordOf(const json& message, const EventSourceMapping& mapping)
{
    json record = {{"messageId", message.at("MessageId")}, {"receiptHandle", message.at("ReceiptHandle")},
        {"body", message.at("Body")}, {"attributes", message.value("Attributes", json::object())},
        {"messageAttributes", attributesForEvent(message.value("MessageAttributes", json::object()))},
        {"md5OfBody", message.at("MD5OfBody")}, {"eventSource", "aws:sqs"},
        {"eventSourceARN", mapping.source}, {"awsRegion", mapping.region}};
    if (message.contains("MD5OfMessageAttributes"))
        record["md5OfMessageAttributes"] = message["MD5OfMessageAttributes"];
    else if (mapping.batchWindow > 0)
        record["md5OfMessageAttributes"] = nullptr;
    return record;
}

// A body that is JSON is matched as such, another as a string.
bool passes(const BatchFilter& filter, const json& record)
{
    if (filter.isEmpty())
        return true;
    auto seen = record;
    const auto body = aws::parseJson(record["body"].get_ref<const std::string&>());
    if (body && body->is_structured())
        seen["body"] = *body;
    return filter.passes(seen);
}

MessagePage pageFrom(
    const json& answer, const EventSourceMapping& mapping, const BatchFilter& filter, Micros hiddenUntil)
{
    MessagePage page;
    for (const auto& message : answer.value("Messages", json::array())) {
        const auto record = recordOf(message, mapping);
        const auto& attributes = record["attributes"];
        QueueMessage one{record["messageId"], record["receiptHandle"], attributes.value("MessageGroupId", ""),
            aws::writeJson(record), std::stoi(attributes.value("ApproximateReceiveCount", "1")),
            aws::Lineage::parse(attributes.value("AWSTraceHeader", "")), hiddenUntil};
        auto& list = passes(filter, record) ? page.messages : page.filtered;
        list.push_back(std::move(one));
    }
    return page;
}

}

Result<MessagePage> readMessages(const json& answer, const EventSourceMapping& mapping, Micros hiddenUntil)
{
    CORE_TRY(const auto filter, BatchFilter::of(mapping));
    try {
        return pageFrom(answer, mapping, filter, hiddenUntil);
    } catch (const std::exception& error) {
        return fail(ErrorKind::Internal, "InternalFailure", error.what());
    }
}

MessageList takeEvent(std::deque<QueueMessage>& messages, const std::string& function)
{
    const auto isLooped = [&](const QueueMessage& message) {
        return message.lineage.runsOf(function) >= LoopGuard::kMostRuns;
    };
    MessageList taken;
    std::size_t bytes = 0;
    while (!messages.empty()) {
        auto& next = messages.front();
        const bool fits = bytes + next.text.size() + 1 <= kMaxBatchBytes;
        if (!taken.empty() && (!fits || isLooped(next) != isLooped(taken.front())))
            break;
        bytes += next.text.size() + 1;
        taken.push_back(std::move(next));
        messages.pop_front();
    }
    return taken;
}

aws::Lineage lineageOf(const MessageList& messages)
{
    aws::Lineage lineage;
    for (const auto& message : messages)
        lineage.join(message.lineage);
    return lineage;
}

std::string queueEvent(const MessageList& messages)
{
    return eventOf(messages) + '}';
}

BatchVerdict judgeAnswer(const std::string& answer, const MessageList& messages, bool reportsItems)
{
    return judgeAnswer(answer, placeAmong(messages, &QueueMessage::id), reportsItems);
}

bool breaksOrder(const MessageList& messages, const BatchVerdict& verdict)
{
    std::set<std::string> groups;
    auto failed = verdict.failed.begin();
    for (std::size_t place = 0; place < messages.size(); ++place) {
        const auto& group = messages[place].group;
        if (failed != verdict.failed.end() && *failed == place) {
            ++failed;
            if (!group.empty())
                groups.insert(group);
        } else if (groups.contains(group)) {
            return true;
        }
    }
    return false;
}

}
