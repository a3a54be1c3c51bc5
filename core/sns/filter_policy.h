#pragma once

#include "core/aws/event_pattern.h"
#include "core/sns/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::sns {

// Which messages a subscription wants, by their attributes or by their body. Immutable, cheap to copy.
class FilterPolicy {
public:
    enum class Scope { Attributes, Body };

    // "{}" wants all. Error: Invalid; the message is the reason in AWS's words.
    static Result<FilterPolicy> parse(std::string_view text, Scope scope);

    // `why` says what decided. `text` is the message as the subscription would get it.
    bool matches(const Message& message, const std::string& text, std::string& why) const;

private:
    std::optional<aws::EventPattern> m_pattern; // nothing: all messages
    Scope m_scope = Scope::Attributes;
    std::string m_text;
};

}
