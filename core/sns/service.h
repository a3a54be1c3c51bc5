#pragma once

#include "core/aws/service.h"
#include "core/sns/publisher.h"
#include "core/sns/signer.h"

#include <mutex>

namespace core::sns {

// Simple Notification Service: topics, subscriptions, and what brings messages to them. Owns all three. Any
// thread.
class SnsService : public aws::TableService<SnsService> {
public:
    explicit SnsService(const aws::Host& host);
    ~SnsService() override;

    std::string_view id() const override { return "sns"; }
    // SNS has the query protocol alone; this says in what form services here call it.
    aws::Protocol protocol() const override { return aws::Protocol::Json10; }
    std::string_view queryVersion() const override { return "2010-03-31"; }
    std::string_view xmlNamespace() const override { return "http://sns.amazonaws.com/doc/2010-03-31/"; }
    Result<> prepare(const aws::ActionInfo& action, aws::Request& request) override;
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;
    int statusOf(const Error& error) const override;
    // The certificate that SigningCertURL names.
    bool claims(const http::Request& head) const override;
    http::Response serve(http::Request request, trace::SpanScope& span) override;
    void wake() override;
    void stop() override;
    void reset() override;

    static std::span<const aws::ActionRow<SnsService>> rows();

    const aws::Host& host() const { return m_host; }
    Topics& topics() { return m_topics; }
    Subscriptions& subscriptions() { return m_subscriptions; }
    Publisher& publisher() { return m_publisher; }
    // Held while something is read and then changed.
    std::mutex& changing() { return m_changing; }

private:
    const aws::Host m_host;
    std::mutex m_changing;
    Topics m_topics;
    Subscriptions m_subscriptions;
    Signer m_signer;
    Publisher m_publisher;
    std::once_flag m_woken;
};

}
