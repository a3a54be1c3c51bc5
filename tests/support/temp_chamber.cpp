#include "tests/support/temp_chamber.h"

#include <stdexcept>

namespace tests {

TempChamber::TempChamber(bool clockPaused)
{
    core::chamber::ChamberOptions options;
    options.durability = core::store::Durability::Memory;
    options.port = 0;
    auto opened = core::chamber::Chamber::open(options);
    if (!opened)
        throw std::runtime_error(opened.error().message);
    m_chamber = *std::move(opened);
    if (clockPaused)
        m_chamber->clock().pause();
    if (const auto listening = m_chamber->listen(); !listening)
        throw std::runtime_error(listening.error().message);
}

TempChamber::~TempChamber() = default;

}
