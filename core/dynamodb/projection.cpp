#include "core/dynamodb/projection.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/expression_lexer.h"
#include "core/dynamodb/update_parser.h"

#include <map>

namespace core::dynamodb {

namespace {

Result<std::vector<Path>> parseText(std::string_view expression, Placeholders& placeholders)
{
    CORE_CHECK(checkExpressionText(expression));
    TokenStream tokens(expression);
    std::vector<Path> paths;
    do {
        CORE_TRY(auto path, tokens.parsePath());
        paths.push_back(std::move(path));
    } while (tokens.takeSymbol(","));
    if (!tokens.atEnd())
        return tokens.syntaxError();
    PathResolver resolver{placeholders};
    for (auto& path : paths)
        resolver.resolve(path);
    for (auto* mistake : {&resolver.reserved, &resolver.undefined}) {
        if (!mistake->empty())
            return fail(ErrorKind::Invalid, {}, std::move(*mistake));
    }
    for (auto* mistakeOf : {overlapMistake, conflictMistake}) {
        for (std::size_t later = 1; later < paths.size(); ++later) {
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (auto mistake = mistakeOf(paths[earlier], paths[later]); !mistake.empty())
                    return fail(ErrorKind::Invalid, {}, std::move(mistake));
            }
        }
    }
    return paths;
}

// The wanted parts as a tree: a node without children is wanted whole.
struct Wanted {
    std::map<std::string, Wanted, std::less<>> names;
    std::map<std::uint32_t, Wanted> indexes;
};

Attributes chosen(const Wanted& wanted, const Attributes& from);

std::optional<AttributeValue> chosen(const Wanted& wanted, const AttributeValue& from)
{
    if (wanted.names.empty() && wanted.indexes.empty())
        return from;
    if (!wanted.names.empty() && from.type() == AttributeType::M) {
        auto map = chosen(wanted, from.map());
        if (map.empty())
            return std::nullopt;
        return AttributeValue::map(std::move(map));
    }
    if (wanted.indexes.empty() || from.type() != AttributeType::L)
        return std::nullopt;
    AttributeValue::List list;
    for (const auto& [index, inner] : wanted.indexes) {
        if (index >= from.list().size())
            break;
        if (auto entry = chosen(inner, from.list()[index]))
            list.push_back(std::move(*entry));
    }
    if (list.empty())
        return std::nullopt;
    return AttributeValue::list(std::move(list));
}

Attributes chosen(const Wanted& wanted, const Attributes& from)
{
    Attributes result;
    for (const auto& [name, inner] : wanted.names) {
        const auto* value = from.find(name);
        auto part = value ? chosen(inner, *value) : std::nullopt;
        if (part)
            result.append(name, std::move(*part));
    }
    return result; // names come in order
}

}

Result<std::vector<Path>> parseProjection(std::string_view expression, Placeholders& placeholders)
{
    auto paths = parseText(expression, placeholders);
    if (!paths)
        return fail(errors::invalidExpression("ProjectionExpression", paths.error().message));
    return paths;
}

Attributes project(const std::vector<Path>& paths, const Attributes& item)
{
    Wanted wanted;
    for (const auto& path : paths) {
        auto* node = &wanted;
        for (const auto& element : path)
            node = element.index ? &node->indexes[*element.index] : &node->names[element.name];
    }
    return chosen(wanted, item);
}

Attributes columnsOf(const std::vector<Path>& paths, const Attributes& item)
{
    Attributes row;
    for (const auto& path : paths) {
        const auto* value = valueAt(path, item);
        if (!value)
            continue;
        auto name = path.size();
        while (path[name - 1].index)
            --name;
        auto column = path[name - 1].name;
        for (; name < path.size(); ++name)
            column += "[" + std::to_string(*path[name].index) + "]";
        row.append(std::move(column), *value);
    }
    row.sort();
    return row;
}

}
