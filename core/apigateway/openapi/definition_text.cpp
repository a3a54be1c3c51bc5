#include "core/apigateway/openapi/definition_text.h"

#include "core/apigateway/errors.h"
#include "core/apigateway/openapi/tree_builder.h"
#include "core/apigateway/openapi/yaml_text.h"
#include "core/base/text.h"

#include <algorithm>

namespace core::apigateway::openapi {

namespace {

constexpr std::size_t kMaxBytes = 6 * 1024 * 1024; // AWS's limit

// nlohmann's SAX events; the names of the functions are the library's.
class JsonEvents {
public:
    explicit JsonEvents(TreeBuilder& builder)
        : m_builder(builder)
    {
    }

    bool null() { return m_builder.value(nullptr); }
    bool boolean(bool value) { return m_builder.value(value); }
    bool number_integer(std::int64_t value) { return m_builder.value(value); }
    bool number_unsigned(std::uint64_t value) { return m_builder.value(value); }
    bool number_float(double value, const std::string&) { return m_builder.value(value); }
    bool string(std::string& value) { return m_builder.value(std::move(value)); }
    bool binary(Tree::binary_t&) { return false; }
    bool start_object(std::size_t) { return m_builder.startObject(); }
    bool key(std::string& name) { return m_builder.key(std::move(name)); }
    bool end_object() { return m_builder.end(); }
    bool start_array(std::size_t) { return m_builder.startList(); }
    bool end_array() { return m_builder.end(); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&)
    {
        m_position = position;
        return false;
    }

    std::size_t position() const { return m_position; }

private:
    TreeBuilder& m_builder;
    std::size_t m_position = 0;
};

Error invalidInput(const std::string& why)
{
    return errors::badRequest(why.empty() ? "Invalid OpenAPI input." : "Invalid OpenAPI input: " + why);
}

Result<Tree> readJson(std::string_view text)
{
    TreeBuilder builder;
    JsonEvents events(builder);
    if (Tree::sax_parse(text.begin(), text.end(), &events))
        return builder.take();
    if (!builder.why().empty())
        return fail(invalidInput(builder.why()));
    const auto before = text.substr(0, std::min(events.position(), text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    return fail(invalidInput("the JSON is malformed at line " + std::to_string(line)));
}

}

Result<Tree> readDefinition(std::string_view text)
{
    if (text.size() > kMaxBytes)
        return fail(errors::badRequest("The API definition is larger than the allowed maximum of 6 MB"));
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (!isUtf8(text))
        return fail(invalidInput("it is not UTF-8"));
    const auto content = trimmed(text);
    if (content.empty())
        return fail(invalidInput({}));
    if (content.front() == '{')
        return readJson(content);
    auto tree = readYaml(text);
    if (!tree)
        return fail(invalidInput(tree.error().message));
    if (!tree->is_object())
        return fail(invalidInput({}));
    return tree;
}

std::string writeDefinitionJson(const Tree& tree)
{
    return tree.dump(2, ' ', false, Tree::error_handler_t::replace);
}

}
