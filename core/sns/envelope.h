#pragma once

#include "core/sns/message.h"
#include "core/sns/signer.h"
#include "core/sns/subscription.h"
#include "core/sns/topic.h"

#include <map>
#include <string>

namespace core::sns {

// What a subscriber gets around a message's text.
struct Envelope {
    std::string type; // "Notification", "SubscriptionConfirmation"
    std::string messageId;
    std::string sequence = {}; // of FIFO topics, which sign nothing
    std::string token = {}; // of confirmations
    std::string topicArn;
    std::string subject = {};
    std::string text;
    std::string timestamp;
    std::string subscribeUrl = {}; // of confirmations
    std::string unsubscribeUrl = {}; // of notifications
    std::string attributes = {}; // JSON; "" for none
    std::string signatureVersion = {};
    std::string signature = {};
    std::string signingCertUrl = {};

    // As queues and http endpoints get it, in AWS's order.
    std::string body() const;
    // As a function gets it.
    std::string event(const std::string& subscriptionArn) const;
    std::string textToSign() const;
};

// Writes and signs the envelopes of one publish. One thread.
class EnvelopeWriter {
public:
    // `endpoint`: where the chamber listens, "http://127.0.0.1:4566".
    EnvelopeWriter(Signer& signer, std::string endpoint);

    Result<Envelope> notification(
        const Topic& topic, const Subscription& subscription, const Message& message);
    Result<Envelope> confirmation(const Topic& topic, const Subscription& subscription, Micros now);

private:
    Result<> sign(const Topic& topic, Envelope& envelope);
    std::string url(const std::string& action, const std::string& query) const;

    Signer& m_signer;
    const std::string m_endpoint;
    std::map<std::string, std::string> m_signatures; // by text: most subscribers get the same
};

}
