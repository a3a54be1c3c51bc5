#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <vector>

namespace core::sns {

struct Topic;

struct MessageAttribute {
    std::string name;
    std::string type; // "String", "Number", "Binary", "String.Array", or one of these with a name after it
    std::string value; // base64 of bytes

    bool isBinary() const { return type.starts_with("Binary"); }
};

// What is published, checked. A plain value.
struct Message {
    static constexpr std::size_t kMostBytes = 256 * 1024; // with its attributes

    std::string id;
    std::string subject;
    std::string text;
    std::map<std::string, std::string> textByProtocol; // of MessageStructure "json"
    std::vector<MessageAttribute> attributes; // by name
    std::string group;
    std::string deduplication; // in FIFO topics
    std::string sequence; // in FIFO topics
    Micros at = 0;

    const std::string& textFor(const std::string& protocol) const;
    std::size_t size() const;
};

// A message as Publish gets it, or an entry of PublishBatch; its id is a new one. Errors: InvalidParameter,
// ParameterValueInvalid.
Result<Message> readMessage(const nlohmann::json& given, const Topic& topic, Micros now);

// {"name": {"Type": …, "Value": …}}, as envelopes have it.
nlohmann::json shownAttributes(const Message& message);
// {"name": {"DataType": …, "StringValue": …}}, as SQS takes it.
nlohmann::json queueAttributes(const Message& message);

}
