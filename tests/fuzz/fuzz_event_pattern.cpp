#include "core/aws/event_pattern.h"
#include "tests/fuzz/fuzz_target.h"

#include <nlohmann/json.hpp>

using core::aws::EventPattern;

// Any pattern is read or refused with a reason; matching ends, and gives the same twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto pattern = EventPattern::parse(fuzz::textOf(data, size));
    if (!pattern) {
        fuzz::require(!pattern.error().message.empty(), "a refused pattern says why");
        return 0;
    }
    static const auto event = nlohmann::json::parse(
        R"({"a":"x","b":[1,2.5,{"c":"10.0.0.1"}],"n":null,"d":{"e":{"f":"a*b"}},"$or":"x"})");
    fuzz::require(pattern->matches(event) == pattern->matches(event), "a pattern matches the same again");
    fuzz::require(EventPattern(*pattern).matches(event) == pattern->matches(event), "a copy matches alike");
    return 0;
}
