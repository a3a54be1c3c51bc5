#include "core/dynamodb/condition_eval.h"
#include "core/dynamodb/condition_parser.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/json_document.h"
#include "core/dynamodb/key_condition.h"
#include "core/dynamodb/projection.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/update_eval.h"
#include "core/dynamodb/update_parser.h"
#include "tests/fuzz/fuzz_target.h"

using namespace core::dynamodb;

namespace {

constexpr std::string_view kNames = R"({"#a":"a","#m":"m","#l":"l","#dot":"x.y"})";
constexpr std::string_view kValues =
    R"({":n":{"N":"5"},":s":{"S":"te"},":ss":{"SS":["a","b"]},":ns":{"NS":["1"]},":l":{"L":[{"N":"1"}]},
        ":b":{"B":"AAE="},":t":{"S":"SS"},":m":{"M":{"k":{"BOOL":true}}},":z":{"NULL":true}})";
constexpr std::string_view kItem =
    R"({"a":{"N":"5"},"b":{"S":"text"},"c":{"BOOL":true},"l":{"L":[{"N":"1"},{"L":[{"S":"x"}]},{"M":{"k":{"N":"2"}}}]},
        "m":{"M":{"k":{"S":"v"},"l":{"L":[{"N":"1"}]}}},"ss":{"SS":["a","c"]},"ns":{"NS":["1","2"]},
        "x.y":{"B":"AAE="}})";

Attributes parsed(std::string_view text)
{
    const auto document = JsonDocument::parse(text);
    return *decodeAttributes((*document)->root());
}

Placeholders placeholders()
{
    const auto names = JsonDocument::parse(kNames);
    const auto values = JsonDocument::parse(kValues);
    return *Placeholders::parse((*names)->root(), (*values)->root());
}

void checkCondition(std::string_view text, const Attributes& item)
{
    auto known = placeholders();
    const auto condition = parseCondition("ConditionExpression", text, known);
    if (!condition) {
        fuzz::require(condition.error().code == "ValidationException",
            "a refused condition is a mistake of the caller");
        return;
    }
    const Condition inverted{Condition::Kind::Not, {*condition}, {}};
    for (const auto& one : {item, Attributes{}})
        fuzz::require(holds(*condition, one) != holds(inverted, one), "NOT inverts");
    fuzz::require(!failedPart(*condition, item).empty(), "a condition can be told in words");
    keyConditions(*condition);
}

void checkUpdate(std::string_view text, const Attributes& item)
{
    auto known = placeholders();
    const auto update = parseUpdate(text, known);
    if (!update)
        return;
    const auto after = applyUpdate(*update, item);
    if (!after)
        return;
    fuzz::require(decodeStored(encoded(*after)) == *after, "an updated item can be stored");
    updatedParts(*update, *after);
}

void checkProjection(std::string_view text, const Attributes& item)
{
    auto known = placeholders();
    const auto paths = parseProjection(text, known);
    if (!paths)
        return;
    const auto shown = project(*paths, item);
    fuzz::require(storedSize(shown) <= storedSize(item), "a projection does not grow an item");
}

}

// The first byte says which kind of expression the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto item = parsed(kItem);
    if (size == 0)
        return 0;
    const auto text = fuzz::textOf(data + 1, size - 1);
    switch (data[0]) {
    case 'u':
        checkUpdate(text, item);
        break;
    case 'p':
        checkProjection(text, item);
        break;
    default:
        checkCondition(text, item);
    }
    return 0;
}
