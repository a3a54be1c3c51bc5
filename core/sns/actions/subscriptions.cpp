#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/sns/actions.h"
#include "core/sns/delivery_policy.h"
#include "core/sns/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr Micros kTokenLife = 2LL * 24 * 3600 * kSecond;
constexpr std::size_t kTokenBytes = 144; // written in 288 digits, as AWS's

using Texts = std::map<std::string, std::string>;

Subscriptions::Pointer sameEndpoint(SnsService& service, const Topic& topic, const Subscription& wanted)
{
    for (auto& one : service.subscriptions().below(recordKey(topic) + '/')) {
        if (one->protocol == wanted.protocol && one->endpoint == wanted.endpoint)
            return one;
    }
    return nullptr;
}

Result<> checkSame(const Subscription& there, const Subscription& wanted)
{
    for (const auto& [name, value] : wanted.attributes) {
        if (there.attribute(name) != value)
            return fail(
                errors::invalid("Attributes Reason: Subscription already exists with different attributes"));
    }
    return {};
}

json described(const Subscription& subscription)
{
    return {{"SubscriptionArn", subscription.pending ? "PendingConfirmation" : subscription.arn()},
        {"Owner", subscription.owner}, {"Protocol", subscription.protocol},
        {"Endpoint", subscription.endpoint}, {"TopicArn", subscription.topicArn}};
}

json answerOf(const Subscription& subscription, const json& input)
{
    const bool shown = !subscription.pending || input.value("ReturnSubscriptionArn", false);
    return {{"SubscriptionArn", shown ? subscription.arn() : "pending confirmation"}};
}

Result<> askAnew(SnsService& service, RequestContext& context, const Topic& topic, Subscription& subscription)
{
    subscription.token = hex(randomBytes(kTokenBytes));
    subscription.tokenMade = context.now;
    CORE_CHECK(service.subscriptions().put(subscription));
    return service.publisher().askToConfirm(topic, subscription, context.span);
}

std::string flag(bool value)
{
    return value ? "true" : "false";
}

}

Result<Outcome> subscribe(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto topic, topicOf(service, context, input.at("TopicArn")));
    Subscription wanted{.topicArn = topic->arn(),
        .id = newUuid(),
        .protocol = input.at("Protocol"),
        .endpoint = input.value("Endpoint", ""),
        .owner = context.principal.account};
    CORE_CHECK(checkEndpoint(wanted.protocol, wanted.endpoint, wanted.topicArn));
    CORE_CHECK(takeAttributes(input.value("Attributes", Texts()), "Attributes Reason: ", wanted));
    if (const auto there = sameEndpoint(service, *topic, wanted)) {
        CORE_CHECK(checkSame(*there, wanted));
        auto subscription = *there;
        context.onlyRead = !subscription.pending;
        if (subscription.pending)
            CORE_CHECK(askAnew(service, context, *topic, subscription));
        return aws::Reply::of(answerOf(subscription, input));
    }
    wanted.pending = wanted.isHttp();
    if (wanted.pending)
        CORE_CHECK(askAnew(service, context, *topic, wanted));
    else
        CORE_CHECK(service.subscriptions().put(wanted));
    return aws::Reply::of(answerOf(wanted, input));
}

// Whoever has the token may say so, signed or not, from wherever.
Result<Outcome> confirmSubscription(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto key = topicKeyOf(input.at("TopicArn").get<std::string>());
    const std::lock_guard guard(service.changing());
    if (key.empty() || !service.topics().find(key))
        return fail(errors::invalid("Topic"));
    const auto token = input.at("Token").get<std::string>();
    for (const auto& one : service.subscriptions().below(key + '/')) {
        if (one->token != token || token.empty())
            continue;
        if (one->pending && one->tokenMade + kTokenLife < context.now)
            break;
        auto subscription = *one;
        context.touch(subscription.endpoint);
        context.onlyRead = !subscription.pending;
        if (subscription.pending) {
            subscription.pending = false;
            subscription.authenticated = !request.wire || !context.principal.accessKeyId.empty();
            subscription.guarded = equalsIgnoreCase(input.value("AuthenticateOnUnsubscribe", ""), "true");
            CORE_CHECK(service.subscriptions().put(subscription));
        }
        return aws::Reply::of({{"SubscriptionArn", subscription.arn()}});
    }
    return fail(errors::invalid("Token"));
}

// Ending what is not there succeeds.
Result<Outcome> unsubscribe(SnsService& service, RequestContext& context, Request& request)
{
    const auto arn = request.input().at("SubscriptionArn").get<std::string>();
    const std::lock_guard guard(service.changing());
    const auto found = subscriptionOf(service, context, arn);
    if (!found) {
        if (found.error().kind != ErrorKind::NotFound)
            return fail(found.error());
        context.onlyRead = true;
        return aws::Reply::of(json::object());
    }
    const auto& subscription = **found;
    if (subscription.guarded && request.wire && context.principal.accessKeyId.empty())
        return fail(errors::notAuthenticated());
    CORE_CHECK(service.subscriptions().erase(recordKey(subscription)));
    if (const auto there = service.topics().find(topicKeyOf(subscription.topicArn))) {
        auto topic = *there;
        ++topic.deletedSubscriptions;
        CORE_CHECK(service.topics().put(topic));
    }
    return aws::Reply::of(json::object());
}

Result<Outcome> listSubscriptions(SnsService& service, RequestContext& context, Request& request)
{
    std::vector<json> entries;
    for (const auto& one :
        service.subscriptions().below(context.region + '/' + context.principal.account + '/'))
        entries.push_back(described(*one));
    CORE_TRY(auto page, pageOf(entries, "Subscriptions", request.input()));
    return aws::Reply::of(std::move(page));
}

Result<Outcome> listSubscriptionsByTopic(SnsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto topic, topicOf(service, context, request.input().at("TopicArn")));
    std::vector<json> entries;
    for (const auto& one : service.subscriptions().below(recordKey(*topic) + '/'))
        entries.push_back(described(*one));
    CORE_TRY(auto page, pageOf(entries, "Subscriptions", request.input()));
    return aws::Reply::of(std::move(page));
}

Result<Outcome> getSubscriptionAttributes(SnsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto one, subscriptionOf(service, context, request.input().at("SubscriptionArn")));
    json shown = one->attributes;
    shown["SubscriptionArn"] = one->arn();
    shown["TopicArn"] = one->topicArn;
    shown["Owner"] = one->owner;
    shown["Protocol"] = one->protocol;
    shown["Endpoint"] = one->endpoint;
    shown["PendingConfirmation"] = flag(one->pending);
    shown["ConfirmationWasAuthenticated"] = flag(!one->pending && one->authenticated);
    shown["SubscriptionPrincipal"] = "arn:aws:iam::" + one->owner + ":root";
    shown.emplace("RawMessageDelivery", "false");
    if (one->attributes.contains("FilterPolicy"))
        shown.emplace("FilterPolicyScope", "MessageAttributes");
    else
        shown.erase("FilterPolicyScope");
    if (const auto topic = service.topics().find(topicKeyOf(one->topicArn)); topic && one->isHttp())
        shown["EffectiveDeliveryPolicy"] =
            effectivePolicy(topic->attribute("DeliveryPolicy"), one->attribute("DeliveryPolicy")).dump();
    return aws::Reply::of({{"Attributes", std::move(shown)}});
}

Result<Outcome> setSubscriptionAttributes(SnsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto there, subscriptionOf(service, context, input.at("SubscriptionArn")));
    auto subscription = *there;
    CORE_CHECK(
        takeAttributes({{input.at("AttributeName"), input.value("AttributeValue", "")}}, {}, subscription));
    CORE_CHECK(service.subscriptions().put(subscription));
    return aws::Reply::of(json::object());
}

}
