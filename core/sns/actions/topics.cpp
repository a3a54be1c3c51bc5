#include "core/sns/actions.h"
#include "core/sns/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr std::size_t kMostTags = 50;

using Texts = std::map<std::string, std::string>;

Texts tagsIn(const json& input)
{
    Texts tags;
    for (const auto& tag : input.value("Tags", json::array()))
        tags[tag.at("Key")] = tag.at("Value");
    return tags;
}

Result<> checkTags(const json& input, const Texts& tags)
{
    if (tags.size() < input.value("Tags", json::array()).size())
        return fail(errors::invalid("Duplicated keys are not allowed."));
    return {};
}

bool hasAll(const Texts& there, const Texts& wanted)
{
    return std::ranges::all_of(wanted, [&](const auto& one) {
        const auto found = there.find(one.first);
        return found != there.end() && found->second == one.second;
    });
}

// The same topic may be made again, as long as nothing of it would be another.
Result<Outcome> again(const Topic& there, const Topic& wanted)
{
    if (!hasAll(there.attributes, wanted.attributes))
        return fail(errors::invalid("Attributes Reason: Topic already exists with different attributes"));
    if (!hasAll(there.tags, wanted.tags))
        return fail(errors::invalid("Tags Reason: Topic already exists with different tags"));
    return aws::Reply::of({{"TopicArn", there.arn()}});
}

// FifoTopic is said by the name from then on.
Result<> takeAll(Texts given, Topic& topic)
{
    given.erase("FifoTopic");
    for (const auto& [name, value] : given) {
        if (const auto taken = takeAttribute(name, value, topic); !taken) {
            if (taken.error().message.ends_with("AttributeName"))
                return fail(errors::invalid("Attributes Reason: Unknown attribute " + name));
            return taken;
        }
    }
    return {};
}

}

Result<Outcome> createTopic(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto given = input.value("Attributes", Texts());
    Topic topic{.name = input.at("Name"), .region = context.region, .account = context.principal.account};
    context.touch(topic.name);
    const auto fifo = given.find("FifoTopic");
    CORE_CHECK(checkTopicName(topic.name, fifo != given.end() && fifo->second == "true"));
    CORE_CHECK(takeAll(given, topic));
    topic.tags = tagsIn(input);
    CORE_CHECK(checkTags(input, topic.tags));
    if (topic.tags.size() > kMostTags)
        return fail(errors::tooManyTags());
    const std::lock_guard guard(service.changing());
    if (const auto there = service.topics().find(recordKey(topic))) {
        context.onlyRead = true;
        return again(*there, topic);
    }
    CORE_CHECK(service.topics().put(topic));
    return aws::Reply::of({{"TopicArn", topic.arn()}});
}

// Deleting what is not there succeeds.
Result<Outcome> deleteTopic(SnsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    const auto topic = topicOf(service, context, request.input().at("TopicArn"));
    if (!topic) {
        if (topic.error().kind != ErrorKind::NotFound)
            return fail(topic.error());
        context.onlyRead = true;
        return aws::Reply::of(json::object());
    }
    const auto key = recordKey(**topic);
    CORE_CHECK(service.host().store.commit([&](store::Transaction& transaction) -> Result<> {
        service.topics().erase(transaction, key);
        service.subscriptions().eraseBelow(transaction, key + '/');
        forgetMessages(transaction, **topic);
        return {};
    }));
    service.topics().refresh(key);
    service.subscriptions().forget(key + '/');
    return aws::Reply::of(json::object());
}

Result<Outcome> listTopics(SnsService& service, RequestContext& context, Request& request)
{
    std::vector<json> entries;
    for (const auto& topic : service.topics().below(context.region + '/' + context.principal.account + '/'))
        entries.push_back({{"TopicArn", topic->arn()}});
    CORE_TRY(auto page, pageOf(entries, "Topics", request.input()));
    return aws::Reply::of(std::move(page));
}

Result<Outcome> getTopicAttributes(SnsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto topic, topicOf(service, context, request.input().at("TopicArn")));
    auto shown = shownAttributes(*topic);
    const auto all = service.subscriptions().below(recordKey(*topic) + '/');
    const auto pending = std::ranges::count_if(all, [](const auto& one) { return one->pending; });
    shown["SubscriptionsPending"] = std::to_string(pending);
    shown["SubscriptionsConfirmed"] = std::to_string(static_cast<std::ptrdiff_t>(all.size()) - pending);
    return aws::Reply::of({{"Attributes", std::move(shown)}});
}

Result<Outcome> setTopicAttributes(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto there, topicOf(service, context, input.at("TopicArn")));
    auto topic = *there;
    CORE_CHECK(takeAttribute(input.at("AttributeName"), input.value("AttributeValue", ""), topic));
    CORE_CHECK(service.topics().put(topic));
    return aws::Reply::of(json::object());
}

namespace {

// Tags have errors of their own for what is not there.
Result<Topics::Pointer> taggedOf(SnsService& service, RequestContext& context, const json& input)
{
    auto topic = topicOf(service, context, input.at("ResourceArn"), "ResourceArn");
    if (!topic && topic.error().kind == ErrorKind::NotFound)
        return fail(errors::noResource());
    return topic;
}

}

Result<Outcome> tagResource(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto tags = tagsIn(input);
    CORE_CHECK(checkTags(input, tags));
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto there, taggedOf(service, context, input));
    auto topic = *there;
    for (const auto& [key, value] : tags)
        topic.tags[key] = value;
    if (topic.tags.size() > kMostTags)
        return fail(errors::tooManyTags());
    CORE_CHECK(service.topics().put(topic));
    return aws::Reply::of(json::object());
}

Result<Outcome> untagResource(SnsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto there, taggedOf(service, context, request.input()));
    auto topic = *there;
    for (const auto& key : request.input().at("TagKeys"))
        topic.tags.erase(key.get<std::string>());
    CORE_CHECK(service.topics().put(topic));
    return aws::Reply::of(json::object());
}

Result<Outcome> listTagsForResource(SnsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto topic, taggedOf(service, context, request.input()));
    json tags = json::array();
    for (const auto& [key, value] : topic->tags)
        tags.push_back({{"Key", key}, {"Value", value}});
    return aws::Reply::of({{"Tags", std::move(tags)}});
}

}
