#include "core/lambda/shape_parts.h"
#include "core/lambda/shapes.h"

// Versions, aliases, tags, concurrency.
namespace core::lambda::shapes {

namespace {

using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Shape kVersion{
    .type = Type::String, .min = 1, .max = 1024, .pattern = R"((\$LATEST(\.PUBLISHED)?|[0-9]+))"};
constexpr Shape kAliasName{
    .type = Type::String, .min = 1, .max = 128, .pattern = R"((?!^[0-9]+$)([a-zA-Z0-9-_]+))"};
// The action words their constraints: AWS shows a map in its own way.
constexpr Shape kWeights{.type = Type::Map, .element = &aws::kDouble, .key = &aws::kString};
constexpr Member kRoutingMembers[] = {{"AdditionalVersionWeights", &kWeights}};
constexpr Shape kRouting{.members = kRoutingMembers};
constexpr Shape kTaggable{.type = Type::String,
    .min = 1,
    .max = 256,
    .pattern =
        R"(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}))"};
constexpr Shape kReserved{.type = Type::Integer, .min = 0};
constexpr Shape kProvisioned{.type = Type::Integer, .min = 1};

constexpr Member kPublishVersionMembers[] = {
    kPlainNameMember,
    {"CodeSha256", &aws::kString},
    {"Description", &kDescription},
    {"RevisionId", &aws::kString},
    {"PublishTo", &aws::kString, false, kNo, "there are no capacity providers here"},
};
constexpr Member kListVersionsMembers[] = {kNameMember, kMarkerMember, kMaxItemsMember};
constexpr Member kCreateAliasMembers[] = {
    kPlainNameMember,
    {"Name", &kAliasName, true},
    {"FunctionVersion", &kVersion, true},
    {"Description", &kDescription},
    {"RoutingConfig", &kRouting},
};
constexpr Member kAliasNameMember{"Name", &kAliasName, true, kExact, {}, In::Path};
constexpr Member kUpdateAliasMembers[] = {
    kPlainNameMember,
    kAliasNameMember,
    {"FunctionVersion", &kVersion},
    {"Description", &kDescription},
    {"RoutingConfig", &kRouting},
    {"RevisionId", &aws::kString},
};
constexpr Member kAliasMembers[] = {kPlainNameMember, kAliasNameMember};
constexpr Member kListAliasesMembers[] = {
    kPlainNameMember,
    {"FunctionVersion", &kVersion, false, kExact, {}, In::Query},
    kMarkerMember,
    kMaxItemsMember,
};

constexpr std::string_view kTaggableNote =
    "functions, event source mappings and code signing configurations: capacity providers are not here";
constexpr Member kResourceMember{"Resource", &kTaggable, true, kLess, kTaggableNote, In::Path};
constexpr Member kTagMembers[] = {kResourceMember, {"Tags", &aws::kStringMap, true}};
constexpr Member kUntagMembers[] = {
    kResourceMember,
    {"TagKeys", &aws::kStringList, true, kExact, {}, In::Query, "tagKeys"},
};
constexpr Member kListTagsMembers[] = {kResourceMember};

constexpr Member kPutConcurrencyMembers[] = {
    kPlainNameMember,
    {"ReservedConcurrentExecutions", &kReserved, true, kLess,
        "throttles as on AWS; beside it a function has at most ten environments on this computer. The "
        "reasons given for "
        "the rate of requests and for a burst were not seen of AWS"},
};
constexpr Member kConcurrencyMembers[] = {kPlainNameMember};
constexpr Member kPutProvisionedMembers[] = {
    kPlainNameMember,
    kNeededQualifierMember,
    {"ProvisionedConcurrentExecutions", &kProvisioned, true},
};
constexpr Member kProvisionedMembers[] = {kPlainNameMember, kNeededQualifierMember};
constexpr std::string_view kLoops[] = {"Terminate", "Allow"};
constexpr Shape kLoop{.type = Type::String, .values = kLoops};
constexpr Member kPutRecursionMembers[] = {
    kPlainNameMember,
    {"RecursiveLoop", &kLoop, true, kLess,
        "loops through Lambda, S3, SQS and SNS end after 16 runs; the error's text is not verified"},
};
constexpr Member kListProvisionedMembers[] = {kPlainNameMember, kMarkerMember, kSmallMaxItemsMember};

}

const Shape kPublishVersion{.members = kPublishVersionMembers};
const Shape kListVersionsByFunction{.members = kListVersionsMembers};
const Shape kCreateAlias{.members = kCreateAliasMembers};
const Shape kUpdateAlias{.members = kUpdateAliasMembers};
const Shape kAlias{.members = kAliasMembers};
const Shape kListAliases{.members = kListAliasesMembers};
const Shape kTagResource{.members = kTagMembers};
const Shape kUntagResource{.members = kUntagMembers};
const Shape kListTags{.members = kListTagsMembers};
const Shape kPutFunctionConcurrency{.members = kPutConcurrencyMembers};
const Shape kFunctionConcurrency{.members = kConcurrencyMembers};
const Shape kPutProvisionedConcurrency{.members = kPutProvisionedMembers};
const Shape kProvisionedConcurrency{.members = kProvisionedMembers};
const Shape kListProvisionedConcurrency{.members = kListProvisionedMembers};
const Shape kNothing{};
const Shape kPutRecursion{.members = kPutRecursionMembers};
const Shape kPlainFunction{.members = kConcurrencyMembers};

}
