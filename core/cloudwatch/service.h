#pragma once

#include "core/aws/metric_book.h"
#include "core/aws/service.h"

namespace core::cloudwatch {

// CloudWatch's metrics: what services count about themselves and what programs put, read back as AWS does.
// What is counted lies in the chamber's MetricBook; this owns nothing. Any thread.
class CloudWatchService : public aws::TableService<CloudWatchService> {
public:
    explicit CloudWatchService(const aws::Host& host);

    std::string_view id() const override { return "monitoring"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json10; }
    std::string_view targetPrefix() const override { return "GraniteServiceVersion20100801"; }
    std::string_view queryVersion() const override { return "2010-08-01"; }
    std::string_view xmlNamespace() const override
    {
        return "http://monitoring.amazonaws.com/doc/2010-08-01/";
    }
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;
    std::string errorType(const Error& error) const override;

    static std::span<const aws::ActionRow<CloudWatchService>> rows();

    const aws::Host& host() const { return m_host; }
    aws::MetricBook& metrics() const { return *m_host.metrics; }

private:
    const aws::Host m_host;
};

}
