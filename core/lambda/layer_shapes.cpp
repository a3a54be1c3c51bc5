#include "core/lambda/shape_parts.h"
#include "core/lambda/shapes.h"

namespace core::lambda::shapes {

namespace {

using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Shape kLayerName{.type = Type::String,
    .min = 1,
    .max = 140,
    .pattern = R"((arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+)"};
constexpr Shape kLayerVersionArn{.type = Type::String,
    .min = 1,
    .max = 140,
    .pattern =
        R"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))"};
constexpr Shape kRuntimeList{.type = Type::List, .min = 0, .max = 15, .element = &aws::kString};
constexpr Shape kArchitectureList{.type = Type::List, .min = 0, .max = 2, .element = &kArchitecture};
constexpr Shape kLicense{.type = Type::String, .min = 0, .max = 512};
constexpr Shape kAction{.type = Type::String, .min = 0, .max = 22, .pattern = "lambda:GetLayerVersion"};
constexpr Shape kPrincipal{
    .type = Type::String, .pattern = R"(\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root)"};

constexpr Member kContentMembers[] = {
    {"ZipFile", &aws::kBlob},
    {"S3Bucket", &aws::kString},
    {"S3Key", &aws::kString},
    {"S3ObjectVersion", &aws::kString},
};
constexpr Shape kContent{.members = kContentMembers};

constexpr Member kLayerNameMember{"LayerName", &kLayerName, true, kExact, {}, In::Path};
constexpr Member kVersionMember{"VersionNumber", &aws::kLong, true, kExact, {}, In::Path};

constexpr std::string_view kMergedNote = "unpacked into one folder, later layers over earlier ones, on the "
                                         "runtimes' search paths (PYTHONPATH, NODE_PATH, "
                                         "PATH, LD_LIBRARY_PATH); the path /opt itself is the computer's";
constexpr Member kPublishMembers[] = {
    kLayerNameMember,
    {"Description", &kDescription},
    {"Content", &kContent, true, kLess, kMergedNote},
    {"CompatibleRuntimes", &kRuntimeList},
    {"LicenseInfo", &kLicense},
    {"CompatibleArchitectures", &kArchitectureList},
};
constexpr Member kVersionMembers[] = {kLayerNameMember, kVersionMember};
constexpr Member kByArnMembers[] = {
    {"Arn", &kLayerVersionArn, true, kExact, {}, In::Query},
};
constexpr Member kListMembers[] = {
    {"CompatibleRuntime", &aws::kString, false, kExact, {}, In::Query},
    {"CompatibleArchitecture", &kArchitecture, false, kExact, {}, In::Query},
    kMarkerMember,
    kSmallMaxItemsMember,
};
constexpr Member kListVersionsMembers[] = {
    kLayerNameMember,
    {"CompatibleRuntime", &aws::kString, false, kExact, {}, In::Query},
    {"CompatibleArchitecture", &kArchitecture, false, kExact, {}, In::Query},
    kMarkerMember,
    kSmallMaxItemsMember,
};
constexpr std::string_view kPolicyNote = "kept and shown; layers of another account do not exist here";
constexpr Member kAddPermissionMembers[] = {
    kLayerNameMember,
    kVersionMember,
    {"StatementId", &kStatementId, true, kLess, kPolicyNote},
    {"Action", &kAction, true},
    {"Principal", &kPrincipal, true},
    {"OrganizationId", &kOrganisation},
    {"RevisionId", &aws::kString, false, kExact, {}, In::Query},
};
constexpr Member kRemovePermissionMembers[] = {
    kLayerNameMember,
    kVersionMember,
    {"StatementId", &kStatementId, true, kExact, {}, In::Path},
    {"RevisionId", &aws::kString, false, kExact, {}, In::Query},
};
constexpr Member kPackageMembers[] = {
    kLayerNameMember,
    kVersionMember,
    {"Region", &aws::kString, false, kExact, {}, In::Query},
};

}

const Shape kPublishLayerVersion{.members = kPublishMembers};
const Shape kLayerVersion{.members = kVersionMembers};
const Shape kLayerVersionByArn{.members = kByArnMembers};
const Shape kListLayers{.members = kListMembers};
const Shape kListLayerVersions{.members = kListVersionsMembers};
const Shape kAddLayerPermission{.members = kAddPermissionMembers};
const Shape kRemoveLayerPermission{.members = kRemovePermissionMembers};
const Shape kLayerPackage{.members = kPackageMembers};

}
