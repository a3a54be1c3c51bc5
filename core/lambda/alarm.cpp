#include "core/lambda/alarm.h"

#include <algorithm>
#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace core::lambda {

Alarm::Alarm()
    : m_descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

Alarm::~Alarm()
{
    close(m_descriptor);
}

void Alarm::plan(Micros moment)
{
    if (m_next != 0 && m_next <= moment)
        return;
    m_next = moment;
    ring();
}

void Alarm::ring()
{
    // A full eventfd is one that wakes, too.
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(m_descriptor, &one, sizeof one);
}

void Alarm::silence()
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto taken = read(m_descriptor, &count, sizeof count);
}

Micros earlier(Micros one, Micros other)
{
    return one == 0 || other == 0 ? one + other : std::min(one, other);
}

}
