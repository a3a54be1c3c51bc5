#pragma once

namespace app {

// SIGINT and SIGTERM as something to wait for: the handler only writes a byte to a pipe. (Blocked signals
// would be blocked in the functions' processes as well.) One at a time. After the first signal a second one
// ends the program at once.
class StopSignal {
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    void wait() const;
    // Becomes readable at the signal, for who has an event loop.
    int descriptor() const { return m_ends[0]; }

private:
    int m_ends[2] = {-1, -1};
};

}
