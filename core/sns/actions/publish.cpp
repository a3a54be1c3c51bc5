#include "core/sns/actions.h"
#include "core/sns/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <set>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr std::size_t kMostEntries = 10;
constexpr std::size_t kLongestId = 80;

json answerOf(const Message& message)
{
    json answer = {{"MessageId", message.id}};
    if (!message.sequence.empty())
        answer["SequenceNumber"] = message.sequence;
    return answer;
}

Result<std::string> topicNamed(const json& input)
{
    if (const auto arn = input.value("TopicArn", ""); !arn.empty())
        return arn;
    const auto target = input.value("TargetArn", "");
    if (target.empty())
        return fail(errors::invalid("TopicArn or TargetArn Reason: no value for required parameter"));
    if (target.find(":endpoint/") != std::string::npos)
        return fail(errors::invalid("TargetArn Reason: No endpoint found for the target arn specified"));
    return target;
}

bool isEntryId(std::string_view id)
{
    return !id.empty() && id.size() <= kLongestId
        && std::ranges::all_of(id, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

Result<> checkEntries(const json& entries)
{
    if (entries.empty())
        return fail(errors::emptyBatch());
    if (entries.size() > kMostEntries)
        return fail(errors::tooManyEntries());
    std::set<std::string> ids;
    for (const auto& entry : entries) {
        if (!isEntryId(entry.at("Id").get_ref<const std::string&>()))
            return fail(errors::badEntryId());
        if (!ids.insert(entry.at("Id")).second)
            return fail(errors::repeatedId());
    }
    return {};
}

}

Result<Outcome> publish(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto arn, topicNamed(input));
    CORE_TRY(const auto topic,
        topicOf(service, context, arn, input.contains("TopicArn") ? "TopicArn" : "TargetArn"));
    CORE_TRY(auto message, readMessage(input, *topic, context.now));
    std::vector<Message> messages{std::move(message)};
    CORE_CHECK(service.publisher().publish(*topic, messages, context.span));
    return aws::Reply::of(answerOf(messages.front()));
}

Result<Outcome> publishBatch(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto& entries = input.at("PublishBatchRequestEntries");
    CORE_CHECK(checkEntries(entries));
    CORE_TRY(const auto topic, topicOf(service, context, input.at("TopicArn")));
    std::vector<Message> messages;
    std::size_t size = 0;
    for (const auto& entry : entries) {
        CORE_TRY(auto message, readMessage(entry, *topic, context.now));
        size += message.size();
        messages.push_back(std::move(message));
    }
    if (size > Message::kMostBytes)
        return fail(errors::batchTooLong());
    CORE_CHECK(service.publisher().publish(*topic, messages, context.span));
    json sent = json::array();
    for (std::size_t index = 0; index < messages.size(); ++index) {
        sent.push_back(answerOf(messages[index]));
        sent.back()["Id"] = entries[index].at("Id");
    }
    return aws::Reply::of({{"Successful", std::move(sent)}, {"Failed", json::array()}});
}

}
