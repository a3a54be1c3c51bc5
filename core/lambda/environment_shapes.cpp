#include "core/lambda/shape_parts.h"
#include "core/lambda/shapes.h"

// Own actions about execution environments.
namespace core::lambda::shapes {

namespace {

using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr std::string_view kStates[] = {"Frozen", "Thawed", "Reclaimed"};
constexpr Shape kState{.type = Type::String, .values = kStates};
constexpr Member kOwnEnvironmentStateMembers[] = {
    kNameMember,
    {"EnvironmentId", &aws::kString, true, kExact, {}, In::Path},
    {"State", &kState, true},
};
constexpr Shape kPort{.type = Type::Integer, .min = 1024, .max = 65'535};
constexpr Member kOwnDebuggingMembers[] = {
    kNameMember,
    {"Port", &kPort},
    {"Wait", &aws::kBoolean},
};

}

const Shape kOwnDebugging{.members = kOwnDebuggingMembers};
const Shape kOwnEnvironmentState{.members = kOwnEnvironmentStateMembers};

}
