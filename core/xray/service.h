#pragma once

#include "core/aws/service.h"

namespace core::xray {

// X-Ray's reading side: the tracks that the chamber keeps, as traces. Owns nothing. Any thread.
class XRayService : public aws::TableService<XRayService> {
public:
    explicit XRayService(const aws::Host& host)
        : m_host(host)
    {
    }

    std::string_view id() const override { return "xray"; }
    aws::Protocol protocol() const override { return aws::Protocol::RestJson; }
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;
    nlohmann::json errorBody(const Error& error) const override;

    static std::span<const aws::ActionRow<XRayService>> rows();

    const aws::Host& host() const { return m_host; }

private:
    const aws::Host m_host;
};

}
