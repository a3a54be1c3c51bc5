#pragma once

#include "core/apigateway/vtl/value.h"

#include <memory>

namespace core::apigateway::vtl {

struct JsonFilter;

// A JSONPath as Jayway's library reads them: $.a['b'][0], [0,2], [1:3], [-1], [*], ..name, ['a','b'],
// [?(@.price < 10 && @.isbn)], and functions at the end (length(), min(), max(), avg(), sum(), stddev(),
// keys(), first(), last()). Immutable once parsed.
class JsonPath {
public:
    // The '$' may be missing ("a.b").
    static Result<JsonPath> parse(std::string_view text);

    // A definite path gives its one value, nullopt where it leads nowhere; any other gives the list of all it
    // finds.
    Result<std::optional<Value>> read(const Value& root, Heap& heap) const;

    struct Step {
        enum class Kind { Names, Indexes, Slice, All, Scan, Filter, Function };
        Kind kind = Kind::Names;
        std::vector<std::string> names = {}; // or a function's name
        std::vector<std::int64_t> indexes = {};
        std::optional<std::int64_t> from = {};
        std::optional<std::int64_t> to = {};
        std::shared_ptr<const JsonFilter> filter = {};
    };

    // For filters, whose paths begin at the element ('@') or at the root.
    Result<std::optional<Value>> read(const Value& start, const Value& root, Heap& heap, int& budget) const;

    std::vector<Step> steps;
    bool fromRoot = true;

    bool isDefinite() const;
};

}
