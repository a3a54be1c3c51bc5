#include "core/sns/publisher.h"

#include "core/sns/subscriber_delivery.h"

#include <nlohmann/json.hpp>

#include <set>

namespace core::sns {

namespace {

std::string counted(std::size_t count, const char* one, const char* more)
{
    return std::to_string(count) + ' ' + (count == 1 ? one : more);
}

}

Publisher::Publisher(const aws::Host& host, const Subscriptions& subscriptions, Signer& signer)
    : m_host(host)
    , m_subscriptions(subscriptions)
    , m_signer(signer)
    , m_metrics(m_host)
    , m_queue(host, "sns", "sns/deliveries",
          aws::DeliveryQueue::Hooks{
              .allow = [this](const auto& delivery,
                           auto& span) { return allowSubscriber(m_host, delivery, span); },
              .describe = describeFailure,
              .ended = [this](const auto& delivery, auto end) { m_metrics.ended(delivery, end); }})
    , m_endpoints(host, "sns", "sns/posts",
          aws::DeliveryQueue::Hooks{
              .send = [this](const auto& delivery, auto& span) { return sendPost(delivery, span); },
              .describe = describeFailure,
              .ended = [this](const auto& delivery, auto end) { m_metrics.ended(delivery, end); }})
{
}

void Publisher::resume()
{
    m_queue.resume();
    m_endpoints.resume();
}

void Publisher::close()
{
    m_queue.close();
    m_endpoints.close();
}

Result<> Publisher::sendPost(const aws::Delivery& delivery, trace::SpanScope& span) const
{
    const auto stop = m_endpoints.stopping();
    auto sent = post(m_host, delivery, stop, span);
    if (!sent && !stop.stop_requested())
        m_metrics.postFailed(delivery);
    return sent;
}

Publisher::Outgoing Publisher::ready(aws::Delivery delivery, const Subscription& subscription,
    std::size_t message, const trace::SpanScope& span)
{
    delivery.id = m_queue.newId();
    delivery.traceHeader = span.recording() ? span.traceHeader() : "";
    delivery.accepted = m_host.clock.now();
    delivery.due = delivery.accepted;
    return {std::move(delivery), subscription.isHttp(), message};
}

Result<> Publisher::address(const Topic& topic, std::size_t index, const Message& message,
    EnvelopeWriter& writer, trace::SpanScope& span, std::vector<Outgoing>& outgoing)
{
    const auto before = outgoing.size();
    const auto all = m_subscriptions.below(recordKey(topic) + '/');
    for (const auto& subscription : all) {
        const auto name = subscription->protocol + ' ' + subscription->endpoint;
        if (subscription->pending) {
            span.step("Not sent to " + name, "The endpoint has not confirmed its subscription",
                trace::Verdict::Warn);
            continue;
        }
        std::string why = "It has no filter policy";
        if (subscription->filter
            && !subscription->filter->matches(message, message.textFor(subscription->protocol), why)) {
            span.step("Not sent to " + name, why);
            m_metrics.filteredOut(topic, *subscription, message);
            continue;
        }
        CORE_TRY(const auto envelope, writer.notification(topic, *subscription, message));
        outgoing.push_back(
            ready(deliveryTo(topic, *subscription, message, envelope), *subscription, index, span));
        span.step("Goes to " + name, why, trace::Verdict::Pass);
    }
    if (outgoing.size() == before)
        span.step("No subscriber gets the message",
            "The topic has " + counted(all.size(), "subscription", "subscriptions"));
    return {};
}

Result<> Publisher::publish(const Topic& topic, std::vector<Message>& messages, trace::SpanScope& span)
{
    EnvelopeWriter writer(m_signer, m_host.endpoint());
    std::vector<Outgoing> outgoing;
    for (std::size_t index = 0; index < messages.size(); ++index) {
        // Twenty digits that grow.
        if (topic.isFifo())
            messages[index].sequence = '1' + m_queue.newId().substr(1);
        CORE_CHECK(address(topic, index, messages[index], writer, span, outgoing));
    }
    CORE_CHECK(keep(topic, messages, outgoing, span));
    m_metrics.published(topic, messages);
    return {};
}

Result<> Publisher::keep(const Topic& topic, std::vector<Message>& messages,
    const std::vector<Outgoing>& outgoing, trace::SpanScope& span)
{
    if (outgoing.empty() && !topic.isFifo())
        return {};
    std::set<std::size_t> repeated;
    CORE_CHECK(m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        repeated.clear();
        for (std::size_t index = 0; topic.isFifo() && index < messages.size(); ++index) {
            if (isRepeated(transaction, topic, messages[index]))
                repeated.insert(index);
        }
        for (const auto& one : outgoing) {
            if (!repeated.contains(one.message))
                (one.toEndpoint ? m_endpoints : m_queue).put(transaction, one.delivery);
        }
        return {};
    }));
    for (const auto index : repeated)
        span.step("Goes nowhere after all",
            "Its deduplication id " + messages[index].deduplication + " came within the last five minutes",
            trace::Verdict::Warn);
    m_queue.notice();
    m_endpoints.notice();
    return {};
}

Result<> Publisher::askToConfirm(const Topic& topic, const Subscription& subscription, trace::SpanScope& span)
{
    EnvelopeWriter writer(m_signer, m_host.endpoint());
    CORE_TRY(const auto envelope, writer.confirmation(topic, subscription, m_host.clock.now()));
    const auto outgoing = ready(confirmationTo(topic, subscription, envelope), subscription, 0, span);
    CORE_CHECK(m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        m_endpoints.put(transaction, outgoing.delivery);
        return {};
    }));
    span.step("Asks the endpoint to confirm", subscription.endpoint + " gets a token and the SubscribeURL");
    m_endpoints.notice();
    return {};
}

}
