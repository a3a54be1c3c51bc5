#pragma once

#include "core/aws/service.h"
#include "core/xray/joined_trace.h"
#include "core/xray/segment_book.h"
#include "core/xray/trace_daemon.h"

namespace core::xray {

// X-Ray: the tracks that the chamber keeps, as traces, with what SDKs in programs send to them. Owns what
// they sent. Any thread.
class XRayService : public aws::TableService<XRayService> {
public:
    explicit XRayService(const aws::Host& host)
        : m_host(host)
        , m_book(m_host.store)
        , m_daemon(m_host.clock, m_book)
    {
    }

    std::string_view id() const override { return "xray"; }
    aws::Protocol protocol() const override { return aws::Protocol::RestJson; }
    Error invalidInput(
        const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const override;
    nlohmann::json errorBody(const Error& error) const override;

    static std::span<const aws::ActionRow<XRayService>> rows();

    void stop() override { m_daemon.stop(); }
    void reset() override { m_book.reset(); }

    const aws::Host& host() const { return m_host; }
    SegmentBook& book() { return m_book; }
    TraceDaemon& daemon() { return m_daemon; }
    // The trace as it is now; of the tracks those with tracing alone.
    JoinedTrace trace(const std::string& id) const;

private:
    const aws::Host m_host;
    SegmentBook m_book;
    TraceDaemon m_daemon;
};

}
