#pragma once

#include "core/aws/service.h"
#include "core/cdn/distribution_store.h"

namespace core::cdn {

// CloudFront: the control plane of distributions, and the edges that serve their viewers. Any thread.
class CdnService : public aws::TableService<CdnService> {
public:
    explicit CdnService(const aws::Host& host);

    std::string_view id() const override { return "cdn"; }
    std::string_view signingName() const override { return "cloudfront"; }
    aws::Protocol protocol() const override { return aws::Protocol::RestXml; }
    std::string_view xmlNamespace() const override
    {
        return "http://cloudfront.amazonaws.com/doc/2020-05-31/";
    }
    static std::span<const aws::ActionRow<CdnService>> rows();
    int statusOf(const Error& error) const override;
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;
    Error malformedBody(std::string_view detail) const override;

    // {distribution}.cloudfront.localhost, {label}.cloudfront.net, /_aws/cloudfront/{distribution}/…
    bool claims(const http::Request& head) const override;
    http::Response serve(http::Request request, trace::SpanScope& span) override;
    void reset() override { distributions.reset(); }

    const aws::Host& host;
    DistributionStore distributions;
};

}
