#include "core/apigateway/vtl/json_value.h"
#include "core/apigateway/vtl/renderer.h"
#include "tests/fuzz/fuzz_target.h"

using namespace core::apigateway::vtl;

// Whatever a template says, it is parsed or refused with a place, and its rendering ends within its bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto parsed = Template::parse(fuzz::textOf(data, size));
    if (!parsed) {
        fuzz::require(
            parsed.error().message.find("[line ") != std::string::npos, "a refused template names the place");
        return 0;
    }
    Heap heap;
    Variables variables;
    variables["name"] = "World";
    variables["n"] = 7;
    variables["list"] = heap.list({"a", 1, 2.5});
    variables["map"] = *parseJson(R"({"k":"v","l":[1,{"x":null}]})", heap);
    const Limits limits{.output = 65'536, .loops = 50, .steps = 5'000, .depth = 8};
    const auto text = parsed->render(variables, heap, limits);
    fuzz::require(!text || text->size() <= limits.output, "a rendering keeps its bound");
    return 0;
}
