#pragma once

#include "core/aws/shape.h"

namespace core::lambda::shapes {

// What the constraint tables of several actions share. The patterns are AWS's own: they appear in its
// messages.

inline constexpr auto kNo = aws::Fidelity::Unsupported;
inline constexpr auto kLess = aws::Fidelity::Simplified;
inline constexpr auto kExact = aws::Fidelity::Exact;

inline constexpr std::string_view kCreateNamePattern =
    R"((arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?)";
inline constexpr std::string_view kNamePattern =
    R"((arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?)";

inline constexpr aws::Shape kCreateName{
    .type = aws::Type::String, .min = 1, .max = 140, .pattern = kCreateNamePattern};
inline constexpr aws::Shape kName{.type = aws::Type::String, .min = 1, .max = 256, .pattern = kNamePattern};
inline constexpr aws::Shape kQualifier{.type = aws::Type::String,
    .min = 1,
    .max = 128,
    .pattern = R"(\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+)"};
inline constexpr aws::Shape kDescription{.type = aws::Type::String, .min = 0, .max = 256};
inline constexpr aws::Shape kPageSize{.type = aws::Type::Integer, .min = 1, .max = 10'000};
inline constexpr aws::Shape kSmallPageSize{.type = aws::Type::Integer, .min = 1, .max = 50};
inline constexpr aws::Shape kStatementId{
    .type = aws::Type::String, .min = 1, .max = 100, .pattern = R"(([a-zA-Z0-9-_]+))"};
inline constexpr aws::Shape kOrganisation{
    .type = aws::Type::String, .min = 12, .max = 34, .pattern = R"(^o-[a-z0-9]{10,32}$)"};
inline constexpr std::string_view kArchitectures[] = {"x86_64", "arm64"};
inline constexpr aws::Shape kArchitecture{.type = aws::Type::String, .values = kArchitectures};
inline constexpr std::string_view kUrlAuthTypes[] = {"NONE", "AWS_IAM"};
inline constexpr aws::Shape kUrlAuthType{.type = aws::Type::String, .values = kUrlAuthTypes};

// Members that many actions have.
inline constexpr aws::Member kNameMember{"FunctionName", &kName, true, kExact, {}, aws::In::Path};
inline constexpr aws::Member kPlainNameMember{"FunctionName", &kCreateName, true, kExact, {}, aws::In::Path};
inline constexpr aws::Member kQualifierMember{"Qualifier", &kQualifier, false, kExact, {}, aws::In::Query};
inline constexpr aws::Member kNeededQualifierMember{
    "Qualifier", &kQualifier, true, kExact, {}, aws::In::Query};
inline constexpr aws::Member kMarkerMember{"Marker", &aws::kString, false, kExact, {}, aws::In::Query};
inline constexpr aws::Member kMaxItemsMember{"MaxItems", &kPageSize, false, kExact, {}, aws::In::Query};
inline constexpr aws::Member kSmallMaxItemsMember{
    "MaxItems", &kSmallPageSize, false, kExact, {}, aws::In::Query};

}
