#pragma once

#include "core/aws/delivery_queue.h"
#include "core/sns/envelope.h"

#include <stop_token>
#include <string>

// How a message reaches each kind of subscriber. Pure, but for allowSubscriber() and post().
namespace core::sns {

// The call that brings a message to a queue or a function, or the post to an endpoint; its id, moments and
// trace are the caller's.
aws::Delivery deliveryTo(
    const Topic& topic, const Subscription& subscription, const Message& message, const Envelope& envelope);
aws::Delivery confirmationTo(const Topic& topic, const Subscription& subscription, const Envelope& envelope);

// Asked before each attempt: a function's policy, a queue's policy. Waits.
Result<> allowSubscriber(const aws::Host& host, const aws::Delivery& delivery, trace::SpanScope& span);
// Sends a delivery to its endpoint: what the endpoint may take another time fails as Io. Waits,
// as AWS does, fifteen seconds at most, and no longer than until `stop`.
Result<> post(
    const aws::Host& host, const aws::Delivery& delivery, std::stop_token stop, trace::SpanScope& span);
// The attributes of a dead letter.
nlohmann::json describeFailure(const aws::Delivery& delivery, const Error& error);

}
