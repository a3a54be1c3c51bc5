#include "core/lambda/shape_parts.h"
#include "core/lambda/shapes.h"

namespace core::lambda::shapes {

namespace {

using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Shape kConfigArn{.type = Type::String,
    .max = 200,
    .pattern =
        R"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17})"};
constexpr Shape kProfile{.type = Type::String,
    .pattern =
        R"(arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*))"};
constexpr Shape kProfiles{.type = Type::List, .min = 1, .max = 20, .element = &kProfile};
constexpr Member kPublishersMembers[] = {{"SigningProfileVersionArns", &kProfiles, true}};
constexpr Shape kPublishers{.members = kPublishersMembers};
constexpr std::string_view kPolicyValues[] = {"Warn", "Enforce"};
constexpr Shape kPolicyValue{.type = Type::String, .values = kPolicyValues};
constexpr Member kPoliciesMembers[] = {{"UntrustedArtifactOnDeployment", &kPolicyValue, false, kLess,
    "kept and shown; signatures are not looked at, packages are taken under both"}};
constexpr Shape kPolicies{.members = kPoliciesMembers};

constexpr Member kArnMember{"CodeSigningConfigArn", &kConfigArn, true, kExact, {}, In::Path};
constexpr Member kCreateMembers[] = {
    {"Description", &kDescription},
    {"AllowedPublishers", &kPublishers, true},
    {"CodeSigningPolicies", &kPolicies},
    {"Tags", &aws::kStringMap},
};
constexpr Member kUpdateMembers[] = {
    kArnMember,
    {"Description", &kDescription},
    {"AllowedPublishers", &kPublishers},
    {"CodeSigningPolicies", &kPolicies},
};
constexpr Member kOneMembers[] = {kArnMember};
constexpr Member kListMembers[] = {kMarkerMember, kMaxItemsMember};
constexpr Member kFunctionsMembers[] = {kArnMember, kMarkerMember, kMaxItemsMember};
constexpr Member kPutMembers[] = {kPlainNameMember, {"CodeSigningConfigArn", &kConfigArn, true}};

constexpr std::string_view kUpdateModes[] = {"Auto", "Manual", "FunctionUpdate"};
constexpr Shape kUpdateMode{.type = Type::String, .values = kUpdateModes};
constexpr Shape kRuntimeArn{.type = Type::String,
    .min = 26,
    .max = 2048,
    .pattern =
        R"(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+)"};
constexpr Member kPutRuntimeMembers[] = {
    kNameMember,
    kQualifierMember,
    {"UpdateRuntimeOn", &kUpdateMode, true, kLess,
        "kept and shown; functions run on the interpreters of this computer. AWS's wording for an alias, and "
        "for "
        "Manual without an ARN, was not seen"},
    {"RuntimeVersionArn", &kRuntimeArn, false, kLess, "kept and shown, whatever it names"},
};
constexpr Member kGetRuntimeMembers[] = {kNameMember, kQualifierMember};

}

const Shape kCreateCodeSigning{.members = kCreateMembers};
const Shape kUpdateCodeSigning{.members = kUpdateMembers};
const Shape kCodeSigning{.members = kOneMembers};
const Shape kListCodeSigning{.members = kListMembers};
const Shape kFunctionsOfCodeSigning{.members = kFunctionsMembers};
const Shape kPutCodeSigning{.members = kPutMembers};
const Shape kPutRuntimeManagement{.members = kPutRuntimeMembers};
const Shape kRuntimeManagement{.members = kGetRuntimeMembers};

}
