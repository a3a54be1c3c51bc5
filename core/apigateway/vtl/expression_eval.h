#pragma once

#include "core/apigateway/vtl/render_budget.h"
#include "core/apigateway/vtl/renderer.h"
#include "core/apigateway/vtl/syntax.h"

#include <functional>
#include <set>
#include <string>
#include <utility>

namespace core::apigateway::vtl {

// Works out what the expressions and references of one rendering stand for, on its variables and heap, all of
// which outlive it. Errors: what a method of Java throws, and any bound of the budget.
class ExpressionEval {
public:
    // Renders what a text in double quotes holds.
    using RenderBlock = std::function<Result<>(const Block&, Writer&)>;

    ExpressionEval(
        Variables& variables, Heap& heap, RenderBudget& budget, Undefined undefined, RenderBlock render)
        : m_variables(variables)
        , m_heap(heap)
        , m_budget(budget)
        , m_undefined(undefined)
        , m_render(std::move(render))
    {
    }

    Result<Value> evaluate(const Expression& expression);
    // Whatever is not null is true, but for literals, which Velocity 1.7 takes for false.
    Result<bool> isTrue(const Expression& expression);
    // What the reference leads to; nullopt or null when it leads nowhere.
    Result<std::optional<Value>> find(const Reference& reference);
    // What #set does; nothing where the target's holder is not there.
    Result<> set(const Reference& target, Value value);

private:
    Result<Value> logical(const Expression& expression);
    Result<Value> binary(const Expression& expression);
    Result<Value> concatenated(const Expression& expression, const Value& left, const Value& right);
    Result<Value> interpolated(const Block& block);
    Result<Value> range(const Expression& expression);
    Result<Value> list(const Expression& expression);
    Result<Value> map(const Expression& expression);
    Result<Value> resolved(const Reference& reference); // as expressions see it
    Result<std::optional<Value>> follow(const Value& from, const Reference::Part& part);
    Result<> assign(Value& holder, const Reference::Part& part, const Value& value);
    Result<> overrideOnce(const Value& holder, const Reference::Part& part);

    std::set<std::pair<const Map*, std::string>> m_overridden; // of $context, by this template
    Variables& m_variables;
    Heap& m_heap;
    RenderBudget& m_budget;
    Undefined m_undefined;
    RenderBlock m_render;
};

}
