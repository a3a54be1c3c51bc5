#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::sqs {

// A queue without its messages. A plain value, written as JSON.
struct Queue {
    std::string name;
    std::string region;
    std::string account;
    std::string id; // names its messages in the store: a second queue of the name has another
    std::map<std::string, std::string> attributes; // those that can be set, with AWS's defaults
    std::map<std::string, std::string> tags;
    Micros created = 0;
    Micros modified = 0;
    Micros purged = 0;

    std::string key() const { return region + '/' + account + '/' + name; }
    std::string arn() const;
    bool isFifo() const { return attributes.contains("FifoQueue"); }
    bool is(std::string_view attribute, std::string_view value) const;
    std::int64_t number(const std::string& attribute) const;
    Micros duration(const std::string& attribute) const { return number(attribute) * kSecond; }

    std::string text() const;
    static Queue parse(std::string_view text);
};

// Where a queue's dead letters go, and after how many receives.
struct Redrive {
    std::string target; // ARN
    std::int64_t maxReceives = 0;
};
std::optional<Redrive> redriveOf(const Queue& queue);
// Whether a dead-letter queue takes the letters of `source` (RedriveAllowPolicy).
bool allowsSource(const Queue& target, const std::string& sourceArn);

// "region/account/name" of an ARN; "" for what is no queue's.
std::string queueKeyOf(std::string_view arn);

// Attributes as CreateQueue and SetQueueAttributes get them, checked and put over what `queue` has; an empty
// text takes a policy away. Errors: InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue.
Result<> takeAttributes(const std::map<std::string, std::string>& given, Queue& queue);
// A new queue's, by the kind that `given` asks for.
std::map<std::string, std::string> defaultAttributes(bool fifo);
// Whether AWS has an attribute of this name ("All" is none).
bool isAttribute(std::string_view name);

}
