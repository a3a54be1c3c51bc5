#pragma once

#include <atomic>
#include <memory>
#include <mutex>

namespace core::dynamodb {

class ThroughputMeter;

// Whether a table's throughput is enforced. Asking costs one load. A meter, once made, stays as long as the
// switch. Any thread.
class ThroughputSwitch {
public:
    // The meter when throughput is enforced, else null.
    ThroughputMeter* active() const { return m_active.load(std::memory_order_acquire); }
    void set(bool enforced);

private:
    std::atomic<ThroughputMeter*> m_active = nullptr;
    std::mutex m_mutex;
    std::shared_ptr<ThroughputMeter> m_meter;
};

}
