#include "core/lambda/shapes.h"

#include "core/lambda/shape_parts.h"

namespace core::lambda::shapes {

namespace {

using aws::Fidelity;
using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr std::string_view kPackageTypes[] = {"Zip", "Image"};
constexpr std::string_view kTracingModes[] = {"Active", "PassThrough"};
constexpr std::string_view kLogFormats[] = {"JSON", "Text"};
constexpr std::string_view kInvocationTypes[] = {"Event", "RequestResponse", "DryRun"};
constexpr std::string_view kLogTypes[] = {"None", "Tail"};
constexpr std::string_view kAllVersions[] = {"ALL"};

constexpr Shape kRole{
    .type = Type::String, .pattern = R"(arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+)"};
constexpr Shape kLayerArn{.type = Type::String,
    .min = 1,
    .max = 2048,
    .pattern =
        R"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))"};
constexpr Shape kLayerList{.type = Type::List, .element = &kLayerArn};
constexpr Shape kHandler{.type = Type::String, .max = 128, .pattern = R"([^\s]+)"};
constexpr Shape kTimeout{.type = Type::Integer, .min = 1, .max = 900};
constexpr Shape kMemory{.type = Type::Integer, .min = 128, .max = 10'240};
constexpr Shape kEphemeralSize{.type = Type::Integer, .min = 512, .max = 10'240};
constexpr Shape kPackageType{.type = Type::String, .values = kPackageTypes};
constexpr Shape kArchitectureList{.type = Type::List, .min = 1, .max = 1, .element = &kArchitecture};
constexpr Shape kTracingMode{.type = Type::String, .values = kTracingModes};
constexpr Shape kLogFormat{.type = Type::String, .values = kLogFormats};
constexpr Shape kLogGroup{.type = Type::String, .min = 1, .max = 512, .pattern = R"([\.\-_/#A-Za-z0-9]+)"};
constexpr Shape kVariableName{.type = Type::String, .pattern = R"([a-zA-Z]([a-zA-Z0-9_])+)"};
constexpr Shape kVariables{.type = Type::Map, .element = &aws::kString, .key = &kVariableName};
constexpr Shape kFunctionVersion{.type = Type::String, .values = kAllVersions};
constexpr Shape kInvocationType{.type = Type::String, .values = kInvocationTypes};
constexpr Shape kLogType{.type = Type::String, .values = kLogTypes};
constexpr Shape kPermittedAction{.type = Type::String, .pattern = R"((lambda:[*]|lambda:[a-zA-Z]+|[*]))"};
constexpr Shape kPrincipal{.type = Type::String, .pattern = R"([^\s]+)"};
constexpr Shape kSourceAccount{.type = Type::String, .max = 12, .pattern = R"(\d{12})"};
constexpr Shape kSourceArn{.type = Type::String,
    .pattern =
        R"(arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:([a-z]{2}(-gov)?(-iso[a-z]?)?-[a-z]+-\d{1})?:(\d{12})?:(.*))"};
constexpr Shape kEventSourceToken{
    .type = Type::String, .min = 0, .max = 256, .pattern = R"([a-zA-Z0-9._\-]+)"};

constexpr std::string_view kKeyNote = "kept and shown; nothing is encrypted";
constexpr Shape kKey{.type = Type::String, .pattern = R"((arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|())"};
constexpr std::string_view kNetworkNote =
    "kept and shown, with one VPC of the account and region; functions run in this computer's network; AWS's "
    "wording for subnets and groups that are none was not seen";
constexpr Shape kSubnetIds{.type = Type::List, .min = 0, .max = 16, .element = &aws::kString};
constexpr Shape kSecurityGroupIds{.type = Type::List, .min = 0, .max = 5, .element = &aws::kString};
constexpr Member kNetworkMembers[] = {{"SubnetIds", &kSubnetIds}, {"SecurityGroupIds", &kSecurityGroupIds},
    {"Ipv6AllowedForDualStack", &aws::kBoolean}};
constexpr Shape kNetwork{.members = kNetworkMembers};
constexpr std::string_view kFileSystemNote =
    "kept and shown; no file system is mounted; AWS's wording without a VpcConfig was not seen";
constexpr Shape kFileSystemArn{.type = Type::String,
    .min = 0,
    .max = 256,
    .pattern =
        R"(arn:aws[a-zA-Z-]*:elasticfilesystem:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\d{1}:\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40})"};
constexpr Shape kMountPath{.type = Type::String, .min = 0, .max = 160, .pattern = "/mnt/[a-zA-Z0-9-_.]+"};
constexpr Member kFileSystemMembers[] = {
    {"Arn", &kFileSystemArn, true}, {"LocalMountPath", &kMountPath, true}};
constexpr Shape kFileSystem{.members = kFileSystemMembers};
constexpr Shape kFileSystems{.type = Type::List, .min = 0, .max = 1, .element = &kFileSystem};

constexpr Member kCodeMembers[] = {
    {"ZipFile", &aws::kBlob},
    {"S3Bucket", &aws::kString},
    {"S3Key", &aws::kString},
    {"S3ObjectVersion", &aws::kString},
    {"ImageUri", &aws::kString, false, kNo, "container images do not run here"},
    {"SourceKMSKeyArn", &kKey, false, kLess, kKeyNote},
};
constexpr Shape kCode{.members = kCodeMembers};
constexpr Member kEnvironmentMembers[] = {{"Variables", &kVariables}};
constexpr Shape kEnvironment{.members = kEnvironmentMembers};
constexpr Member kTracingMembers[] = {{"Mode", &kTracingMode}};
constexpr Shape kTracing{.members = kTracingMembers};
constexpr Member kEphemeralMembers[] = {{"Size", &kEphemeralSize, true}};
constexpr Shape kEphemeral{.members = kEphemeralMembers};
constexpr std::string_view kApplicationLevels[] = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
constexpr Shape kApplicationLevel{.type = Type::String, .values = kApplicationLevels};
constexpr std::string_view kSystemLevels[] = {"DEBUG", "INFO", "WARN"};
constexpr Shape kSystemLevel{.type = Type::String, .values = kSystemLevels};
constexpr std::string_view kLevelNote = "with the format Text it is refused in words of ours";
constexpr Member kLoggingMembers[] = {
    {"LogFormat", &kLogFormat},
    {"ApplicationLogLevel", &kApplicationLevel, false, kLess, kLevelNote},
    {"SystemLogLevel", &kSystemLevel, false, kLess, kLevelNote},
    {"LogGroup", &kLogGroup},
};
constexpr Shape kLogging{.members = kLoggingMembers};

constexpr std::string_view kApplyOns[] = {"PublishedVersions", "None"};
constexpr Shape kApplyOn{.type = Type::String, .values = kApplyOns};
constexpr Member kSnapStartMembers[] = {{"ApplyOn", &kApplyOn}};
constexpr Shape kSnapStart{.members = kSnapStartMembers};
constexpr Shape kDeadLetterTarget{
    .type = Type::String, .pattern = R"((arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|())"};
constexpr Member kDeadLetterMembers[] = {{"TargetArn", &kDeadLetterTarget, false, kLess,
    "a standard queue or topic; AWS's wording for a queue that does not "
    "exist is not "
    "known"}};
constexpr Shape kDeadLetter{.members = kDeadLetterMembers};

constexpr std::string_view kSnapStartNote =
    "versions start as others do, run Python's hooks at each start and are told that they come from a "
    "snapshot; the wording for storage and file systems is not AWS's";
constexpr std::string_view kRuntimeNote =
    "served by the interpreter of its version where that is installed, else by another of its family; each "
    "cold start's track says by which; functions in Java, .NET and Ruby are kept and shown, and an "
    "invocation "
    "says that their runtime is not here";
constexpr std::string_view kMemoryNote =
    "held to by a look at all its processes' memory some times a second, and by a control group where the "
    "chamber may make one; pages of files and shared memory do not count; its part of the processor is a "
    "weight, AWS's quota where CHAMBER_LAMBDA_CPU is quota";
constexpr std::string_view kTracingNote =
    "Active makes a call a trace of X-Ray; none is left out by sampling. Every request leaves a track, so a "
    "function's "
    "trace header says Sampled=1 also without tracing, where AWS says 0";
constexpr std::string_view kEphemeralNote =
    "the size of /tmp where bubblewrap 0.7 or newer encloses functions, else kept and shown";
constexpr std::string_view kArchitectureNote = "kept and shown; functions run on this computer's processor";

constexpr Member kCreateFunctionMembers[] = {
    {"FunctionName", &kCreateName, true},
    {"Runtime", &aws::kString, false, kLess, kRuntimeNote},
    {"Role", &kRole, true, kLess, "kept and shown; functions run with the chamber's rights"},
    {"Handler", &kHandler},
    {"Code", &kCode, true},
    {"Description", &kDescription},
    {"Timeout", &kTimeout},
    {"MemorySize", &kMemory, false, kLess, kMemoryNote},
    {"Publish", &aws::kBoolean},
    {"PackageType", &kPackageType, false, kLess, "Zip; Image is refused"},
    {"Environment", &kEnvironment},
    {"TracingConfig", &kTracing, false, kLess, kTracingNote},
    {"Tags", &aws::kStringMap},
    {"Architectures", &kArchitectureList, false, kLess, kArchitectureNote},
    {"EphemeralStorage", &kEphemeral, false, kLess, kEphemeralNote},
    {"LoggingConfig", &kLogging},
    {"VpcConfig", &kNetwork, false, kLess, kNetworkNote},
    {"DeadLetterConfig", &kDeadLetter},
    {"KMSKeyArn", &kKey, false, kLess, kKeyNote},
    {"Layers", &kLayerList},
    {"FileSystemConfigs", &kFileSystems, false, kLess, kFileSystemNote},
    {"ImageConfig", &aws::kDocument, false, kNo},
    {"CodeSigningConfigArn", &aws::kString, false, kLess, "kept; signatures are not looked at"},
    {"SnapStart", &kSnapStart, false, kLess, kSnapStartNote},
    {"TenancyConfig", &aws::kDocument, false, kNo},
    {"CapacityProviderConfig", &aws::kDocument, false, kNo},
    {"DurableConfig", &aws::kDocument, false, kNo},
    {"PublishTo", &aws::kString, false, kNo},
};
constexpr Member kUpdateFunctionCodeMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"ZipFile", &aws::kBlob},
    {"S3Bucket", &aws::kString},
    {"S3Key", &aws::kString},
    {"DryRun", &aws::kBoolean},
    {"RevisionId", &aws::kString},
    {"Architectures", &kArchitectureList, false, kLess, kArchitectureNote},
    {"Publish", &aws::kBoolean},
    {"S3ObjectVersion", &aws::kString},
    {"ImageUri", &aws::kString, false, kNo, "container images do not run here"},
    {"SourceKMSKeyArn", &kKey, false, kLess, kKeyNote},
    {"PublishTo", &aws::kString, false, kNo},
};
constexpr Member kUpdateFunctionConfigurationMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"Runtime", &aws::kString, false, kLess, kRuntimeNote},
    {"Role", &kRole},
    {"Handler", &kHandler},
    {"Description", &kDescription},
    {"Timeout", &kTimeout},
    {"MemorySize", &kMemory, false, kLess, kMemoryNote},
    {"Environment", &kEnvironment},
    {"TracingConfig", &kTracing, false, kLess, kTracingNote},
    {"EphemeralStorage", &kEphemeral, false, kLess, kEphemeralNote},
    {"LoggingConfig", &kLogging},
    {"RevisionId", &aws::kString},
    {"VpcConfig", &kNetwork, false, kLess, kNetworkNote},
    {"DeadLetterConfig", &kDeadLetter},
    {"KMSKeyArn", &kKey, false, kLess, kKeyNote},
    {"Layers", &kLayerList},
    {"FileSystemConfigs", &kFileSystems, false, kLess, kFileSystemNote},
    {"ImageConfig", &aws::kDocument, false, kNo},
    {"SnapStart", &kSnapStart, false, kLess, kSnapStartNote},
    {"CapacityProviderConfig", &aws::kDocument, false, kNo},
    {"DurableConfig", &aws::kDocument, false, kNo},
};
constexpr Member kGetFunctionMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"Qualifier", &kQualifier, false, Fidelity::Exact, {}, In::Query},
};
constexpr Member kDeleteFunctionMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"Qualifier", &kQualifier, false, kLess,
        "a version that an alias points to stays; AWS's wording for that was not seen", In::Query},
};
constexpr Member kListFunctionsMembers[] = {
    {"Marker", &aws::kString, false, Fidelity::Exact, {}, In::Query},
    {"MaxItems", &kPageSize, false, Fidelity::Exact, {}, In::Query},
    {"FunctionVersion", &kFunctionVersion, false, Fidelity::Exact, {}, In::Query},
    {"MasterRegion", &aws::kString, false, kNo, {}, In::Query},
};
constexpr Member kInvokeMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"InvocationType", &kInvocationType, false, Fidelity::Exact, {}, In::Header, "X-Amz-Invocation-Type"},
    {"LogType", &kLogType, false, Fidelity::Exact, {}, In::Header, "X-Amz-Log-Type"},
    {"ClientContext", &aws::kString, false, Fidelity::Exact, {}, In::Header, "X-Amz-Client-Context"},
    {"DurableExecutionName", &aws::kString, false, kNo, {}, In::Header, "X-Amz-Durable-Execution-Name"},
    {"TenantId", &aws::kString, false, kNo, {}, In::Header, "X-Amz-Tenant-Id"},
    {"Payload", &aws::kBlob, false, Fidelity::Exact, {}, In::Payload},
    {"Qualifier", &kQualifier, false, Fidelity::Exact, {}, In::Query},
    {"InvokingService", &aws::kString, false, Fidelity::Exact, "our own: how services of the chamber call",
        In::Header, "X-Chamber-Invoking-Service"},
    {"InvokingArn", &aws::kString, false, Fidelity::Exact, "our own, beside InvokingService", In::Header,
        "X-Chamber-Invoking-Arn"},
};
constexpr std::string_view kStreamTypes[] = {"RequestResponse", "DryRun"};
constexpr Shape kStreamType{.type = Type::String, .values = kStreamTypes};
constexpr Member kInvokeStreamMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"InvocationType", &kStreamType, false, Fidelity::Exact, {}, In::Header, "X-Amz-Invocation-Type"},
    {"LogType", &kLogType, false, Fidelity::Exact, {}, In::Header, "X-Amz-Log-Type"},
    {"ClientContext", &aws::kString, false, Fidelity::Exact, {}, In::Header, "X-Amz-Client-Context"},
    {"TenantId", &aws::kString, false, kNo, {}, In::Header, "X-Amz-Tenant-Id"},
    {"Payload", &aws::kBlob, false, Fidelity::Exact, {}, In::Payload},
    {"Qualifier", &kQualifier, false, Fidelity::Exact, {}, In::Query},
    {"InvokingService", &aws::kString, false, Fidelity::Exact, "our own: how services of the chamber call",
        In::Header, "X-Chamber-Invoking-Service"},
    {"InvokingArn", &aws::kString, false, Fidelity::Exact, "our own, beside InvokingService", In::Header,
        "X-Chamber-Invoking-Arn"},
};
constexpr std::string_view kPolicyNote =
    "asked for calls of function URLs; API Gateway may call without it unless CHAMBER_LAMBDA_PERMISSIONS is "
    "enforce, and its absence is on the track; other services of the chamber may";
constexpr Member kAddPermissionMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"StatementId", &kStatementId, true, kLess, kPolicyNote},
    {"Action", &kPermittedAction, true},
    {"Principal", &kPrincipal, true},
    {"SourceArn", &kSourceArn},
    {"SourceAccount", &kSourceAccount},
    {"EventSourceToken", &kEventSourceToken},
    {"PrincipalOrgID", &kOrganisation},
    {"FunctionUrlAuthType", &kUrlAuthType},
    {"RevisionId", &aws::kString},
    {"InvokedViaFunctionUrl", &aws::kBoolean},
    {"Qualifier", &kQualifier, false, Fidelity::Exact, {}, In::Query},
};
constexpr Member kRemovePermissionMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"StatementId", &kStatementId, true, Fidelity::Exact, {}, In::Path},
    {"Qualifier", &kQualifier, false, Fidelity::Exact, {}, In::Query},
    {"RevisionId", &aws::kString, false, Fidelity::Exact, {}, In::Query},
};

constexpr Member kOwnFunctionMembers[] = {{"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path}};
constexpr Member kOwnFileMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"Path", &aws::kString, true, Fidelity::Exact, {}, In::Path},
};
constexpr Member kOwnWriteFileMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"Path", &aws::kString, true, Fidelity::Exact, {}, In::Path},
    {"Content", &aws::kString, true},
};
constexpr Member kOwnRenameFileMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"Path", &aws::kString, true, Fidelity::Exact, {}, In::Path},
    {"To", &aws::kString, true},
};
constexpr Member kOwnPackageMembers[] = {
    {"FunctionName", &kName, true, Fidelity::Exact, {}, In::Path},
    {"Region", &aws::kString, false, Fidelity::Exact, {}, In::Query},
    {"Qualifier", &kQualifier, false, Fidelity::Exact, {}, In::Query},
};

}

const Shape kCreateFunction{.members = kCreateFunctionMembers};
const Shape kUpdateFunctionCode{.members = kUpdateFunctionCodeMembers};
const Shape kUpdateFunctionConfiguration{.members = kUpdateFunctionConfigurationMembers};
const Shape kGetFunction{.members = kGetFunctionMembers};
const Shape kListFunctions{.members = kListFunctionsMembers};
const Shape kDeleteFunction{.members = kDeleteFunctionMembers};
const Shape kInvoke{.members = kInvokeMembers};
const Shape kInvokeStream{.members = kInvokeStreamMembers};
const Shape kAddPermission{.members = kAddPermissionMembers};
const Shape kRemovePermission{.members = kRemovePermissionMembers};
const Shape kGetPolicy{.members = kGetFunctionMembers};
const Shape kOwnFunction{.members = kOwnFunctionMembers};
const Shape kOwnFile{.members = kOwnFileMembers};
const Shape kOwnWriteFile{.members = kOwnWriteFileMembers};
const Shape kOwnRenameFile{.members = kOwnRenameFileMembers};
const Shape kOwnPackage{.members = kOwnPackageMembers};

}
