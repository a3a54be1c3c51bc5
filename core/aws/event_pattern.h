#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string_view>

namespace core::aws {

// A pattern of content filtering, as EventBridge's rules and Lambda's filters share it: an object whose
// leaves are arrays of values and of {"prefix", "suffix", "anything-but", "numeric", "exists",
// "equals-ignore-case", "wildcard", "cidr"}; fields must all match, values and the objects of "$or" one of
// them. Immutable, cheap to copy; any thread.
class EventPattern {
public:
    static constexpr std::size_t kMaxLength = 4096; // of the text, as EventBridge counts it

    // ErrorKind::Invalid; the message is the reason in EventBridge's words ("Invalid JSON").
    static Result<EventPattern> parse(std::string_view text);
    bool matches(const nlohmann::json& event) const;

    struct Node;

private:
    explicit EventPattern(std::shared_ptr<const Node> root);
    std::shared_ptr<const Node> m_root;
};

}
