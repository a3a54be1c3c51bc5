#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/json_document.h"
#include "core/dynamodb/stored_item.h"
#include "tests/fuzz/fuzz_target.h"

using namespace core::dynamodb;

// Whatever decodes: its canonical form decodes to the same item, from a request and from the store, and has
// the same size.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto document = JsonDocument::parse(fuzz::textOf(data, size));
    if (!document)
        return 0;
    const auto root = (*document)->root();
    root.json();
    if (root.kind() != JsonView::Kind::Object)
        return 0;
    const auto item = decodeAttributes(root);
    if (!item) {
        fuzz::require(!item.error().code.empty(), "a refused item names its error");
        return 0;
    }
    const auto text = encoded(*item);
    fuzz::require(encoded(decodeStored(text)) == text, "the store gives back what it was given");
    fuzz::require(decodeStored(text) == *item, "stored and decoded items are equal");
    fuzz::require(sizeOfStored(text) == storedSize(*item), "a stored item has the size of the item");
    const auto again = JsonDocument::parse(text);
    fuzz::require(again.has_value(), "canonical JSON is JSON");
    const auto second = decodeAttributes((*again)->root());
    fuzz::require(second && *second == *item, "canonical JSON is a valid item");
    fuzz::require(checkDepth(*item).has_value(), "what decodes is not too deep");
    return 0;
}
