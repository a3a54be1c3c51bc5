#include "core/apigateway/vtl/json_path.h"
#include "core/apigateway/vtl/json_value.h"
#include "tests/fuzz/fuzz_target.h"

using namespace core::apigateway::vtl;

// Any path is read or refused; what a definite one finds is at most one value, any other finds a list.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto path = JsonPath::parse(fuzz::textOf(data, size));
    if (!path) {
        fuzz::require(!path.error().message.empty(), "a refused path says why");
        return 0;
    }
    Heap heap;
    const auto document =
        parseJson(R"({"a":{"b":[1,2,{"c":"x","d":null}],"e":"text"},"k":[[1],[2.5,"y"]],"t":true})", heap);
    const auto found = path->read(*document, heap);
    if (!found || !*found)
        return 0;
    const bool hasFunction =
        !path->steps.empty() && path->steps.back().kind == JsonPath::Step::Kind::Function;
    fuzz::require(path->isDefinite() || hasFunction || (*found)->list(), "an indefinite path gives a list");
    fuzz::require(jsonOf(**found).has_value(), "what is found can be written");
    return 0;
}
