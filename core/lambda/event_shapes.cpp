#include "core/lambda/shape_parts.h"
#include "core/lambda/shapes.h"

namespace core::lambda::shapes {

namespace {

using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Shape kRetries{.type = Type::Integer, .min = 0, .max = 2};
constexpr Shape kAge{.type = Type::Integer, .min = 60, .max = 21'600};
constexpr Shape kDestination{.type = Type::String,
    .min = 0,
    .max = 350,
    .pattern =
        R"(^$|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*))"};
constexpr std::string_view kSuccessNote = "a function, a standard queue or topic, or an event bus";
constexpr std::string_view kFailureNote = "a function, a standard queue or topic, an event bus or a bucket";
constexpr Member kSuccessMembers[] = {{"Destination", &kDestination, false, kLess, kSuccessNote}};
constexpr Shape kSuccess{.members = kSuccessMembers};
constexpr Member kFailureMembers[] = {{"Destination", &kDestination, false, kLess, kFailureNote}};
constexpr Shape kFailure{.members = kFailureMembers};
constexpr Member kDestinationsMembers[] = {{"OnSuccess", &kSuccess}, {"OnFailure", &kFailure}};
constexpr Shape kDestinations{.members = kDestinationsMembers};

constexpr Member kPutMembers[] = {
    kPlainNameMember,
    kQualifierMember,
    {"MaximumRetryAttempts", &kRetries},
    {"MaximumEventAgeInSeconds", &kAge},
    {"DestinationConfig", &kDestinations},
};
constexpr Member kOneMembers[] = {kPlainNameMember, kQualifierMember};
constexpr Member kListMembers[] = {kPlainNameMember, kMarkerMember, kSmallMaxItemsMember};

}

const Shape kPutEventConfig{.members = kPutMembers};
const Shape kEventConfig{.members = kOneMembers};
const Shape kListEventConfigs{.members = kListMembers};

}
