#include "core/sqs/message.h"

#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace core::sqs {

using nlohmann::json;

namespace {

constexpr std::size_t kMostAttributes = 10;
constexpr std::size_t kLongestName = 256;

bool isBinary(const json& attribute)
{
    return attribute.at("DataType").get_ref<const std::string&>().starts_with("Binary");
}

std::string valueOf(const json& attribute)
{
    if (isBinary(attribute))
        return unbase64(attribute.value("BinaryValue", "")).value_or("");
    return attribute.value("StringValue", "");
}

bool isOfType(std::string_view type, std::string_view wanted)
{
    return type == wanted || (type.starts_with(wanted) && type[wanted.size()] == '.');
}

// Digits with a sign, a point and an exponent, and no other form that C knows.
bool isNumber(const std::string& text)
{
    if (text.find_first_not_of("+-0123456789.eE") != std::string::npos)
        return false;
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    return !text.empty() && end == text.c_str() + text.size();
}

// XML's characters: what AWS lets a body hold.
bool hasOnlyText(std::string_view text)
{
    if (!isUtf8(text))
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            return false;
        // U+FFFE and U+FFFF.
        if (text.substr(i).starts_with("\xEF\xBF\xBE") || text.substr(i).starts_with("\xEF\xBF\xBF"))
            return false;
    }
    return true;
}

bool isAttributeName(std::string_view name)
{
    return !name.empty() && name.size() <= kLongestName && !name.starts_with('.') && !name.ends_with('.')
        && name.find("..") == name.npos && std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return std::isalnum(c) || c == '_' || c == '-' || c == '.';
           });
}

Result<> checkAttribute(const std::string& name, const json& attribute)
{
    const auto shown = "The message attribute '" + name + "' ";
    if (!isAttributeName(name))
        return fail(errors::invalidValue("The message attribute name '" + name
            + "' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and "
              "period "
              "(.) characters."));
    const auto lower = toLower(name);
    if (lower.starts_with("aws.") || lower.starts_with("amazon."))
        return fail(errors::invalidValue("The message attribute name '" + name
            + "' is invalid. Attribute name can not start with the "
              "reserved prefixes AWS. and Amazon."));
    const auto type = attribute.value("DataType", "");
    if (type.empty())
        return fail(errors::invalidValue(shown + "must contain non-empty message attribute type."));
    const bool binary = isOfType(type, "Binary");
    if (!binary && !isOfType(type, "String") && !isOfType(type, "Number"))
        return fail(errors::invalidValue("The type of message (user) attribute '" + name
            + "' is invalid. You must use only the following supported type prefixes: Binary, Number, "
              "String."));
    const auto value = valueOf(attribute);
    if (value.empty())
        return fail(errors::invalidValue(
            shown + "must contain a non-empty value of type '" + (binary ? "Binary" : "String") + "'."));
    if (!binary && !hasOnlyText(value))
        return fail(errors::badContents());
    if (isOfType(type, "Number") && !isNumber(value))
        return fail(errors::invalidValue(
            "Can't cast the value of message (user) attribute '" + name + "' to a number."));
    return {};
}

void appendCounted(std::string& into, std::string_view bytes)
{
    for (const int shift : {24, 16, 8, 0})
        into += static_cast<char>((bytes.size() >> static_cast<unsigned>(shift)) & 0xffU);
    into += bytes;
}

}

std::string Message::text() const
{
    return aws::writeJson({{"id", id}, {"body", body}, {"attributes", attributes},
        {"traceHeader", traceHeader}, {"sender", sender}, {"group", group}, {"duplicate", duplicate},
        {"sequence", sequence}, {"source", source}, {"sent", sent}});
}

Message Message::parse(std::string_view text)
{
    const auto given = json::parse(text);
    Message message;
    given.at("id").get_to(message.id);
    given.at("body").get_to(message.body);
    given.at("attributes").get_to(message.attributes);
    given.at("traceHeader").get_to(message.traceHeader);
    given.at("sender").get_to(message.sender);
    given.at("group").get_to(message.group);
    given.at("duplicate").get_to(message.duplicate);
    given.at("sequence").get_to(message.sequence);
    given.at("source").get_to(message.source);
    given.at("sent").get_to(message.sent);
    return message;
}

std::string MessageState::text() const
{
    return aws::writeJson(
        {{"visible", visible}, {"sent", sent}, {"firstReceived", firstReceived}, {"received", received},
            {"receives", receives}, {"token", token}, {"group", group}, {"inFlight", inFlight}});
}

MessageState MessageState::parse(std::string_view text)
{
    const auto given = json::parse(text);
    MessageState state;
    given.at("visible").get_to(state.visible);
    given.at("sent").get_to(state.sent);
    given.at("firstReceived").get_to(state.firstReceived);
    given.at("received").get_to(state.received);
    given.at("receives").get_to(state.receives);
    given.at("token").get_to(state.token);
    given.at("group").get_to(state.group);
    given.at("inFlight").get_to(state.inFlight);
    return state;
}

std::string Receipt::handle() const
{
    return base64(key + ' ' + token);
}

Result<Receipt> Receipt::parse(std::string_view handle)
{
    const auto text = unbase64(handle);
    const auto space = text ? text->find(' ') : std::string::npos;
    if (space == std::string::npos || space == 0)
        return fail(errors::badHandle());
    return Receipt{text->substr(0, space), text->substr(space + 1)};
}

Result<> checkContents(const json& given)
{
    const auto body = given.value("MessageBody", "");
    if (body.empty())
        return fail(errors::missing("MessageBody"));
    if (!hasOnlyText(body))
        return fail(errors::badContents());
    const auto attributes = given.value("MessageAttributes", json::object());
    if (attributes.size() > kMostAttributes)
        return fail(errors::invalidValue("Number of message attributes [" + std::to_string(attributes.size())
            + "] exceeds the allowed maximum [10]."));
    for (const auto& [name, attribute] : attributes.items())
        CORE_CHECK(checkAttribute(name, attribute));
    const auto system = given.value("MessageSystemAttributes", json::object());
    for (const auto& [name, attribute] : system.items()) {
        if (name != "AWSTraceHeader")
            return fail(errors::invalidValue("Message system attribute name '" + name
                + "' is invalid. Valid values are: [AWSTraceHeader]."));
        CORE_CHECK(checkAttribute(name, attribute));
    }
    return {};
}

std::size_t sizeOf(const json& given)
{
    auto size = given.value("MessageBody", "").size();
    const auto attributes = given.value("MessageAttributes", json::object());
    for (const auto& [name, attribute] : attributes.items())
        size += name.size() + attribute.value("DataType", "").size() + valueOf(attribute).size();
    return size;
}

// json objects keep their members in the order of names.
std::string md5OfAttributes(const json& attributes)
{
    if (attributes.empty())
        return {};
    std::string bytes;
    for (const auto& [name, attribute] : attributes.items()) {
        appendCounted(bytes, name);
        appendCounted(bytes, attribute.at("DataType").get_ref<const std::string&>());
        bytes += isBinary(attribute) ? '\2' : '\1';
        appendCounted(bytes, valueOf(attribute));
    }
    return hex(md5(bytes));
}

json chosenAttributes(const json& attributes, const json& names)
{
    json chosen = json::object();
    for (const auto& [name, attribute] : attributes.items()) {
        for (const auto& wanted : names) {
            const auto& text = wanted.get_ref<const std::string&>();
            const bool prefix = text.ends_with(".*") && name.starts_with(text.substr(0, text.size() - 2));
            if (text == "All" || prefix || text == name)
                chosen[name] = attribute;
        }
    }
    return chosen;
}

}
