#include "core/sns/actions.h"

#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/sns/errors.h"
#include "core/sns/shapes.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::sns {

using nlohmann::json;

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<SnsService>;

constexpr std::size_t kPage = 100;

Row row(std::string_view name, Effect effect, const aws::Shape& input, const aws::Shape* output,
    Result<Outcome> (*run)(SnsService&, RequestContext&, Request&))
{
    return {{.name = name, .lane = Lane::Blocking, .effect = effect, .input = &input, .output = output}, run};
}

const Row kRows[] = {
    row("CreateTopic", Effect::Changes, shapes::kCreateTopic, &shapes::kTopicOutput, createTopic),
    row("DeleteTopic", Effect::Changes, shapes::kTopicAlone, nullptr, deleteTopic),
    row("ListTopics", Effect::Reads, shapes::kListTopics, &shapes::kListTopicsOutput, listTopics),
    row("GetTopicAttributes", Effect::Reads, shapes::kTopicAlone, &shapes::kAttributesOutput,
        getTopicAttributes),
    row("SetTopicAttributes", Effect::Changes, shapes::kSetTopicAttributes, nullptr, setTopicAttributes),
    row("AddPermission", Effect::Changes, shapes::kAddPermission, nullptr, addPermission),
    row("RemovePermission", Effect::Changes, shapes::kRemovePermission, nullptr, removePermission),
    row("Subscribe", Effect::Changes, shapes::kSubscribe, &shapes::kSubscriptionOutput, subscribe),
    row("ConfirmSubscription", Effect::Changes, shapes::kConfirmSubscription, &shapes::kSubscriptionOutput,
        confirmSubscription),
    row("Unsubscribe", Effect::Changes, shapes::kSubscriptionAlone, nullptr, unsubscribe),
    row("ListSubscriptions", Effect::Reads, shapes::kListSubscriptions, &shapes::kSubscriptionsOutput,
        listSubscriptions),
    row("ListSubscriptionsByTopic", Effect::Reads, shapes::kListByTopic, &shapes::kSubscriptionsOutput,
        listSubscriptionsByTopic),
    row("GetSubscriptionAttributes", Effect::Reads, shapes::kSubscriptionAlone, &shapes::kAttributesOutput,
        getSubscriptionAttributes),
    row("SetSubscriptionAttributes", Effect::Changes, shapes::kSetSubscriptionAttributes, nullptr,
        setSubscriptionAttributes),
    row("Publish", Effect::Data, shapes::kPublish, &shapes::kPublishOutput, publish),
    row("PublishBatch", Effect::Data, shapes::kPublishBatch, &shapes::kPublishBatchOutput, publishBatch),
    row("TagResource", Effect::Changes, shapes::kTagResource, &shapes::kNothing, tagResource),
    row("UntagResource", Effect::Changes, shapes::kUntagResource, &shapes::kNothing, untagResource),
    row("ListTagsForResource", Effect::Reads, shapes::kResourceAlone, &shapes::kTagsOutput,
        listTagsForResource),
};

}

std::span<const Row> SnsService::rows()
{
    static const auto all = [] {
        std::vector<Row> rows(std::begin(kRows), std::end(kRows));
        const auto absent = absentActions();
        rows.insert(rows.end(), absent.begin(), absent.end());
        return rows;
    }();
    return all;
}

Result<Topics::Pointer> topicOf(
    SnsService& service, RequestContext& context, const std::string& arn, std::string_view member)
{
    const auto key = topicKeyOf(arn);
    if (key.empty())
        return fail(errors::invalid(member));
    context.touch(Arn::parse(arn)->resource);
    if (!key.starts_with(context.region + '/'))
        return fail(errors::invalid(member));
    auto topic = service.topics().find(key);
    if (!topic)
        return fail(errors::noTopic());
    return topic;
}

Result<Subscriptions::Pointer> subscriptionOf(
    SnsService& service, RequestContext& context, const std::string& arn)
{
    CORE_TRY(const auto key, subscriptionKeyOf(arn));
    context.touch(arn.substr(arn.find_last_of(':', arn.rfind(':') - 1) + 1));
    auto subscription = service.subscriptions().find(key);
    if (!subscription)
        return fail(errors::noSubscription());
    return subscription;
}

Result<json> pageOf(const std::vector<json>& entries, const char* member, const json& input)
{
    std::size_t first = 0;
    if (const auto token = input.value("NextToken", ""); !token.empty()) {
        const auto text = unbase64(token);
        const auto number = text ? parseInteger(*text) : std::nullopt;
        if (!number || *number < 0)
            return fail(errors::invalid("NextToken"));
        first = static_cast<std::size_t>(*number);
    }
    json output = {{member, json::array()}};
    const auto end = std::min(entries.size(), first + kPage);
    for (auto i = first; i < end; ++i)
        output[member].push_back(entries[i]);
    if (end < entries.size())
        output["NextToken"] = base64(std::to_string(end));
    return output;
}

}
