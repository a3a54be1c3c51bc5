#include "core/dynamodb/throttle_shapes.h"

namespace core::dynamodb::shapes {

namespace {

using aws::Member;
using aws::Shape;
using aws::Type;

constexpr std::string_view kModes[] = {"ignore", "enforce", "default"};
constexpr Shape kMode{.type = Type::String, .values = kModes};
constexpr Member kPutThrottlingMembers[] = {{"TableName", &aws::kString}, {"Mode", &kMode, true}};
constexpr Member kGetThroughputMembers[] = {
    {.name = "TableName", .shape = &aws::kString, .required = true, .in = aws::In::Path}};

}

const Shape kPutThrottling{.type = Type::Structure, .members = kPutThrottlingMembers};
const Shape kGetThroughput{.type = Type::Structure, .members = kGetThroughputMembers};

}
