#include "core/base/hash.h"
#include "core/sqs/actions.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::sqs {

using nlohmann::json;

namespace {

using std::chrono::steady_clock;

// A number within bounds, or the queue's own. Error: InvalidParameterValue.
Result<std::int64_t> numberOf(
    const json& input, const char* member, std::int64_t least, std::int64_t most, std::int64_t otherwise)
{
    const auto number = input.value(member, otherwise);
    if (number < least || number > most) {
        const auto reason = least == 1 ? "Must be between 1 and 10, if provided."
                                       : "Must be >= 0 and <= " + std::to_string(most) + ", if provided.";
        return fail(errors::invalidValue(std::to_string(number), member, reason));
    }
    return number;
}

std::string millis(Micros moment)
{
    return std::to_string(moment / kMillisecond);
}

json systemAttributes(const MessageStore::Received& received)
{
    const auto& message = received.message;
    json all = {{"SenderId", message.sender}, {"SentTimestamp", millis(message.sent)},
        {"ApproximateReceiveCount", std::to_string(received.state.receives)},
        {"ApproximateFirstReceiveTimestamp", millis(received.state.firstReceived)}};
    const auto add = [&](const char* member, const std::string& text) {
        if (!text.empty())
            all[member] = text;
    };
    add("SequenceNumber", message.sequence);
    add("MessageDeduplicationId", message.duplicate);
    add("MessageGroupId", message.group);
    add("AWSTraceHeader", message.traceHeader);
    add("DeadLetterQueueSourceArn", message.source);
    return all;
}

// AttributeNames is the older name of MessageSystemAttributeNames.
json wantedSystemAttributes(const json& input, const MessageStore::Received& received)
{
    const auto all = systemAttributes(received);
    json wanted = json::object();
    for (const auto* member : {"AttributeNames", "MessageSystemAttributeNames"}) {
        for (const auto& name : input.value(member, json::array())) {
            if (name == "All")
                return all;
            if (all.contains(name.get<std::string>()))
                wanted[name.get<std::string>()] = all[name.get<std::string>()];
        }
    }
    return wanted;
}

json describe(const json& input, const MessageStore::Received& received)
{
    const auto& message = received.message;
    json described = {{"MessageId", message.id}, {"ReceiptHandle", received.handle}, {"Body", message.body},
        {"MD5OfBody", hex(md5(message.body))}};
    if (auto system = wantedSystemAttributes(input, received); !system.empty())
        described["Attributes"] = std::move(system);
    if (message.attributes.empty())
        return described;
    auto chosen = chosenAttributes(
        json::parse(message.attributes), input.value("MessageAttributeNames", json::array()));
    if (!chosen.empty()) {
        described["MD5OfMessageAttributes"] = md5OfAttributes(chosen);
        described["MessageAttributes"] = std::move(chosen);
    }
    return described;
}

// Counts a receive that waits, while it lives.
class Place {
public:
    explicit Place(std::atomic<int>& taken)
        : m_taken(taken)
        , m_isFree(++taken <= SqsService::kMostWaiting)
    {
    }
    ~Place() { --m_taken; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool isFree() const { return m_isFree; }

private:
    std::atomic<int>& m_taken;
    const bool m_isFree;
};

struct Wish {
    std::size_t most;
    Micros visibility;
    std::chrono::seconds wait;
};

// Who waits for dead letters hears of them as of what is sent.
Result<std::vector<MessageStore::Received>> receiveNow(
    SqsService& service, const Queue& queue, MessageStore& messages, const Wish& wish)
{
    const auto letters = service.queues().deadLettersOf(queue);
    const auto before = letters ? letters->store->changes() : 0;
    auto received = messages.receive(queue, wish.most, wish.visibility, letters);
    if (letters && letters->store->changes() != before) {
        const auto target = redriveOf(queue)->target;
        service.host().changes.publish(
            {"sqs", "RedriveMessage", queue.region, target.substr(target.rfind(':') + 1), true});
    }
    return received;
}

Result<std::vector<MessageStore::Received>> receive(
    SqsService& service, RequestContext& context, const Queue& queue, const Wish& wish)
{
    const auto messages = service.queues().messages(queue);
    const auto deadline = steady_clock::now() + wish.wait;
    const Place place(service.waiting());
    for (;;) {
        const auto seen = messages->changes();
        // The queue's policy may change while it is waited for.
        const auto now = service.queues().find(queue.key());
        if (!now)
            return fail(errors::noQueue());
        CORE_TRY(auto received, receiveNow(service, *now, *messages, wish));
        if (!received.empty() || messages->isClosed() || steady_clock::now() >= deadline)
            return received;
        if (!place.isFree()) {
            context.span.step("Answers at once",
                "More than " + std::to_string(SqsService::kMostWaiting) + " receives are waiting",
                trace::Verdict::Warn);
            return received;
        }
        messages->wait(seen, deadline);
    }
}

}

Result<Outcome> receiveMessage(SqsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto queue, queueOf(service, context, request));
    CORE_TRY(const auto most, numberOf(input, "MaxNumberOfMessages", 1, 10, 1));
    CORE_TRY(const auto visibility,
        numberOf(input, "VisibilityTimeout", 0, 43'200, queue->number("VisibilityTimeout")));
    CORE_TRY(const auto wait,
        numberOf(input, "WaitTimeSeconds", 0, 20, queue->number("ReceiveMessageWaitTimeSeconds")));
    CORE_TRY(const auto received,
        receive(service, context, *queue,
            {static_cast<std::size_t>(most), visibility * kSecond, std::chrono::seconds(wait)}));
    context.onlyRead = received.empty();
    service.metrics().received(*queue, received.size());
    json output = json::object();
    for (const auto& one : received)
        output["Messages"].push_back(describe(input, one));
    return aws::Reply::of(std::move(output));
}

}
