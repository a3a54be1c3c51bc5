#include "core/apigateway/vtl/renderer.h"

#include "core/apigateway/vtl/expression_eval.h"
#include "core/apigateway/vtl/foreach_scope.h"
#include "core/apigateway/vtl/hidden_variable.h"
#include "core/apigateway/vtl/render_budget.h"

#include <algorithm>
#include <deque>

namespace core::apigateway::vtl {

namespace {

// What a node did to the flow: a #break leaves the loop, a #stop the template.
enum class Flow { Next, Break, Stop };

// Renders one template's nodes, macros and all, on the caller's variables and heap.
class Rendering {
public:
    Rendering(
        const Syntax& syntax, Variables& variables, Heap& heap, const Limits& limits, Undefined undefined)
        : m_macros(syntax.macros)
        , m_variables(variables)
        , m_heap(heap)
        , m_undefined(undefined)
        , m_budget(limits, heap)
        , m_expressions(variables, heap, m_budget, undefined,
              [this](const Block& block, Writer& writer) { return renderInside(block, writer); })
    {
    }

    Result<std::string> run(const Block& block)
    {
        Writer writer(m_budget.limits().output);
        CORE_CHECK(render(block, writer));
        return writer.take();
    }

    // A #define'd block where it is referred to, or a text in double quotes.
    Result<> renderInside(const Block& block, Writer& writer)
    {
        CORE_CHECK(m_budget.called([&] { return render(block, writer); }));
        return {};
    }

private:
    Result<Flow> render(const Block& block, Writer& writer)
    {
        for (const auto& node : block) {
            CORE_TRY(const auto flow, renderNode(node, writer));
            if (flow != Flow::Next)
                return flow;
        }
        return Flow::Next;
    }

    static Result<> put(std::string_view text, Writer& writer)
    {
        if (!writer.append(text))
            return fail(tooLarge());
        return {};
    }

    Result<Flow> renderNode(const Node& node, Writer& writer)
    {
        CORE_CHECK(m_budget.step());
        switch (node.kind) {
        case Node::Kind::Text:
            CORE_CHECK(put(node.text, writer));
            return Flow::Next;
        case Node::Kind::Reference:
            CORE_CHECK(renderReference(*node.reference, writer));
            return Flow::Next;
        case Node::Kind::Set:
            return set(node);
        case Node::Kind::If:
            return conditional(node, writer);
        case Node::Kind::Foreach:
            return loop(node, writer);
        case Node::Kind::Break:
            return Flow::Break;
        case Node::Kind::Stop:
            return Flow::Stop;
        case Node::Kind::Define:
            m_variables[node.name] = defined(node.blocks.front());
            return Flow::Next;
        case Node::Kind::Evaluate:
            return evaluateText(node, writer);
        case Node::Kind::Call:
            break;
        }
        return call(node, writer);
    }

    // As Velocity treats backslashes: an odd one escapes what is defined, before the rest they stay.
    Result<> renderReference(const Reference& reference, Writer& writer)
    {
        CORE_TRY(const auto value, m_expressions.find(reference));
        const auto slashes = reference.backslashes;
        const bool escaped = slashes % 2 == 1;
        if (value && !value->isNull()) {
            CORE_CHECK(put(std::string(slashes / 2, '\\'), writer));
            return escaped ? put(reference.source, writer) : write(*value, writer);
        }
        if (escaped) {
            CORE_CHECK(put(std::string(slashes / 2 + 1, '\\'), writer));
            return put(reference.source, writer);
        }
        CORE_CHECK(put(std::string(slashes, '\\'), writer));
        if (reference.isQuiet || m_undefined == Undefined::EmptyText)
            return {};
        return put(reference.source, writer);
    }

    Result<Flow> set(const Node& node)
    {
        CORE_TRY(auto value, m_expressions.evaluate(node.expressions.front()));
        // What is null leaves the variable as it was, as in Velocity.
        if (!value.isNull())
            CORE_CHECK(m_expressions.set(*node.reference, std::move(value)));
        return Flow::Next;
    }

    Result<Flow> conditional(const Node& node, Writer& writer)
    {
        for (std::size_t i = 0; i < node.blocks.size(); ++i) {
            CORE_TRY(const bool holds, m_expressions.isTrue(node.expressions[i]));
            if (holds)
                return render(node.blocks[i], writer);
        }
        return Flow::Next;
    }

    // What a #foreach goes through: a list, the values of a map; nothing for anything else.
    static std::vector<Value> elements(const Value& value)
    {
        if (const auto* list = value.list())
            return list->items;
        std::vector<Value> result;
        if (const auto* map = value.map()) {
            for (const auto& [key, element] : map->entries())
                result.push_back(element);
        }
        return result;
    }

    Result<Flow> loop(const Node& node, Writer& writer)
    {
        CORE_TRY(const auto value, m_expressions.evaluate(node.expressions.front()));
        const auto items = elements(value);
        auto* scope = m_heap.make<ForeachScope>();
        scope->count = items.size();
        const HiddenVariable item(m_variables, node.name);
        const HiddenVariable counter(m_variables, "velocityCount");
        const HiddenVariable hasNext(m_variables, "velocityHasNext");
        const HiddenVariable around(m_variables, "foreach");
        if (const auto* outer = around.value();
            outer && outer->object() && dynamic_cast<ForeachScope*>(outer->object()))
            scope->parent = *outer;
        const auto rounds = std::min(items.size(), static_cast<std::size_t>(m_budget.limits().loops));
        for (std::size_t i = 0; i < rounds; ++i) {
            scope->index = i;
            m_variables[node.name] = items[i];
            m_variables["velocityCount"] = Value(static_cast<std::int64_t>(i + 1));
            m_variables["velocityHasNext"] = Value(i + 1 < items.size());
            m_variables["foreach"] = Value(static_cast<Object*>(scope));
            CORE_TRY(const auto flow, render(node.blocks.front(), writer));
            if (flow == Flow::Stop)
                return flow;
            if (flow == Flow::Break)
                break;
        }
        return Flow::Next;
    }

    // A block that renders itself wherever it is written, for as long as the rendering goes on.
    class DefinedBlock : public Object {
    public:
        DefinedBlock(std::weak_ptr<Rendering*> rendering, const Block& block)
            : m_rendering(std::move(rendering))
            , m_block(block)
        {
        }
        std::string_view className() const override
        {
            return "org.apache.velocity.runtime.directive.Block$Reference";
        }
        Result<> write(Writer& writer) override
        {
            const auto rendering = m_rendering.lock();
            return rendering ? (*rendering)->renderInside(m_block, writer) : Result<>();
        }

    private:
        std::weak_ptr<Rendering*> m_rendering;
        const Block& m_block;
    };

    Value defined(const Block& block)
    {
        return Value(static_cast<Object*>(m_heap.make<DefinedBlock>(m_self, block)));
    }

    Result<Flow> evaluateText(const Node& node, Writer& writer)
    {
        CORE_TRY(const auto value, m_expressions.evaluate(node.expressions.front()));
        if (value.isNull())
            return Flow::Next;
        CORE_TRY(const auto text, textOf(value));
        // A byte of source becomes a node in the worst case, and every tree is kept.
        m_heap.grow(text.size());
        CORE_CHECK(m_budget.step());
        CORE_TRY(const auto flow, m_budget.called([&] { return renderText(text, writer); }));
        // A #break ends the evaluated text alone.
        return flow == Flow::Stop ? Flow::Stop : Flow::Next;
    }

    Result<Flow> renderText(std::string_view text, Writer& writer)
    {
        CORE_TRY(auto parsed, parse(text, m_budget.limits().deadline));
        m_evaluated.push_back(std::make_unique<Syntax>(std::move(parsed)));
        for (const auto& [name, macro] : m_evaluated.back()->macros)
            m_dynamicMacros.try_emplace(name, &macro);
        return render(m_evaluated.back()->block, writer);
    }

    const Macro* findMacro(const std::string& name) const
    {
        if (const auto found = m_macros.find(name); found != m_macros.end())
            return &found->second;
        const auto found = m_dynamicMacros.find(name);
        return found == m_dynamicMacros.end() ? nullptr : found->second;
    }

    Result<Flow> call(const Node& node, Writer& writer)
    {
        const auto* macro = findMacro(node.name);
        if (!macro) {
            CORE_CHECK(put(node.text, writer));
            return Flow::Next;
        }
        std::vector<Value> arguments;
        for (const auto& expression : node.expressions) {
            CORE_TRY(auto value, m_expressions.evaluate(expression));
            // An argument that is undefined shows as it was written, as $parameter would show.
            arguments.push_back(value.isNull() ? Value(expression.source) : std::move(value));
        }
        CORE_TRY(const auto flow, m_budget.called([&] { return runMacro(*macro, node, arguments, writer); }));
        return flow == Flow::Stop ? Flow::Stop : Flow::Next;
    }

    Result<Flow> runMacro(
        const Macro& macro, const Node& node, const std::vector<Value>& arguments, Writer& writer)
    {
        std::deque<HiddenVariable> saved;
        for (const auto& parameter : macro.parameters)
            saved.emplace_back(m_variables, parameter);
        saved.emplace_back(m_variables, "bodyContent");
        for (std::size_t i = 0; i < macro.parameters.size(); ++i) {
            if (i < arguments.size())
                m_variables[macro.parameters[i]] = arguments[i];
            else
                m_variables.erase(macro.parameters[i]);
        }
        if (!node.blocks.empty())
            m_variables["bodyContent"] = defined(node.blocks.front());
        return render(macro.body, writer);
    }

    std::shared_ptr<Rendering*> m_self = std::make_shared<Rendering*>(this);
    const Macros& m_macros;
    std::map<std::string, const Macro*, std::less<>> m_dynamicMacros; // of #evaluate'd texts
    std::vector<std::unique_ptr<Syntax>> m_evaluated;
    Variables& m_variables;
    Heap& m_heap;
    Undefined m_undefined;
    RenderBudget m_budget;
    ExpressionEval m_expressions;
};

}

Result<Template> Template::parse(std::string_view text)
{
    CORE_TRY(auto syntax, vtl::parse(text, std::chrono::steady_clock::now() + Limits::kLongest));
    Template result;
    result.m_syntax = std::make_shared<const Syntax>(std::move(syntax));
    return result;
}

Result<std::string> Template::render(
    Variables& variables, Heap& heap, const Limits& limits, Undefined undefined) const
{
    return Rendering(*m_syntax, variables, heap, limits, undefined).run(m_syntax->block);
}

}
