#include "core/apigateway/template_input.h"

#include "core/apigateway/vtl/java_text.h"
#include "core/apigateway/vtl/json_path.h"
#include "core/apigateway/vtl/json_value.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace core::apigateway {

namespace {

// Headers that AWS was seen to show no template.
bool isForGatewayAlone(const std::string& name)
{
    static constexpr std::array<std::string_view, 12> kHidden{"Connection", "Content-Length", "Content-MD5",
        "Expect", "Max-Forwards", "Proxy-Authenticate", "Server", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade", "WWW-Authenticate"};
    return std::ranges::any_of(
        kHidden, [&](std::string_view hidden) { return equalsIgnoreCase(name, hidden); });
}

using vtl::Heap;
using vtl::Value;
using Answer = Result<std::optional<Value>>;
using Arguments = std::span<const Value>;

// AWS was seen to take an empty body for an empty object.
constexpr std::string_view kEmptyBody = "{}";

Result<> writeName(vtl::Writer& writer, std::string_view name)
{
    if (!writer.append(name))
        return fail(vtl::tooLarge());
    return {};
}

class InputObject : public vtl::Object {
public:
    InputObject(Heap& heap, const CallContext& context, const std::string& body, BodyProblem& problem)
        : m_heap(heap)
        , m_context(context)
        , m_body(body)
        , m_problem(problem)
    {
    }

    std::string_view className() const override { return "$input"; }
    std::optional<Value> property(std::string_view name) override
    {
        return name == "body" ? std::optional(Value(bodyText())) : std::nullopt;
    }
    Answer call(std::string_view name, Arguments arguments) override
    {
        if (name == "body" && arguments.empty())
            return Value(bodyText());
        if (name == "params" && arguments.empty())
            return allParameters();
        if (name == "params" && arguments.size() == 1)
            return parameter(arguments[0]);
        if ((name == "path" || name == "json") && arguments.size() < 2)
            return part(name == "json", arguments.empty() ? Value("$") : arguments[0]);
        return std::optional<Value>();
    }
    Result<> write(vtl::Writer& writer) override { return writeName(writer, "$input"); }

private:
    std::string_view bodyText() const { return m_body.empty() ? kEmptyBody : std::string_view(m_body); }

    Answer part(bool asJson, const Value& pathValue)
    {
        CORE_TRY(const auto pathText, vtl::textOf(pathValue));
        CORE_TRY(const auto path, vtl::JsonPath::parse(pathText));
        if (!m_document) {
            auto parsed = vtl::parseJson(bodyText(), m_heap);
            if (!parsed) {
                m_problem.message = parsed.error().message;
                return fail(parsed.error());
            }
            m_document = *parsed;
        }
        auto found = path.read(*m_document, m_heap);
        if (!found || !asJson)
            return found;
        // What is not there is the empty text, in JSON too.
        const auto& value = *found;
        CORE_TRY(auto text, vtl::jsonOf(value && !value->isNull() ? *value : Value("")));
        return Value(std::move(text));
    }

    // The last value of a name, as single values of requests are.
    template <typename Fields> vtl::Map* mapOf(const Fields& fields)
    {
        auto* map = m_heap.map();
        for (const auto& [name, value] : fields)
            map->put(name, Value(value));
        return map;
    }

    Value allParameters()
    {
        auto* map = m_heap.map();
        map->put("path", mapOf(m_context.pathParameters));
        map->put("querystring", mapOf(m_context.query));
        auto* headers = m_heap.map();
        for (const auto& [name, value] : m_context.request.headers) {
            if (!isForGatewayAlone(name))
                headers->put(name, Value(value));
        }
        map->put("header", headers);
        return map;
    }

    // Path variables go before the query, the query before headers; names with their case.
    Answer parameter(const Value& nameValue)
    {
        CORE_TRY(const auto name, vtl::textOf(nameValue));
        const auto all = allParameters();
        for (const auto* place : {"path", "querystring", "header"}) {
            if (const auto* found = all.map()->find(place)->map()->find(name))
                return *found;
        }
        return Value("");
    }

    Heap& m_heap;
    const CallContext& m_context;
    const std::string& m_body;
    BodyProblem& m_problem;
    std::optional<Value> m_document;
};

// As java.net.URLEncoder does it: a space becomes '+', letters, digits and ".-*_" stay.
std::string urlEncode(std::string_view text)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == ' ') {
            result += '+';
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
            || c == '-' || c == '*' || c == '_') {
            result += c;
        } else {
            result += '%';
            result += kHex[byte >> 4];
            result += kHex[byte & 15];
        }
    }
    return result;
}

class UtilObject : public vtl::Object {
public:
    explicit UtilObject(Heap& heap)
        : m_heap(heap)
    {
    }
    std::string_view className() const override { return "$util"; }
    Answer call(std::string_view name, Arguments arguments) override
    {
        if (arguments.size() != 1)
            return std::optional<Value>();
        CORE_TRY(const auto text, vtl::textOf(arguments[0]));
        if (name == "escapeJavaScript")
            return Value(escapeJavaScript(text));
        if (name == "parseJson") {
            CORE_TRY(auto value, vtl::parseJson(text, m_heap));
            return value;
        }
        if (name == "urlEncode")
            return Value(urlEncode(text));
        if (name == "urlDecode")
            return Value(percentDecode(text, true));
        if (name == "base64Encode")
            return Value(base64(text));
        if (name == "base64Decode") {
            auto bytes = unbase64(text);
            if (!bytes)
                return fail(ErrorKind::Invalid, "java.lang.IllegalArgumentException", "Input is not base64");
            return Value(*std::move(bytes));
        }
        return std::optional<Value>();
    }
    Result<> write(vtl::Writer& writer) override { return writeName(writer, "$util"); }

private:
    Heap& m_heap;
};

}

vtl::Object* makeInput(Heap& heap, const CallContext& context, const std::string& body, BodyProblem& problem)
{
    return heap.make<InputObject>(heap, context, body, problem);
}

vtl::Object* makeUtil(Heap& heap)
{
    return heap.make<UtilObject>(heap);
}

void putNested(vtl::Heap& heap, vtl::Map& into, std::string_view name, const vtl::Value& value)
{
    const auto dot = name.find('.');
    if (dot == name.npos) {
        into.put(name, value);
        return;
    }
    const auto head = name.substr(0, dot);
    if (!into.find(head))
        into.put(head, heap.map());
    if (auto* nested = into.find(head)->map())
        putNested(heap, *nested, name.substr(dot + 1), value);
}

std::string escapeJavaScript(std::string_view text)
{
    std::string result;
    for (const char16_t unit : vtl::utf16(text)) {
        switch (unit) {
        case u'\b':
            result += "\\b";
            break;
        case u'\n':
            result += "\\n";
            break;
        case u'\t':
            result += "\\t";
            break;
        case u'\f':
            result += "\\f";
            break;
        case u'\r':
            result += "\\r";
            break;
        case u'\'':
        case u'"':
        case u'\\':
        case u'/':
            result += '\\';
            result += static_cast<char>(unit);
            break;
        default:
            if (unit >= 0x20 && unit < 0x7F) {
                result += static_cast<char>(unit);
                break;
            }
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04X", static_cast<unsigned>(unit));
            result += code.data();
        }
    }
    return result;
}

}
