#include "core/apigateway/vtl/json_path.h"

#include "core/apigateway/vtl/java_text.h"
#include "core/apigateway/vtl/json_filter.h"

#include <algorithm>
#include <cmath>

namespace core::apigateway::vtl {

namespace {

using Step = JsonPath::Step;

constexpr int kBudget = 500'000; // values that one path may visit

// Walks the steps of one path.
class Walk {
public:
    Walk(const Value& root, Heap& heap, int& budget)
        : m_root(root)
        , m_heap(heap)
        , m_budget(budget)
    {
    }

    Result<std::vector<Value>> go(const std::vector<Step>& steps, const Value& start)
    {
        std::vector<Value> here{start};
        for (std::size_t i = 0; i < steps.size(); ++i) {
            std::vector<Value> next;
            for (const auto& value : here)
                CORE_CHECK(take(steps, i, value, next));
            here = std::move(next);
        }
        return here;
    }

private:
    Result<> found(Value value, std::vector<Value>& into)
    {
        if (--m_budget < 0)
            return fail(tooLarge());
        into.push_back(std::move(value));
        return {};
    }

    Result<> take(
        const std::vector<Step>& steps, std::size_t at, const Value& value, std::vector<Value>& into)
    {
        const auto& step = steps[at];
        switch (step.kind) {
        case Step::Kind::Names:
            return names(step, value, into);
        case Step::Kind::Indexes:
            return indexes(step, value, into);
        case Step::Kind::Slice:
            return slice(step, value, into);
        case Step::Kind::All:
            return all(value, into);
        case Step::Kind::Scan:
            return scan(value, into, 0);
        case Step::Kind::Filter:
            return filter(*step.filter, value, into);
        case Step::Kind::Function:
            break;
        }
        return {};
    }

    Result<> names(const Step& step, const Value& value, std::vector<Value>& into)
    {
        const auto* map = value.map();
        if (!map)
            return {};
        if (step.names.size() == 1) {
            if (const auto* entry = map->find(step.names.front()))
                return found(*entry, into);
            return {};
        }
        // Several names give a map of those that are there.
        auto* chosen = m_heap.map();
        for (const auto& name : step.names) {
            if (const auto* entry = map->find(name))
                chosen->put(name, *entry);
        }
        return found(Value(chosen), into);
    }

    Result<> indexes(const Step& step, const Value& value, std::vector<Value>& into)
    {
        const auto* list = value.list();
        if (!list)
            return {};
        const auto size = static_cast<std::int64_t>(list->items.size());
        for (auto index : step.indexes) {
            if (index < 0)
                index += size;
            if (index >= 0 && index < size)
                CORE_CHECK(found(list->items[static_cast<std::size_t>(index)], into));
        }
        return {};
    }

    Result<> slice(const Step& step, const Value& value, std::vector<Value>& into)
    {
        const auto* list = value.list();
        if (!list)
            return {};
        const auto size = static_cast<std::int64_t>(list->items.size());
        const auto inside = [&](std::int64_t index) {
            return std::clamp(index < 0 ? index + size : index, std::int64_t{0}, size);
        };
        const auto to = inside(step.to.value_or(size));
        for (auto i = inside(step.from.value_or(0)); i < to; ++i)
            CORE_CHECK(found(list->items[static_cast<std::size_t>(i)], into));
        return {};
    }

    Result<> all(const Value& value, std::vector<Value>& into)
    {
        if (const auto* list = value.list()) {
            for (const auto& item : list->items)
                CORE_CHECK(found(item, into));
        } else if (const auto* map = value.map()) {
            for (const auto& [key, item] : map->entries())
                CORE_CHECK(found(item, into));
        }
        return {};
    }

    // The value and all below it, in document order. A template may have put a document into itself.
    Result<> scan(const Value& value, std::vector<Value>& into, int depth)
    {
        constexpr int kMaxDepth = 200;
        if (!value.list() && !value.map())
            return {};
        if (depth > kMaxDepth)
            return fail(tooLarge());
        CORE_CHECK(found(value, into));
        std::vector<Value> children;
        CORE_CHECK(all(value, children));
        for (const auto& child : children)
            CORE_CHECK(scan(child, into, depth + 1));
        return {};
    }

    Result<> filter(const JsonFilter& filter, const Value& value, std::vector<Value>& into)
    {
        std::vector<Value> candidates;
        if (value.list())
            candidates = value.list()->items;
        else if (value.map())
            candidates.push_back(value);
        for (const auto& candidate : candidates) {
            if (--m_budget < 0)
                return fail(tooLarge());
            CORE_TRY(const bool accepted, accepts(filter, candidate, m_root, m_heap, m_budget));
            if (accepted)
                CORE_CHECK(found(candidate, into));
        }
        return {};
    }

    const Value& m_root;
    Heap& m_heap;
    int& m_budget;
};

std::vector<double> numbersOf(const Value& value)
{
    std::vector<double> numbers;
    if (const auto* list = value.list()) {
        for (const auto& item : list->items) {
            if (item.isNumber())
                numbers.push_back(item.number());
        }
    }
    return numbers;
}

Value lengthOf(const Value& value)
{
    if (value.list())
        return Value(static_cast<std::int64_t>(value.list()->items.size()));
    if (value.map())
        return Value(static_cast<std::int64_t>(value.map()->size()));
    return value.isText() ? Value(static_cast<std::int64_t>(javaLength(value.text()))) : Value();
}

Value keysOf(const Value& value, Heap& heap)
{
    std::vector<Value> keys;
    if (value.map()) {
        for (const auto& [key, item] : value.map()->entries())
            keys.emplace_back(key);
    }
    return Value(heap.list(std::move(keys), true));
}

Result<Value> statistic(const std::string& name, const Value& value)
{
    const auto numbers = numbersOf(value);
    if (numbers.empty())
        return fail(ErrorKind::Invalid, "InvalidPath",
            "Aggregation function attempted to calculate value using empty array");
    double sum = 0;
    double squares = 0;
    for (const double number : numbers) {
        sum += number;
        squares += number * number;
    }
    const auto count = static_cast<double>(numbers.size());
    if (name == "min")
        return Value(*std::min_element(numbers.begin(), numbers.end()));
    if (name == "max")
        return Value(*std::max_element(numbers.begin(), numbers.end()));
    if (name == "sum")
        return Value(sum);
    if (name == "avg")
        return Value(sum / count);
    return Value(std::sqrt(std::max(0.0, squares / count - sum * sum / count / count)));
}

Result<std::optional<Value>> function(const std::string& name, const Value& value, Heap& heap)
{
    if (name == "length" || name == "size") {
        auto length = lengthOf(value);
        return length.isNull() ? std::nullopt : std::optional(std::move(length));
    }
    if (name == "keys")
        return keysOf(value, heap);
    if (name == "first" || name == "last") {
        if (!value.list() || value.list()->items.empty())
            return std::optional<Value>();
        return name == "first" ? value.list()->items.front() : value.list()->items.back();
    }
    if (name == "min" || name == "max" || name == "sum" || name == "avg" || name == "stddev") {
        CORE_TRY(auto result, statistic(name, value));
        return result;
    }
    return fail(ErrorKind::Invalid, "InvalidPath", "Function with name: " + name + " does not exist.");
}

bool keepsOne(const Step& step)
{
    return step.kind == Step::Kind::Names || step.kind == Step::Kind::Function
        || (step.kind == Step::Kind::Indexes && step.indexes.size() == 1);
}

}

bool JsonPath::isDefinite() const
{
    return std::all_of(steps.begin(), steps.end(), keepsOne);
}

Result<std::optional<Value>> JsonPath::read(const Value& root, Heap& heap) const
{
    int budget = kBudget;
    return read(root, root, heap, budget);
}

Result<std::optional<Value>> JsonPath::read(
    const Value& start, const Value& root, Heap& heap, int& budget) const
{
    const auto firstFunction = std::find_if(
        steps.begin(), steps.end(), [](const Step& step) { return step.kind == Step::Kind::Function; });
    const std::vector<Step> walked(steps.begin(), firstFunction);
    CORE_TRY(auto found, Walk(root, heap, budget).go(walked, start));
    std::optional<Value> result;
    if (std::all_of(walked.begin(), walked.end(), keepsOne)) {
        if (!found.empty())
            result = found.front();
    } else {
        result = Value(heap.list(std::move(found), true));
    }
    for (auto step = firstFunction; step != steps.end() && result; ++step) {
        if (step->kind != Step::Kind::Function)
            return fail(ErrorKind::Invalid, "InvalidPath", "Nothing may follow a function");
        CORE_TRY(result, function(step->names.front(), *result, heap));
    }
    return result;
}

}
