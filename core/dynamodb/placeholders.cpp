#include "core/dynamodb/placeholders.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_decoder.h"
#include "core/dynamodb/reserved_words.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr std::string_view kNames = "ExpressionAttributeNames";
constexpr std::string_view kValues = "ExpressionAttributeValues";

bool isPlaceholder(std::string_view text, char sign)
{
    return text.size() > 1 && text.front() == sign && std::all_of(text.begin() + 1, text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Error invalidKey(std::string_view parameter, std::string_view key)
{
    return errors::validation(
        std::string(parameter) + " contains invalid key: Syntax error; key: \"" + std::string(key) + "\"");
}

template <typename Entries> auto* use(Entries& entries, std::string_view placeholder)
{
    for (auto& entry : entries) {
        if (entry.placeholder == placeholder) {
            entry.used = true;
            return &entry.content;
        }
    }
    return static_cast<decltype(&entries.front().content)>(nullptr);
}

template <typename Entries> Result<> checkUsed(const Entries& entries, std::string_view parameter)
{
    std::string unused;
    for (const auto& entry : entries) {
        if (!entry.used)
            unused += (unused.empty() ? "" : ", ") + entry.placeholder;
    }
    if (unused.empty())
        return {};
    return fail(errors::validation(
        "Value provided in " + std::string(parameter) + " unused in expressions: keys: {" + unused + "}"));
}

}

Result<Placeholders> Placeholders::parse(
    const std::optional<JsonView>& names, const std::optional<JsonView>& values)
{
    Placeholders result;
    std::optional<Error> error;
    if (names) {
        names->eachMember([&](std::string_view key, JsonView name) {
            if (!isPlaceholder(key, '#'))
                error = invalidKey(kNames, key);
            else
                result.m_names.push_back({std::string(key), std::string(name.text())});
            return !error;
        });
        if (!error && result.m_names.empty())
            error = errors::validation("ExpressionAttributeNames must not be empty");
    }
    if (error)
        return fail(std::move(*error));
    if (!values)
        return result;
    values->eachMember([&](std::string_view key, JsonView) {
        if (!isPlaceholder(key, ':'))
            error = invalidKey(kValues, key);
        return !error;
    });
    if (!error && values->size() == 0)
        error = errors::validation("ExpressionAttributeValues must not be empty");
    if (error)
        return fail(std::move(*error));
    values->eachMember([&](std::string_view key, JsonView json) {
        auto value = decodeValue(json);
        if (value) {
            result.m_values.push_back({std::string(key), std::move(*value)});
            return true;
        }
        error = std::move(value).error();
        if (error->code == "ValidationException") {
            error->message = std::string(kValues) + " contains invalid value: " + error->message + " for key "
                + std::string(key);
        }
        return false;
    });
    if (error)
        return fail(std::move(*error));
    return result;
}

const std::string* Placeholders::name(std::string_view placeholder)
{
    return use(m_names, placeholder);
}

const AttributeValue* Placeholders::value(std::string_view placeholder)
{
    return use(m_values, placeholder);
}

Result<> Placeholders::checkAllUsed() const
{
    CORE_CHECK(checkUsed(m_names, kNames));
    return checkUsed(m_values, kValues);
}

void PathResolver::resolve(Path& path)
{
    for (auto& element : path) {
        if (element.index)
            continue;
        if (element.name.front() != '#') {
            if (reserved.empty() && isReservedWord(element.name))
                reserved = "Attribute name is a reserved keyword; reserved keyword: " + element.name;
            continue;
        }
        if (const auto* name = placeholders.name(element.name)) {
            element.name = *name;
        } else if (undefined.empty()) {
            undefined =
                "An expression attribute name used in the document path is not defined; attribute name: "
                + element.name;
        }
    }
}

void PathResolver::resolve(Operand& valueOperand)
{
    if (const auto* value = placeholders.value(valueOperand.name)) {
        valueOperand.value = *value;
    } else if (undefined.empty()) {
        undefined = "An expression attribute value used in expression is not defined; attribute value: "
            + valueOperand.name;
    }
}

}
