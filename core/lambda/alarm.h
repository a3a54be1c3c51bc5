#pragma once

#include "core/base/clock.h"

namespace core::lambda {

// Lets one thread, which waits in poll(), look at what others planned for a moment, and not more often than
// it must: of plans for later than its next look it hears when it looks. Moments are real time. plan() and
// arm() are called under the one lock that guards what is planned, ring() from any thread.
class Alarm {
public:
    Alarm();
    ~Alarm();
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    // The thread looks at this moment at the latest.
    void plan(Micros moment);
    // It looks at once.
    void ring();

    // Becomes readable when it is to look.
    int descriptor() const { return m_descriptor; }
    void silence();
    // It has looked, and looks again at `next`, 0 for never.
    void arm(Micros next) { m_next = next; }

private:
    const int m_descriptor; // an eventfd
    Micros m_next = 0;
};

// The earlier of two moments; 0 is never.
Micros earlier(Micros one, Micros other);

}
