#pragma once

#include <cstdint>

namespace tests {

// A socket connected to a port of the loopback, whose reads and writes wait kPatience at most; -1 when nobody
// listens. The caller closes it.
int connectLoopback(std::uint16_t port);

// A port of the loopback that nobody gets by chance as long as this lives. Who asks for it by its number can
// have it, unless it is taken.
class KeptPort {
public:
    KeptPort();
    ~KeptPort();
    KeptPort(const KeptPort&) = delete;
    KeptPort& operator=(const KeptPort&) = delete;

    std::uint16_t number() const { return m_number; }
    void take(); // listens there

private:
    int m_socket;
    std::uint16_t m_number = 0;
};

}
