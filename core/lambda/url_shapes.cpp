#include "core/lambda/shape_parts.h"
#include "core/lambda/shapes.h"

namespace core::lambda::shapes {

namespace {

using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Shape kAliasQualifier{
    .type = Type::String, .min = 1, .max = 128, .pattern = R"(((?!^\d+$)^[0-9a-zA-Z-_]+$))"};
constexpr std::string_view kInvokeModes[] = {"RESPONSE_STREAM", "BUFFERED"};
constexpr Shape kInvokeMode{.type = Type::String, .values = kInvokeModes};
constexpr Shape kHeader{.type = Type::String, .max = 1024, .pattern = ".*"};
constexpr Shape kHeaders{.type = Type::List, .max = 100, .element = &kHeader};
constexpr Shape kMethod{.type = Type::String, .max = 6, .pattern = ".*"};
constexpr Shape kMethods{.type = Type::List, .max = 6, .element = &kMethod};
constexpr Shape kOrigin{.type = Type::String, .min = 1, .max = 253, .pattern = ".*"};
constexpr Shape kOrigins{.type = Type::List, .max = 100, .element = &kOrigin};
constexpr Shape kMaxAge{.type = Type::Integer, .min = 0, .max = 86'400};
constexpr Member kCorsMembers[] = {
    {"AllowCredentials", &aws::kBoolean},
    {"AllowHeaders", &kHeaders},
    {"AllowMethods", &kMethods},
    {"AllowOrigins", &kOrigins},
    {"ExposeHeaders", &kHeaders},
    {"MaxAge", &kMaxAge},
};
constexpr Shape kCors{.members = kCorsMembers};

constexpr std::string_view kModeNote =
    "RESPONSE_STREAM: up to 200 MB at any pace; a function that fails midway breaks the connection off";
constexpr std::string_view kAuthNote =
    "NONE needs a statement for lambda:InvokeFunctionUrl, not the one for lambda:InvokeFunction that AWS "
    "asks of new "
    "URLs since October 2025; AWS_IAM verifies the signature, and its caller has all rights";
constexpr Member kUrlQualifierMember{"Qualifier", &kAliasQualifier, false, kExact, {}, In::Query};
constexpr Member kCreateMembers[] = {
    kPlainNameMember,
    kUrlQualifierMember,
    {"AuthType", &kUrlAuthType, true, kLess, kAuthNote},
    {"Cors", &kCors},
    {"InvokeMode", &kInvokeMode, false, kLess, kModeNote},
};
constexpr Member kUpdateMembers[] = {
    kPlainNameMember,
    kUrlQualifierMember,
    {"AuthType", &kUrlAuthType, false, kLess, kAuthNote},
    {"Cors", &kCors},
    {"InvokeMode", &kInvokeMode, false, kLess, kModeNote},
};
constexpr Member kOneMembers[] = {kPlainNameMember, kUrlQualifierMember};
constexpr Member kListMembers[] = {kPlainNameMember, kMarkerMember, kSmallMaxItemsMember};

}

const Shape kCreateUrl{.members = kCreateMembers};
const Shape kUpdateUrl{.members = kUpdateMembers};
const Shape kUrl{.members = kOneMembers};
const Shape kListUrls{.members = kListMembers};

}
