#include "core/sns/envelope.h"

#include "core/aws/json_text.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::sns {

using nlohmann::json;

namespace {

// Fields in the order of their adding, spaced as SNS writes them.
class Fields {
public:
    void add(std::string_view name, const std::string& value)
    {
        if (!value.empty())
            addJson(name, aws::writeJson(value));
    }
    void addJson(std::string_view name, const std::string& value)
    {
        m_text += (m_text.empty() ? "" : ",\n") + std::string("  \"").append(name) + "\" : " + value;
    }
    std::string text() const { return "{\n" + m_text + "\n}"; }

private:
    std::string m_text;
};

json orNull(const std::string& text)
{
    return text.empty() ? json() : json(text);
}

}

std::string Envelope::body() const
{
    Fields fields;
    fields.add("Type", type);
    fields.add("MessageId", messageId);
    fields.add("SequenceNumber", sequence);
    fields.add("Token", token);
    fields.add("TopicArn", topicArn);
    fields.add("Subject", subject);
    fields.add("Message", text);
    fields.add("SubscribeURL", subscribeUrl);
    fields.add("Timestamp", timestamp);
    fields.add("SignatureVersion", signatureVersion);
    fields.add("Signature", signature);
    fields.add("SigningCertURL", signingCertUrl);
    fields.add("UnsubscribeURL", unsubscribeUrl);
    if (!attributes.empty())
        fields.addJson("MessageAttributes", attributes);
    return fields.text();
}

std::string Envelope::event(const std::string& subscriptionArn) const
{
    const json record = {{"EventSource", "aws:sns"}, {"EventVersion", "1.0"},
        {"EventSubscriptionArn", subscriptionArn},
        {"Sns",
            {{"Type", type}, {"MessageId", messageId}, {"TopicArn", topicArn}, {"Subject", orNull(subject)},
                {"Message", text}, {"Timestamp", timestamp}, {"SignatureVersion", signatureVersion},
                {"Signature", signature}, {"SigningCertUrl", signingCertUrl},
                {"UnsubscribeUrl", unsubscribeUrl},
                {"MessageAttributes", attributes.empty() ? json::object() : json::parse(attributes)}}}};
    return aws::writeJson({{"Records", json::array({record})}});
}

std::string Envelope::textToSign() const
{
    std::string all;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            all.append(name).append("\n").append(value).append("\n");
    };
    add("Message", text);
    add("MessageId", messageId);
    add("Subject", subject);
    add("SubscribeURL", subscribeUrl);
    add("Timestamp", timestamp);
    add("Token", token);
    add("TopicArn", topicArn);
    add("Type", type);
    return all;
}

EnvelopeWriter::EnvelopeWriter(Signer& signer, std::string endpoint)
    : m_signer(signer)
    , m_endpoint(std::move(endpoint))
{
}

// AWS's own have no version; here the version is what tells whose action it is.
std::string EnvelopeWriter::url(const std::string& action, const std::string& query) const
{
    return m_endpoint + "/?Action=" + action + query + "&Version=2010-03-31";
}

Result<> EnvelopeWriter::sign(const Topic& topic, Envelope& envelope)
{
    const bool second = topic.attribute("SignatureVersion") == "2";
    auto& signature = m_signatures[envelope.textToSign()];
    if (signature.empty()) {
        CORE_TRY(signature,
            m_signer.sign(envelope.textToSign(), second ? Signer::Version::Two : Signer::Version::One));
    }
    CORE_TRY(const auto certificate, m_signer.certificateName());
    envelope.signatureVersion = second ? "2" : "1";
    envelope.signature = signature;
    envelope.signingCertUrl = m_endpoint + '/' + certificate;
    return {};
}

Result<Envelope> EnvelopeWriter::notification(
    const Topic& topic, const Subscription& subscription, const Message& message)
{
    Envelope envelope{.type = "Notification",
        .messageId = message.id,
        .sequence = message.sequence,
        .topicArn = subscription.topicArn,
        .subject = message.subject,
        .text = message.textFor(subscription.protocol),
        .timestamp = iso8601Millis(message.at),
        .unsubscribeUrl = url("Unsubscribe", "&SubscriptionArn=" + percentEncode(subscription.arn()))};
    if (!message.attributes.empty())
        envelope.attributes = aws::writeJson(shownAttributes(message));
    if (!topic.isFifo())
        CORE_CHECK(sign(topic, envelope));
    return envelope;
}

Result<Envelope> EnvelopeWriter::confirmation(
    const Topic& topic, const Subscription& subscription, Micros now)
{
    Envelope envelope{.type = "SubscriptionConfirmation",
        .messageId = newUuid(),
        .token = subscription.token,
        .topicArn = subscription.topicArn,
        .text = "You have chosen to subscribe to the topic " + subscription.topicArn
            + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.",
        .timestamp = iso8601Millis(now),
        .subscribeUrl = url("ConfirmSubscription",
            "&TopicArn=" + percentEncode(subscription.topicArn) + "&Token=" + subscription.token)};
    CORE_CHECK(sign(topic, envelope));
    return envelope;
}

}
