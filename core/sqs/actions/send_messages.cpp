#include "core/aws/lineage.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/sqs/actions.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace core::sqs {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestGroup = 128;

bool isGroupName(std::string_view text)
{
    return !text.empty() && text.size() <= kLongestGroup
        && std::all_of(
            text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) || std::ispunct(c); });
}

Result<> checkIds(const json& given)
{
    for (const auto* member : {"MessageGroupId", "MessageDeduplicationId"}) {
        if (given.contains(member) && !isGroupName(given.at(member).get<std::string>()))
            return fail(errors::invalidValue(given.at(member).get<std::string>(), member,
                std::string(member)
                    + " can only include alphanumeric and punctuation characters. 1 to 128 in length."));
    }
    return {};
}

// What only one kind of queue takes, or needs.
Result<> checkKind(const Queue& queue, const json& given, Message& message)
{
    CORE_CHECK(checkIds(given));
    message.group = given.value("MessageGroupId", "");
    message.duplicate = given.value("MessageDeduplicationId", "");
    if (!queue.isFifo()) {
        if (!message.duplicate.empty())
            return fail(errors::invalidValue(message.duplicate, "MessageDeduplicationId",
                "The request includes a parameter that is not valid for this queue type."));
        return {};
    }
    if (message.group.empty())
        return fail(errors::missing("MessageGroupId"));
    if (const auto delay = given.value("DelaySeconds", 0); delay != 0)
        return fail(errors::invalidValue(std::to_string(delay), "DelaySeconds",
            "The request include parameter that is not valid for this queue type."));
    if (message.duplicate.empty() && !queue.is("ContentBasedDeduplication", "true"))
        return fail(errors::invalidValue("The queue should either have ContentBasedDeduplication enabled or "
                                         "MessageDeduplicationId provided explicitly"));
    if (message.duplicate.empty())
        message.duplicate = hex(sha256(message.body));
    return {};
}

// The header that a message takes along when it names none itself: that of the request, or, of a call that
// another service makes, one by which loops of functions are found.
std::string headerOf(SqsService& service, const RequestContext& context, const Request& request)
{
    if (request.wire)
        return std::string(request.wire->headers.get("X-Amzn-Trace-Id"));
    const auto lineage = aws::Lineage::of(service.host().tracer, context.span);
    return lineage.isEmpty() ? std::string() : context.span.traceHeader() + ';' + lineage.text();
}

Result<MessageStore::Sending> sendingOf(
    const RequestContext& context, const Queue& queue, const json& given, const std::string& traceHeader)
{
    CORE_CHECK(checkContents(given));
    const auto most = queue.number("MaximumMessageSize");
    if (sizeOf(given) > static_cast<std::size_t>(most))
        return fail(
            errors::invalidValue("One or more parameters are invalid. Reason: Message must be shorter than "
                + std::to_string(most) + " bytes."));
    const auto delay = given.value("DelaySeconds", std::int64_t(-1));
    if (given.contains("DelaySeconds") && (delay < 0 || delay > 900))
        return fail(errors::invalidValue(
            std::to_string(delay), "DelaySeconds", "DelaySeconds must be >= 0 and <= 900."));
    Message message;
    message.id = newUuid();
    message.body = given.at("MessageBody");
    message.sender = context.principal.account;
    message.sent = context.now;
    if (given.contains("MessageAttributes") && !given.at("MessageAttributes").empty())
        message.attributes = given.at("MessageAttributes").dump();
    message.traceHeader =
        given.value("/MessageSystemAttributes/AWSTraceHeader/StringValue"_json_pointer, traceHeader);
    CORE_CHECK(checkKind(queue, given, message));
    return MessageStore::Sending{
        std::move(message), delay >= 0 && !queue.isFifo() ? delay * kSecond : queue.duration("DelaySeconds")};
}

void countSent(SqsService& service, const Queue& queue, const std::vector<const json*>& given,
    const std::vector<SentMessage>& sent)
{
    std::vector<std::size_t> sizes;
    for (const auto* one : given)
        sizes.push_back(sizeOf(*one));
    const auto duplicates = std::ranges::count_if(sent, &SentMessage::isDuplicate);
    service.metrics().sent(queue, sizes, static_cast<std::size_t>(duplicates));
}

json answerTo(const json& given, const SentMessage& sent)
{
    json answer = {
        {"MessageId", sent.id}, {"MD5OfMessageBody", hex(md5(given.at("MessageBody").get<std::string>()))}};
    const auto add = [&](const char* member, const std::string& text) {
        if (!text.empty())
            answer[member] = text;
    };
    add("MD5OfMessageAttributes", md5OfAttributes(given.value("MessageAttributes", json::object())));
    add("MD5OfMessageSystemAttributes",
        md5OfAttributes(given.value("MessageSystemAttributes", json::object())));
    add("SequenceNumber", sent.sequence);
    return answer;
}

}

Result<Outcome> sendMessage(SqsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto queue, queueOf(service, context, request));
    CORE_TRY(auto sending, sendingOf(context, *queue, input, headerOf(service, context, request)));
    std::vector<MessageStore::Sending> messages;
    messages.push_back(std::move(sending));
    CORE_TRY(const auto sent,
        service.queues().messages(*queue)->send(
            std::move(messages), queue->is("DeduplicationScope", "messageGroup")));
    countSent(service, *queue, {&input}, sent);
    context.span.step("Keeps the message", "as " + sent.front().id, trace::Verdict::Pass);
    return aws::Reply::of(answerTo(input, sent.front()));
}

// Entries that are wrong by themselves are told in Failed; the others are sent.
Result<Outcome> sendMessageBatch(SqsService& service, RequestContext& context, Request& request)
{
    const auto& entries = request.input().at("Entries");
    CORE_TRY(const auto queue, queueOf(service, context, request));
    CORE_CHECK(checkBatch(entries, "SendMessageBatchRequestEntry"));
    std::size_t size = 0;
    for (const auto& entry : entries)
        size += sizeOf(entry);
    if (size > kMostBytes)
        return fail(errors::batchTooLong(size));
    std::vector<MessageStore::Sending> messages;
    std::vector<const json*> accepted;
    json failed = json::array();
    const auto traceHeader = headerOf(service, context, request);
    for (const auto& entry : entries) {
        auto sending = sendingOf(context, *queue, entry, traceHeader);
        if (!sending) {
            failed.push_back(failedEntry(entry.at("Id"), sending.error()));
            continue;
        }
        messages.push_back(*std::move(sending));
        accepted.push_back(&entry);
    }
    json successful = json::array();
    if (!messages.empty()) {
        CORE_TRY(const auto sent,
            service.queues().messages(*queue)->send(
                std::move(messages), queue->is("DeduplicationScope", "messageGroup")));
        countSent(service, *queue, accepted, sent);
        for (std::size_t i = 0; i < sent.size(); ++i) {
            auto answer = answerTo(*accepted[i], sent[i]);
            answer["Id"] = accepted[i]->at("Id");
            successful.push_back(std::move(answer));
        }
    }
    return aws::Reply::of({{"Successful", std::move(successful)}, {"Failed", std::move(failed)}});
}

}
