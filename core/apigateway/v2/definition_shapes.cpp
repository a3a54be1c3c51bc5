#include "core/apigateway/v2/definition_shapes.h"

namespace core::apigateway::v2 {

using aws::Fidelity;
using aws::In;
using aws::kBoolean;
using aws::kString;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr std::string_view kBasePaths[] = {"ignore", "prepend", "split"};
constexpr Shape kBasePath{.type = Type::String, .values = kBasePaths};
constexpr std::string_view kOutputTypes[] = {"YAML", "JSON"};
constexpr Shape kOutputType{.type = Type::String, .values = kOutputTypes};
constexpr std::string_view kExportVersions[] = {"1.0"};
constexpr Shape kExportVersion{.type = Type::String, .values = kExportVersions};

constexpr Member kApiId{.name = "apiId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kBasePathMember{.name = "basepath", .shape = &kBasePath, .in = In::Query};
constexpr Member kFailOnWarnings{.name = "failOnWarnings", .shape = &kBoolean, .in = In::Query};
constexpr Member kBody{"body", &kString, true, Fidelity::Simplified,
    "OpenAPI 3.0; the wording of errors, warnings and importInfo is unverified"};

constexpr Member kImportMembers[] = {kBasePathMember, kFailOnWarnings, kBody};
constexpr Member kReimportMembers[] = {kApiId, kBasePathMember, kFailOnWarnings, kBody};
constexpr Member kExportMembers[] = {
    kApiId,
    {.name = "specification", .shape = &kString, .required = true, .in = In::Path},
    {.name = "exportVersion", .shape = &kExportVersion, .in = In::Query},
    {.name = "includeExtensions", .shape = &kBoolean, .in = In::Query},
    {.name = "outputType", .shape = &kOutputType, .required = true, .in = In::Query},
    {.name = "stageName", .shape = &kString, .in = In::Query},
};
constexpr std::string_view kForms[] = {"page", "text"};
constexpr Shape kForm{.type = Type::String, .values = kForms};
constexpr Member kReferenceMembers[] = {
    kApiId,
    {.name = "stage", .shape = &kString, .in = In::Query},
    {.name = "form", .shape = &kForm, .in = In::Query},
};

}

constexpr Shape kImportApiShape{.type = Type::Structure, .members = kImportMembers};
constexpr Shape kReimportApiShape{.type = Type::Structure, .members = kReimportMembers};
constexpr Shape kExportApiShape{.type = Type::Structure, .members = kExportMembers};
constexpr Shape kReferenceShape{.type = Type::Structure, .members = kReferenceMembers};

}
