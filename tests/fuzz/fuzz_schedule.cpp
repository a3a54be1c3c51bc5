#include "core/events/schedule.h"
#include "tests/fuzz/fuzz_target.h"

using core::events::Schedule;

// Any expression is read or refused; the moments of one that is read rise, a minute or more apart.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto schedule = Schedule::parse(fuzz::textOf(data, size));
    if (!schedule)
        return 0;
    constexpr core::Micros kStart = 1'700'000'000 * core::kSecond;
    auto moment = kStart;
    for (int i = 0; i < 3; ++i) {
        const auto next = schedule->next(moment, kStart);
        if (!next)
            return 0;
        fuzz::require(*next > moment, "the next moment is later");
        fuzz::require(i == 0 || *next - moment >= 60 * core::kSecond, "moments are a minute apart");
        moment = *next;
    }
    return 0;
}
