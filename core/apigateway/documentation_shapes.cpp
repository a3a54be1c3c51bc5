#include "core/apigateway/documentation_shapes.h"

#include "core/apigateway/shapes.h"

namespace core::apigateway {

using aws::Fidelity;
using aws::In;
using aws::kBlob;
using aws::kBoolean;
using aws::kInteger;
using aws::kString;
using aws::kStringList;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr std::string_view kModes[] = {"overwrite", "merge"};
constexpr Shape kMode{.type = Type::String, .values = kModes};
constexpr std::string_view kBasePaths[] = {"ignore", "prepend", "split"};
constexpr Shape kBasePath{.type = Type::String, .values = kBasePaths};
constexpr std::string_view kIgnorable[] = {"documentation"};
constexpr Shape kIgnore{.type = Type::String, .values = kIgnorable};
// In the order in which AWS was seen to list them.
constexpr std::string_view kPartTypes[] = {"RESPONSE_BODY", "RESPONSE", "METHOD", "MODEL", "AUTHORIZER",
    "RESPONSE_HEADER", "RESOURCE", "PATH_PARAMETER", "REQUEST_BODY", "QUERY_PARAMETER", "API",
    "REQUEST_HEADER"};
constexpr Shape kPartType{.type = Type::String, .values = kPartTypes};
constexpr Shape kPartStatus{.type = Type::String, .pattern = "([1-5]\\d\\d|\\*|\\s*)"};
constexpr std::string_view kLocationStatuses[] = {"DOCUMENTED", "UNDOCUMENTED"};
constexpr Shape kLocationStatus{.type = Type::String, .values = kLocationStatuses};
constexpr std::string_view kForms[] = {"page", "text"};
constexpr Shape kForm{.type = Type::String, .values = kForms};

constexpr Member kRestApiId{.name = "restApiId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kStageName{.name = "stageName", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kPartId{.name = "documentationPartId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kVersionInPath{
    .name = "documentationVersion", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kPosition{.name = "position", .shape = &kString, .in = In::Query};
constexpr Member kLimit{.name = "limit", .shape = &kInteger, .in = In::Query};
constexpr Member kPatch{"patchOperations", &kPatchOperationsShape};
constexpr Member kModeMember{.name = "mode", .shape = &kMode, .in = In::Query};
constexpr Member kFailOnWarnings{
    .name = "failOnWarnings", .shape = &kBoolean, .in = In::Query, .wireName = "failonwarnings"};
// SDKs spread the map over the query; in process it comes as it is.
constexpr Member kParameters{.name = "parameters", .shape = &kStringMap, .in = In::Query};
constexpr Member kBasePathMember{.name = "basepath", .shape = &kBasePath, .in = In::Query};
constexpr Member kIgnoreMember{.name = "ignore", .shape = &kIgnore, .in = In::Query};
constexpr Member kEndpointTypes{.name = "endpointConfigurationTypes",
    .shape = &kString,
    .fidelity = Fidelity::Simplified,
    .note = "kept and shown; every API is served at the chamber's endpoint",
    .in = In::Query};
constexpr Member kDefinition{.name = "body",
    .shape = &kBlob,
    .fidelity = Fidelity::Simplified,
    .note =
        "what OpenAPI says for people (summaries, types of parameters, examples) is kept in documentation "
        "parts; models keep OpenAPI's keywords and bodies are held against JSON Schema's alone",
    .in = In::Payload};

constexpr Member kImportRestApiMembers[] = {
    kFailOnWarnings,
    kParameters,
    kBasePathMember,
    kIgnoreMember,
    kEndpointTypes,
    kDefinition,
};

constexpr Member kPutRestApiMembers[] = {
    kRestApiId,
    kModeMember,
    kFailOnWarnings,
    kParameters,
    kBasePathMember,
    kIgnoreMember,
    kEndpointTypes,
    kDefinition,
};

constexpr Member kGetExportMembers[] = {
    kRestApiId,
    kStageName,
    {.name = "exportType", .shape = &kString, .required = true, .in = In::Path},
    kParameters,
    {.name = "extensions",
        .shape = &kStringList,
        .fidelity = Fidelity::Simplified,
        .note = "integrations, authorizers, apigateway and documentation; a stage without a documentation "
                "version exports the API's present parts",
        .in = In::Query},
    {.name = "accepts", .shape = &kString, .in = In::Header, .wireName = "Accept"},
};

constexpr Member kGetSdkMembers[] = {
    kRestApiId,
    kStageName,
    {.name = "sdkType", .shape = &kString, .required = true, .in = In::Path},
    kParameters,
};

constexpr Member kGetSdkTypeMembers[] = {
    {.name = "id", .shape = &kString, .required = true, .in = In::Path},
};

constexpr Member kGetApiDefinitionMembers[] = {
    kRestApiId,
    {.name = "exportType", .shape = &kString, .required = true, .in = In::Query},
    {.name = "extensions", .shape = &kStringList, .in = In::Query},
    {.name = "exact", .shape = &kBoolean, .in = In::Query},
    {.name = "accepts", .shape = &kString, .in = In::Header, .wireName = "Accept"},
};

constexpr Member kGetApiReferenceMembers[] = {
    kRestApiId,
    {.name = "stage", .shape = &kString, .in = In::Query},
    {.name = "form", .shape = &kForm, .in = In::Query},
};

constexpr Member kLocationMembers[] = {
    {"type", &kPartType, true},
    {"path", &kString},
    {"method", &kString},
    {"statusCode", &kPartStatus},
    {"name", &kString},
};
constexpr Shape kLocation{.type = Type::Structure, .members = kLocationMembers};

constexpr Member kCreatePartMembers[] = {
    kRestApiId,
    {"location", &kLocation, true},
    {"properties", &kString, true},
};

constexpr Member kGetPartsMembers[] = {
    kRestApiId,
    {.name = "type", .shape = &kPartType, .in = In::Query},
    {.name = "nameQuery", .shape = &kString, .in = In::Query, .wireName = "name"},
    {.name = "path", .shape = &kString, .in = In::Query},
    kPosition,
    kLimit,
    {.name = "locationStatus",
        .shape = &kLocationStatus,
        .fidelity = Fidelity::Simplified,
        .note = "DOCUMENTED; UNDOCUMENTED is refused",
        .in = In::Query},
};

constexpr Member kPartMembers[] = {kRestApiId, kPartId};
constexpr Member kPatchPartMembers[] = {kRestApiId, kPartId, kPatch};
constexpr Member kImportPartsMembers[] = {
    kRestApiId,
    kModeMember,
    kFailOnWarnings,
    {.name = "body", .shape = &kBlob, .in = In::Payload},
};

constexpr Member kCreateVersionMembers[] = {
    kRestApiId,
    {"documentationVersion", &kString, true},
    {"stageName", &kString},
    {"description", &kString},
};
constexpr Member kVersionMembers[] = {kRestApiId, kVersionInPath};
constexpr Member kPatchVersionMembers[] = {kRestApiId, kVersionInPath, kPatch};

}

constexpr Shape kImportRestApiShape{.type = Type::Structure, .members = kImportRestApiMembers};
constexpr Shape kPutRestApiShape{.type = Type::Structure, .members = kPutRestApiMembers};
constexpr Shape kGetExportShape{.type = Type::Structure, .members = kGetExportMembers};
constexpr Shape kGetSdkShape{.type = Type::Structure, .members = kGetSdkMembers};
constexpr Shape kGetSdkTypeShape{.type = Type::Structure, .members = kGetSdkTypeMembers};
constexpr Shape kGetApiDefinitionShape{.type = Type::Structure, .members = kGetApiDefinitionMembers};
constexpr Shape kGetApiReferenceShape{.type = Type::Structure, .members = kGetApiReferenceMembers};
constexpr Shape kCreateDocumentationPartShape{.type = Type::Structure, .members = kCreatePartMembers};
constexpr Shape kGetDocumentationPartsShape{.type = Type::Structure, .members = kGetPartsMembers};
constexpr Shape kDocumentationPartShape{.type = Type::Structure, .members = kPartMembers};
constexpr Shape kPatchDocumentationPartShape{.type = Type::Structure, .members = kPatchPartMembers};
constexpr Shape kImportDocumentationPartsShape{.type = Type::Structure, .members = kImportPartsMembers};
constexpr Shape kCreateDocumentationVersionShape{.type = Type::Structure, .members = kCreateVersionMembers};
constexpr Shape kDocumentationVersionShape{.type = Type::Structure, .members = kVersionMembers};
constexpr Shape kPatchDocumentationVersionShape{.type = Type::Structure, .members = kPatchVersionMembers};

}
