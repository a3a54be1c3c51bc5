#pragma once

#include <cstdint>

namespace tests {

// A socket connected to a port of the loopback, whose reads and writes wait ten seconds at most; -1 when
// nobody listens. The caller closes it.
int connectLoopback(std::uint16_t port);

}
