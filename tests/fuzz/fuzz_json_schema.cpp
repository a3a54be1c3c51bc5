#include "core/apigateway/json_schema.h"
#include "tests/fuzz/fuzz_target.h"

using core::apigateway::violations;

// A schema, and after "@@" a document: any schema is read or refused with a reason, and a document
// is judged the same twice. The schema {} holds of whatever is JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::string_view kRule = "@@";
    const auto text = fuzz::textOf(data, size);
    const auto rule = text.find(kRule);
    const std::string schema(text.substr(0, rule));
    const std::string document(
        rule == std::string_view::npos ? std::string_view("{}") : text.substr(rule + kRule.size()));
    const auto source = [](const std::string& uri) -> std::optional<std::string> {
        if (uri.ends_with("/models/Other"))
            return R"({"type":"string","maxLength":3})";
        return std::nullopt;
    };
    const auto found = violations(schema, document, source);
    if (!found) {
        fuzz::require(!found.error().message.empty(), "a refused schema says why");
        return 0;
    }
    const auto again = violations(schema, document, source);
    fuzz::require(again && again->empty() == found->empty(), "a document is judged the same again");
    const auto free = violations("{}", document, source);
    fuzz::require(!found->empty() || (free && free->empty()), "what any schema takes the empty one takes");
    return 0;
}
