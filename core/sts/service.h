#pragma once

#include "core/aws/service.h"

namespace core::sts {

// Security Token Service: who a caller is, and temporary credentials. Keeps nothing: core/aws/session.h tells
// why it need not. Any thread.
class StsService : public aws::TableService<StsService> {
public:
    explicit StsService(const aws::Host& host);

    std::string_view id() const override { return "sts"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json11; }
    std::string_view targetPrefix() const override { return "AWSSecurityTokenServiceV20110615"; }
    std::string_view queryVersion() const override { return "2011-06-15"; }
    std::string_view xmlNamespace() const override { return "https://sts.amazonaws.com/doc/2011-06-15/"; }
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;
    int statusOf(const Error& error) const override;

    static std::span<const aws::ActionRow<StsService>> rows();

    const aws::Host& host() const { return m_host; }

private:
    const aws::Host m_host;
};

}
