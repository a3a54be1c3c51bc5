#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/xray/segment_book.h"

#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace core::xray {

// What AWS's X-Ray daemon is to SDKs: takes segments by UDP, on a free port of the loopback that it opens
// when somebody asks for its address. What comes is put on the chamber's clock and kept. A thread of its own
// reads; other members may be called from any thread.
class TraceDaemon {
public:
    TraceDaemon(const Clock& clock, SegmentBook& book);
    ~TraceDaemon();

    // "127.0.0.1:49152"
    Result<std::string> address();
    void stop();

private:
    Result<> listen();
    void run();
    void take(std::string_view datagram);

    const Clock& m_clock;
    SegmentBook& m_book;
    std::mutex m_mutex;
    bool m_stopped = false;
    int m_socket = -1;
    int m_wake = -1;
    std::string m_address;
    std::thread m_thread;
};

}
