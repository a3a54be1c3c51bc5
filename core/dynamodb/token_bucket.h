#pragma once

#include "core/base/clock.h"

namespace core::dynamodb {

// Units that flow in at a steady rate up to a bound. A request may begin while any are left and takes what it
// turns out to need, so that the level may fall below nothing. A value; not synchronised.
class TokenBucket {
public:
    TokenBucket() = default;
    // Holds one second's worth at first. `seconds`: how much unused rate it keeps.
    TokenBucket(double rate, double seconds, Micros now);

    // Keeps the level, as far as it fits.
    void resize(double rate, double seconds, Micros now);
    void refill(Micros now);
    void take(double units) { m_level -= units; }

    bool admits() const { return m_level > 0; }
    double level() const { return m_level; }
    double rate() const { return m_rate; }
    double bound() const { return m_rate * m_seconds; }

private:
    double m_rate = 0;
    double m_seconds = 1;
    double m_level = 0;
    Micros m_filled = 0; // when the level was right
};

}
