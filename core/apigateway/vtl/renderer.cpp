#include "core/apigateway/vtl/renderer.h"

#include "core/apigateway/vtl/arithmetic.h"
#include "core/apigateway/vtl/methods.h"

#include <algorithm>
#include <array>

namespace core::apigateway::vtl {

namespace {

using ExpressionKind = Expression::Kind;

constexpr std::int64_t kMaxRange = 100'000;
constexpr int kMaxNesting = 2000; // of expressions, on the thread's stack

// What a node did to the flow: a #break leaves the loop, a #stop the template.
enum class Flow { Next, Break, Stop };

// $foreach of one loop; lives as long as the heap, reads false values when its loop is over.
class LoopObject : public Object {
public:
    std::size_t index = 0;
    std::size_t count = 0; // of all elements
    Value parent; // the loop around it

    std::string_view className() const override
    {
        return "org.apache.velocity.runtime.directive.ForeachScope";
    }
    std::optional<Value> property(std::string_view name) override
    {
        if (name == "index")
            return Value(static_cast<std::int64_t>(index));
        if (name == "count")
            return Value(static_cast<std::int64_t>(index + 1));
        if (name == "hasNext")
            return Value(index + 1 < count);
        if (name == "first")
            return Value(index == 0);
        if (name == "last")
            return Value(index + 1 >= count);
        if (name == "parent" && !parent.isNull())
            return parent;
        if (name == "topmost")
            return topmost();
        return std::nullopt;
    }
    Result<std::optional<Value>> call(std::string_view name, std::span<const Value> arguments) override
    {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kGetters{
            {{"hasNext", "hasNext"}, {"isFirst", "first"}, {"isLast", "last"}, {"getIndex", "index"},
                {"getCount", "count"}}};
        for (const auto& [method, wanted] : kGetters) {
            if (arguments.empty() && method == name)
                return property(wanted);
        }
        return std::optional<Value>();
    }
    Result<> write(Writer& writer) override
    {
        if (!writer.append("{}"))
            return fail(tooLarge());
        return {};
    }

private:
    Value topmost()
    {
        auto* loop = this;
        while (!loop->parent.isNull())
            loop = static_cast<LoopObject*>(loop->parent.object());
        return Value(static_cast<Object*>(loop));
    }
};

class Rendering {
public:
    Rendering(
        const Syntax& syntax, Variables& variables, Heap& heap, const Limits& limits, Undefined undefined)
        : m_macros(syntax.macros)
        , m_variables(variables)
        , m_heap(heap)
        , m_limits(limits)
        , m_undefined(undefined)
    {
    }

    Result<std::string> run(const Block& block)
    {
        Writer writer(m_limits.output);
        CORE_CHECK(render(block, writer));
        return writer.take();
    }

    Result<Flow> render(const Block& block, Writer& writer)
    {
        for (const auto& node : block) {
            CORE_TRY(const auto flow, renderNode(node, writer));
            if (flow != Flow::Next)
                return flow;
        }
        return Flow::Next;
    }

    // A #define'd block where it is referred to.
    Result<> renderInside(const Block& block, Writer& writer)
    {
        CORE_CHECK(enter());
        auto flow = render(block, writer);
        --m_depth;
        CORE_CHECK(flow);
        return {};
    }

private:
    Result<> step()
    {
        if (++m_steps > m_limits.steps)
            return fail(ErrorKind::TooLarge, "TemplateTooLong", "A template ran through too many steps");
        if (m_heap.isFull())
            return fail(tooLarge());
        constexpr std::int64_t kTimedEvery = 16;
        return m_steps % kTimedEvery == 1 ? checkTime() : Result<>();
    }

    Result<> checkTime() const
    {
        if (std::chrono::steady_clock::now() >= m_limits.deadline)
            return fail(tooLong());
        return {};
    }

    Result<> enter()
    {
        if (++m_depth > m_limits.depth) {
            --m_depth;
            return fail(ErrorKind::TooLarge, "TemplateTooDeep",
                "Macros, #define and #evaluate call each other too deeply");
        }
        return {};
    }

    static Result<> put(std::string_view text, Writer& writer)
    {
        if (!writer.append(text))
            return fail(tooLarge());
        return {};
    }

    Result<Flow> renderNode(const Node& node, Writer& writer)
    {
        CORE_CHECK(step());
        switch (node.kind) {
        case Node::Kind::Text:
            CORE_CHECK(put(node.text, writer));
            return Flow::Next;
        case Node::Kind::Reference:
            CORE_CHECK(renderReference(*node.reference, writer));
            return Flow::Next;
        case Node::Kind::Set:
            CORE_CHECK(set(node));
            return Flow::Next;
        case Node::Kind::If:
            return conditional(node, writer);
        case Node::Kind::Foreach:
            return foreach (node, writer);
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
        CORE_TRY(const auto value, raw(reference));
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

    // What the reference leads to; nullopt or null when it leads nowhere.
    Result<std::optional<Value>> raw(const Reference& reference)
    {
        CORE_CHECK(step());
        const auto found = m_variables.find(reference.name);
        std::optional<Value> value;
        if (found != m_variables.end())
            value = found->second;
        for (const auto& part : reference.parts) {
            if (!value || value->isNull())
                return std::optional<Value>();
            CORE_TRY(value, follow(*value, part));
        }
        return value;
    }

    Result<std::optional<Value>> follow(const Value& from, const Reference::Part& part)
    {
        if (part.kind == Reference::Part::Kind::Property)
            return property(m_heap, from, part.name);
        std::vector<Value> arguments;
        for (const auto& argument : part.arguments) {
            CORE_TRY(auto value, evaluate(argument));
            arguments.push_back(std::move(value));
        }
        if (part.kind == Reference::Part::Kind::Index)
            return element(m_heap, from, arguments.front());
        CORE_CHECK(step());
        CORE_TRY(auto result, callMethod(m_heap, from, part.name, arguments));
        if (result && result->isText())
            m_heap.growByText(result->text().size());
        CORE_CHECK(checkTime()); // a method may take as long as many steps
        return result;
    }

    // The value as expressions see it.
    Result<Value> resolved(const Reference& reference)
    {
        CORE_TRY(auto value, raw(reference));
        if (value && !value->isNull())
            return *std::move(value);
        return m_undefined == Undefined::EmptyText ? Value("") : Value();
    }

    Result<> set(const Node& node)
    {
        CORE_TRY(auto value, evaluate(node.expressions.front()));
        // Velocity leaves the variable as it was.
        if (value.isNull())
            return {};
        const auto& target = *node.reference;
        if (target.parts.empty()) {
            m_variables[target.name] = std::move(value);
            return {};
        }
        const auto found = m_variables.find(target.name);
        if (found == m_variables.end())
            return {};
        std::optional<Value> holder = found->second;
        for (std::size_t i = 0; i + 1 < target.parts.size(); ++i) {
            CORE_TRY(holder, follow(*holder, target.parts[i]));
            if (!holder || holder->isNull())
                return {};
        }
        return assign(*holder, target.parts.back(), value);
    }

    Result<> assign(Value& holder, const Reference::Part& part, const Value& value)
    {
        if (part.kind == Reference::Part::Kind::Property) {
            m_heap.grow(1);
            m_heap.growByText(part.name.size());
            CORE_CHECK(setElement(holder, Value(part.name), value));
        } else if (part.kind == Reference::Part::Kind::Index) {
            CORE_TRY(const auto index, evaluate(part.arguments.front()));
            m_heap.grow(1);
            m_heap.growByText(index.isText() ? index.text().size() : 0);
            CORE_CHECK(setElement(holder, index, value));
        }
        return {};
    }

    Result<Flow> conditional(const Node& node, Writer& writer)
    {
        for (std::size_t i = 0; i < node.blocks.size(); ++i) {
            CORE_TRY(const bool holds, isTrue(node.expressions[i]));
            if (holds)
                return render(node.blocks[i], writer);
        }
        return Flow::Next;
    }

    // Whatever is not null is true, but for literals, which Velocity 1.7 takes for false.
    Result<bool> isTrue(const Expression& expression)
    {
        switch (expression.kind) {
        case ExpressionKind::Literal:
            return expression.literal.kind() == Value::Kind::Boolean && expression.literal.boolean();
        case ExpressionKind::Interpolated:
        case ExpressionKind::Range:
        case ExpressionKind::List:
        case ExpressionKind::Map:
        case ExpressionKind::Add:
        case ExpressionKind::Subtract:
        case ExpressionKind::Multiply:
        case ExpressionKind::Divide:
        case ExpressionKind::Modulo:
            return false;
        default:
            break;
        }
        CORE_TRY(const auto value, evaluate(expression));
        return !value.isNull() && (value.kind() != Value::Kind::Boolean || value.boolean());
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

    Result<Flow> foreach (const Node& node, Writer & writer)
    {
        CORE_TRY(const auto value, evaluate(node.expressions.front()));
        const auto items = elements(value);
        auto* loop = m_heap.make<LoopObject>();
        loop->count = items.size();
        const Saved item(m_variables, node.name);
        const Saved counter(m_variables, "velocityCount");
        const Saved hasNext(m_variables, "velocityHasNext");
        const Saved scope(m_variables, "foreach");
        if (const auto* outer = scope.value();
            outer && outer->object() && dynamic_cast<LoopObject*>(outer->object()))
            loop->parent = *outer;
        const auto rounds = std::min(items.size(), static_cast<std::size_t>(m_limits.loops));
        for (std::size_t i = 0; i < rounds; ++i) {
            loop->index = i;
            m_variables[node.name] = items[i];
            m_variables["velocityCount"] = Value(static_cast<std::int64_t>(i + 1));
            m_variables["velocityHasNext"] = Value(i + 1 < items.size());
            m_variables["foreach"] = Value(static_cast<Object*>(loop));
            CORE_TRY(const auto flow, render(node.blocks.front(), writer));
            if (flow == Flow::Stop)
                return flow;
            if (flow == Flow::Break)
                break;
        }
        return Flow::Next;
    }

    // Gives a variable its value back when the scope that hid it ends.
    class Saved {
    public:
        Saved(Variables& variables, std::string name)
            : m_variables(variables)
            , m_name(std::move(name))
        {
            if (const auto found = variables.find(m_name); found != variables.end())
                m_value = found->second;
        }
        ~Saved()
        {
            if (m_value)
                m_variables[m_name] = *m_value;
            else
                m_variables.erase(m_name);
        }
        Saved(const Saved&) = delete;
        Saved& operator=(const Saved&) = delete;
        const Value* value() const { return m_value ? &*m_value : nullptr; }

    private:
        Variables& m_variables;
        std::string m_name;
        std::optional<Value> m_value;
    };

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
        CORE_TRY(const auto value, evaluate(node.expressions.front()));
        if (value.isNull())
            return Flow::Next;
        CORE_TRY(const auto text, textOf(value));
        // A byte of source becomes a node in the worst case, and every tree is kept.
        m_heap.grow(text.size());
        CORE_CHECK(step());
        CORE_CHECK(enter());
        auto parsed = parse(text, m_limits.deadline);
        if (!parsed)
            return fail(parsed.error());
        m_evaluated.push_back(std::make_unique<Syntax>(*std::move(parsed)));
        for (const auto& [name, macro] : m_evaluated.back()->macros)
            m_dynamicMacros.try_emplace(name, &macro);
        auto flow = render(m_evaluated.back()->block, writer);
        --m_depth;
        CORE_CHECK(flow);
        // A #break ends the evaluated text alone.
        return *flow == Flow::Stop ? Flow::Stop : Flow::Next;
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
            CORE_TRY(auto value, evaluate(expression));
            // An argument that is undefined shows as it was written, as $parameter would show.
            arguments.push_back(value.isNull() ? Value(expression.source) : std::move(value));
        }
        CORE_CHECK(enter());
        auto flow = runMacro(*macro, node, arguments, writer);
        --m_depth;
        CORE_CHECK(flow);
        return *flow == Flow::Stop ? Flow::Stop : Flow::Next;
    }

    Result<Flow> runMacro(
        const Macro& macro, const Node& node, const std::vector<Value>& arguments, Writer& writer)
    {
        std::deque<Saved> saved;
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

    // Counts the expressions that are being evaluated within each other, across macros and strings.
    struct Nesting {
        explicit Nesting(int& count)
            : m_count(count)
        {
            ++m_count;
        }
        ~Nesting() { --m_count; }
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;
        int& m_count;
    };

    Result<Value> evaluate(const Expression& expression)
    {
        CORE_CHECK(step());
        const Nesting nesting(m_nesting);
        if (m_nesting > kMaxNesting)
            return fail(ErrorKind::TooLarge, "TemplateTooDeep", "Expressions hold each other too deeply");
        switch (expression.kind) {
        case ExpressionKind::Literal:
            return expression.literal;
        case ExpressionKind::Interpolated:
            return interpolated(*expression.interpolated);
        case ExpressionKind::Reference:
            return resolved(*expression.reference);
        case ExpressionKind::Range:
            return range(expression);
        case ExpressionKind::List:
            return list(expression);
        case ExpressionKind::Map:
            return map(expression);
        case ExpressionKind::Not: {
            CORE_TRY(const bool holds, isTrue(expression.operands[0]));
            return Value(!holds);
        }
        case ExpressionKind::Or:
        case ExpressionKind::And:
            return logical(expression);
        default:
            break;
        }
        return binary(expression);
    }

    Result<Value> interpolated(const Block& block)
    {
        Writer writer(m_limits.output);
        CORE_CHECK(enter());
        auto flow = render(block, writer);
        --m_depth;
        CORE_CHECK(flow);
        m_heap.growByText(writer.text().size());
        return Value(writer.take());
    }

    Result<Value> logical(const Expression& expression)
    {
        CORE_TRY(const bool left, isTrue(expression.operands[0]));
        if (left == (expression.kind == ExpressionKind::Or))
            return Value(left);
        CORE_TRY(const bool right, isTrue(expression.operands[1]));
        return Value(right);
    }

    Result<Value> binary(const Expression& expression)
    {
        CORE_TRY(const auto left, evaluate(expression.operands[0]));
        CORE_TRY(const auto right, evaluate(expression.operands[1]));
        switch (expression.kind) {
        case ExpressionKind::Equal:
            return Value(looselyEqual(left, right));
        case ExpressionKind::NotEqual:
            return Value(!looselyEqual(left, right));
        case ExpressionKind::Less:
        case ExpressionKind::LessEqual:
        case ExpressionKind::Greater:
        case ExpressionKind::GreaterEqual:
            return Value(compares(expression.kind, left, right));
        case ExpressionKind::Add:
            if (left.isText() || right.isText())
                return concatenated(expression, left, right);
            break;
        default:
            break;
        }
        return arithmetic(expression.kind, left, right);
    }

    Result<Value> concatenated(const Expression& expression, const Value& left, const Value& right)
    {
        CORE_TRY(
            auto text, left.isNull() ? Result<std::string>(expression.operands[0].source) : textOf(left));
        CORE_TRY(const auto more,
            right.isNull() ? Result<std::string>(expression.operands[1].source) : textOf(right));
        if (text.size() + more.size() > kMaxText)
            return fail(tooLarge());
        m_heap.growByText(text.size() + more.size());
        return Value(std::move(text) + more);
    }

    Result<Value> range(const Expression& expression)
    {
        CORE_TRY(const auto first, evaluate(expression.operands[0]));
        CORE_TRY(const auto last, evaluate(expression.operands[1]));
        if (first.kind() != Value::Kind::Integer || last.kind() != Value::Kind::Integer)
            return Value();
        std::int64_t distance = 0;
        if (__builtin_sub_overflow(last.integer(), first.integer(), &distance) || distance > kMaxRange
            || distance < -kMaxRange)
            return fail(tooLarge());
        std::vector<Value> items;
        const std::int64_t direction = distance < 0 ? -1 : 1;
        for (std::int64_t i = 0; i != distance + direction; i += direction)
            items.emplace_back(first.integer() + i);
        return Value(m_heap.list(std::move(items)));
    }

    Result<Value> list(const Expression& expression)
    {
        std::vector<Value> items;
        for (const auto& operand : expression.operands) {
            CORE_TRY(auto value, evaluate(operand));
            items.push_back(std::move(value));
        }
        return Value(m_heap.list(std::move(items)));
    }

    Result<Value> map(const Expression& expression)
    {
        auto* made = m_heap.map();
        for (std::size_t i = 0; i + 1 < expression.operands.size(); i += 2) {
            CORE_TRY(const auto key, evaluate(expression.operands[i]));
            CORE_TRY(const auto keyText, textOf(key));
            CORE_TRY(auto value, evaluate(expression.operands[i + 1]));
            made->put(keyText, std::move(value));
            m_heap.grow(1);
            m_heap.growByText(keyText.size());
        }
        return Value(made);
    }

    std::shared_ptr<Rendering*> m_self = std::make_shared<Rendering*>(this);
    const Macros& m_macros;
    std::map<std::string, const Macro*, std::less<>> m_dynamicMacros; // of #evaluate'd texts
    std::vector<std::unique_ptr<Syntax>> m_evaluated;
    Variables& m_variables;
    Heap& m_heap;
    const Limits& m_limits;
    Undefined m_undefined;
    std::int64_t m_steps = 0;
    int m_depth = 0;
    int m_nesting = 0;
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
