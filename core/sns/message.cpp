#include "core/sns/message.h"

#include "core/aws/json_text.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/sns/errors.h"
#include "core/sns/topic.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestName = 256;
constexpr std::size_t kLongestSubject = 100;
constexpr std::size_t kLongestGroup = 128;

Result<> checkAttributeName(const std::string& name)
{
    if (name.size() > kLongestName)
        return fail(errors::badValue("Length of message attribute name must be less than 256 bytes."));
    if (name.empty() || name.front() == '.')
        return fail(
            errors::badValue("Invalid message attribute name starting with character '.' was found."));
    if (name.back() == '.')
        return fail(errors::badValue("Invalid message attribute name ending with character '.' was found."));
    if (name.find("..") != std::string::npos)
        return fail(errors::badValue("Message attribute name can not have successive '.' character."));
    for (const unsigned char c : name) {
        if (std::isalnum(c) || c == '_' || c == '-' || c == '.')
            continue;
        char code[8];
        std::snprintf(code, sizeof code, "#x%X", static_cast<unsigned>(c));
        return fail(errors::badValue(std::string("Invalid non-alphanumeric character '") + code
            + "' was found in the message attribute name. Can only include alphanumeric characters, hyphens, "
              "underscores, or dots."));
    }
    return {};
}

bool isType(std::string_view type)
{
    for (const std::string_view base : {"String", "Number", "Binary"}) {
        if (type == base || (type.starts_with(base) && type.substr(base.size()).starts_with('.')))
            return true;
    }
    return false;
}

Result<MessageAttribute> readAttribute(const std::string& name, const json& given)
{
    CORE_CHECK(checkAttributeName(name));
    MessageAttribute attribute{name, given.at("DataType"), {}};
    if (!isType(attribute.type))
        return fail(errors::badValue("The message attribute '" + name
            + "' has an invalid message attribute type, the set of supported type prefixes is Binary, "
              "Number, "
              "and String."));
    const std::string kind = attribute.isBinary() ? "Binary" : "String";
    if (!given.contains(kind + "Value"))
        return fail(errors::badValue("The message attribute '" + name + "' with type '" + attribute.type
            + "' must use field '" + kind + "'."));
    attribute.value = given.at(kind + "Value");
    if (attribute.value.empty())
        return fail(errors::badValue("The message attribute '" + name
            + "' must contain non-empty message attribute value for message attribute type '" + attribute.type
            + "'."));
    if (attribute.type.starts_with("Number")) {
        const auto number = aws::parseJson(attribute.value);
        if (!number || !number->is_number())
            return fail(errors::badValue("Could not cast message attribute '" + name + "' value to number."));
    }
    return attribute;
}

Result<> takeStructure(Message& message)
{
    const auto texts = aws::parseJson(message.text);
    if (!texts || !texts->is_object())
        return fail(errors::invalid("Message Structure - JSON message body failed to parse"));
    // What is no text is passed over.
    for (const auto& [protocol, text] : texts->items()) {
        if (text.is_string())
            message.textByProtocol[protocol] = text;
    }
    const auto usual = message.textByProtocol.find("default");
    if (usual == message.textByProtocol.end())
        return fail(errors::invalid("Message Structure - No default entry in JSON message body"));
    message.text = usual->second;
    return {};
}

// No more than a line of text, which begins with a letter, a digit or a sign.
bool isSubject(const std::string& subject)
{
    return !subject.empty() && subject.size() <= kLongestSubject && subject.front() != ' '
        && std::none_of(subject.begin(), subject.end(), [](unsigned char c) { return std::iscntrl(c); });
}

bool isToken(std::string_view text)
{
    return text.size() <= kLongestGroup && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) || std::ispunct(c);
    });
}

Result<> takeOrder(const json& given, const Topic& topic, Message& message)
{
    message.group = given.value("MessageGroupId", "");
    message.deduplication = given.value("MessageDeduplicationId", "");
    if (!isToken(message.group))
        return fail(errors::invalid("MessageGroupId"));
    if (!isToken(message.deduplication))
        return fail(errors::invalid("MessageDeduplicationId"));
    if (!topic.isFifo()) {
        if (!message.deduplication.empty())
            return fail(errors::invalid("MessageDeduplicationId Reason: The request includes "
                                        "MessageDeduplicationId parameter that is not valid for this topic "
                                        "type"));
        return {};
    }
    if (message.group.empty())
        return fail(errors::invalid("The MessageGroupId parameter is required for FIFO topics"));
    if (!message.deduplication.empty())
        return {};
    if (!topic.deduplicatesByContent())
        return fail(errors::invalid("The topic should either have ContentBasedDeduplication enabled or "
                                    "MessageDeduplicationId provided explicitly"));
    message.deduplication = hex(sha256(given.at("Message").get<std::string>()));
    return {};
}

}

const std::string& Message::textFor(const std::string& protocol) const
{
    const auto own = textByProtocol.find(protocol);
    return own == textByProtocol.end() ? text : own->second;
}

std::size_t Message::size() const
{
    auto size = text.size();
    for (const auto& [protocol, other] : textByProtocol)
        size += protocol == "default" ? 0 : other.size();
    for (const auto& attribute : attributes)
        size += attribute.name.size() + attribute.type.size() + attribute.value.size();
    return size;
}

Result<Message> readMessage(const json& given, const Topic& topic, Micros now)
{
    Message message;
    message.id = newUuid();
    message.at = now;
    message.text = given.at("Message");
    if (given.contains("Subject")) {
        message.subject = given.at("Subject");
        if (!isSubject(message.subject))
            return fail(errors::invalid("Subject"));
    }
    if (trimmed(message.text).empty())
        return fail(errors::invalid("Empty message"));
    const auto attributes = given.value("MessageAttributes", json::object());
    for (const auto& [name, value] : attributes.items()) {
        CORE_TRY(auto attribute, readAttribute(name, value));
        message.attributes.push_back(std::move(attribute));
    }
    if (message.size() > Message::kMostBytes)
        return fail(errors::invalid("Message too long"));
    CORE_CHECK(takeOrder(given, topic, message));
    const auto structure = given.value("MessageStructure", "");
    if (!structure.empty() && structure != "json")
        return fail(errors::invalid("MessageStructure"));
    if (structure == "json")
        CORE_CHECK(takeStructure(message));
    return message;
}

json shownAttributes(const Message& message)
{
    json shown = json::object();
    for (const auto& attribute : message.attributes)
        shown[attribute.name] = {{"Type", attribute.type}, {"Value", attribute.value}};
    return shown;
}

json queueAttributes(const Message& message)
{
    json shown = json::object();
    for (const auto& attribute : message.attributes)
        shown[attribute.name] = {{"DataType", attribute.type},
            {attribute.isBinary() ? "BinaryValue" : "StringValue", attribute.value}};
    return shown;
}

}
