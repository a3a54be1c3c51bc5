#include "core/apigateway/usage_shapes.h"

#include "core/apigateway/shapes.h"

namespace core::apigateway {

using aws::Fidelity;
using aws::In;
using aws::kBlob;
using aws::kBoolean;
using aws::kDouble;
using aws::kInteger;
using aws::kString;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr Member kPosition{.name = "position", .shape = &kString, .in = In::Query};
constexpr Member kLimit{.name = "limit", .shape = &kInteger, .in = In::Query};
constexpr Member kNameQuery{.name = "nameQuery", .shape = &kString, .in = In::Query, .wireName = "name"};
constexpr Member kPatch{"patchOperations", &kPatchOperationsShape};
constexpr Member kApiKey{.name = "apiKey", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kUsagePlanId{.name = "usagePlanId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kKeyId{.name = "keyId", .shape = &kString, .required = true, .in = In::Path};

constexpr Member kStageKeyMembers[] = {{"restApiId", &kString}, {"stageName", &kString}};
constexpr Shape kStageKey{.type = Type::Structure, .members = kStageKeyMembers};
constexpr Shape kStageKeys{.type = Type::List, .element = &kStageKey};

constexpr Member kPatchAccountMembers[] = {
    {"patchOperations", &kPatchOperationsShape, false, Fidelity::Simplified,
        "the role of /cloudwatchRoleArn is kept and shown; whether it may write logs is not checked"},
};

constexpr Member kPutAccountThrottleMembers[] = {
    {"rateLimit", &kDouble, true},
    {"burstLimit", &kInteger, true},
};

constexpr Member kCreateApiKeyMembers[] = {
    {"name", &kString},
    {"description", &kString},
    {"enabled", &kBoolean},
    {"generateDistinctId", &kBoolean, false, Fidelity::Simplified,
        "deprecated by AWS; every key has an id of its own"},
    {"value", &kString},
    {"stageKeys", &kStageKeys, false, Fidelity::Simplified,
        "kept and shown; what opens stages are usage plans, as in AWS's accounts that have the feature"},
    {"customerId", &kString},
    {"tags", &kStringMap},
};

constexpr std::string_view kFormats[] = {"csv"};
constexpr Shape kFormat{.type = Type::String, .values = kFormats};
constexpr Member kImportMembers[] = {
    {.name = "body",
        .shape = &kBlob,
        .fidelity = Fidelity::Simplified,
        .note = "errors and warnings of the file are worded by Cloud Chamber",
        .in = In::Payload},
    {.name = "format", .shape = &kFormat, .required = true, .in = In::Query},
    {.name = "failOnWarnings", .shape = &kBoolean, .in = In::Query, .wireName = "failonwarnings"},
};

constexpr Member kGetApiKeysMembers[] = {
    kPosition,
    kLimit,
    kNameQuery,
    {.name = "customerId", .shape = &kString, .in = In::Query},
    {.name = "includeValues", .shape = &kBoolean, .in = In::Query},
};

constexpr Member kGetApiKeyMembers[] = {
    kApiKey,
    {.name = "includeValue", .shape = &kBoolean, .in = In::Query},
};

constexpr Member kApiKeyMembers[] = {kApiKey};
constexpr Member kPatchApiKeyMembers[] = {kApiKey, kPatch};

constexpr Member kThrottleMembers[] = {{"burstLimit", &kInteger}, {"rateLimit", &kDouble}};
constexpr Shape kThrottle{.type = Type::Structure, .members = kThrottleMembers};
constexpr Shape kThrottleMap{.type = Type::Map, .element = &kThrottle, .key = &kString};
constexpr Member kApiStageMembers[] = {{"apiId", &kString}, {"stage", &kString}, {"throttle", &kThrottleMap}};
constexpr Shape kApiStage{.type = Type::Structure, .members = kApiStageMembers};
constexpr Shape kApiStages{.type = Type::List, .element = &kApiStage};
constexpr std::string_view kPeriods[] = {"DAY", "WEEK", "MONTH"};
constexpr Shape kPeriod{.type = Type::String, .values = kPeriods};
constexpr Member kQuotaMembers[] = {
    {"limit", &kInteger},
    {"offset", &kInteger, false, Fidelity::Simplified,
        "days by which a period begins after Sunday or the first (unverified)"},
    {"period", &kPeriod},
};
constexpr Shape kQuota{.type = Type::Structure, .members = kQuotaMembers};

constexpr Member kCreateUsagePlanMembers[] = {
    {"name", &kString, true},
    {"description", &kString},
    {"apiStages", &kApiStages},
    {"throttle", &kThrottle},
    {"quota", &kQuota},
    {"tags", &kStringMap},
};

constexpr Member kGetUsagePlansMembers[] = {
    kPosition,
    {.name = "keyId", .shape = &kString, .in = In::Query},
    kLimit,
};

constexpr Member kUsagePlanMembers[] = {kUsagePlanId};
constexpr Member kPatchUsagePlanMembers[] = {
    kUsagePlanId,
    {"patchOperations", &kPatchOperationsShape, false, Fidelity::Simplified,
        "productCode is kept and shown; words for values that are refused are unverified"},
};

constexpr Member kCreateUsagePlanKeyMembers[] = {
    kUsagePlanId,
    {"keyId", &kString, true, Fidelity::Simplified,
        "words for a key that is in the plan or reaches its stages by another are unverified"},
    {"keyType", &kString, true},
};

constexpr Member kGetUsagePlanKeysMembers[] = {kUsagePlanId, kPosition, kLimit, kNameQuery};
constexpr Member kUsagePlanKeyMembers[] = {kUsagePlanId, kKeyId};

constexpr Member kGetUsageMembers[] = {
    kUsagePlanId,
    {.name = "keyId", .shape = &kString, .in = In::Query},
    {.name = "startDate", .shape = &kString, .required = true, .in = In::Query},
    {.name = "endDate", .shape = &kString, .required = true, .in = In::Query},
    kPosition,
    kLimit,
};

constexpr Member kPatchUsageMembers[] = {kUsagePlanId, kKeyId, kPatch};

}

constexpr Shape kNoInputShape{.type = Type::Structure};
constexpr Shape kPatchAccountShape{.type = Type::Structure, .members = kPatchAccountMembers};
constexpr Shape kPutAccountThrottleShape{.type = Type::Structure, .members = kPutAccountThrottleMembers};
constexpr Shape kCreateApiKeyShape{.type = Type::Structure, .members = kCreateApiKeyMembers};
constexpr Shape kImportApiKeysShape{.type = Type::Structure, .members = kImportMembers};
constexpr Shape kGetApiKeysShape{.type = Type::Structure, .members = kGetApiKeysMembers};
constexpr Shape kGetApiKeyShape{.type = Type::Structure, .members = kGetApiKeyMembers};
constexpr Shape kApiKeyShape{.type = Type::Structure, .members = kApiKeyMembers};
constexpr Shape kPatchApiKeyShape{.type = Type::Structure, .members = kPatchApiKeyMembers};
constexpr Shape kCreateUsagePlanShape{.type = Type::Structure, .members = kCreateUsagePlanMembers};
constexpr Shape kGetUsagePlansShape{.type = Type::Structure, .members = kGetUsagePlansMembers};
constexpr Shape kUsagePlanShape{.type = Type::Structure, .members = kUsagePlanMembers};
constexpr Shape kPatchUsagePlanShape{.type = Type::Structure, .members = kPatchUsagePlanMembers};
constexpr Shape kCreateUsagePlanKeyShape{.type = Type::Structure, .members = kCreateUsagePlanKeyMembers};
constexpr Shape kGetUsagePlanKeysShape{.type = Type::Structure, .members = kGetUsagePlanKeysMembers};
constexpr Shape kUsagePlanKeyShape{.type = Type::Structure, .members = kUsagePlanKeyMembers};
constexpr Shape kGetUsageShape{.type = Type::Structure, .members = kGetUsageMembers};
constexpr Shape kPatchUsageShape{.type = Type::Structure, .members = kPatchUsageMembers};

}
