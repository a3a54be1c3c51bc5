#pragma once

#include "core/project/intrinsics.h"
#include "core/project/sam_import.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string_view>

namespace core::project {

// The authorizers of one HTTP API by their names in the template.
struct HttpApiAuth {
    struct Authorizer {
        std::string type; // JWT, CUSTOM
        std::string id;
        std::vector<std::string> scopes;
    };
    std::map<std::string, Authorizer> authorizers;
    std::string defaultAuthorizer; // "" for open routes
};

// What the importers of one template share. Lives as long as the import.
struct ImportContext {
    aws::Caller& caller;
    std::string region;
    std::string account = "000000000000";
    std::filesystem::path folder; // of the template
    std::string name; // of the application: the folder's
    ImportReport& report;
    std::map<std::string, HttpApiAuth> httpAuth = {}; // by API id

    Result<nlohmann::json> call(
        std::string_view service, std::string_view action, const nlohmann::json& input) const;
};

// A resource type that the importer reads. `properties` are patterns of the paths it understands: "A.B",
// "List[].X", "Map.*" for any key, "Any.**" for anything below. Whatever matches none is refused by name.
struct ResourceType {
    std::string_view name;
    std::span<const std::string_view> properties;
    // Creates the resource by the actions that an SDK would call; properties are resolved.
    Result<Created> (*create)(
        ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);
};

const ResourceType* findResourceType(std::string_view name);

// The first property of `value` that no pattern knows, as "A.B[0].C" with its JSON pointer; nothing when all
// are known.
struct UnknownProperty {
    std::string path;
    std::string pointer;
};
std::optional<UnknownProperty> firstUnknown(
    const nlohmann::json& value, std::span<const std::string_view> patterns);

Result<Created> createTable(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);
Result<Created> createBucket(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);
Result<Created> createBucketPolicy(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);
Result<Created> createQueue(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);
Result<Created> createFunction(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);
Result<Created> createApi(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);
Result<Created> createAccessControl(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);
Result<Created> createDistribution(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);

// Globals.Api takes the same properties as AWS::Serverless::Api.
std::span<const std::string_view> apiProperties();
inline constexpr const char* kImplicitApi = "ServerlessRestApi"; // SAM's name for it

// One route of an AWS::Serverless::Api: an Api event of a function.
struct ApiRoute {
    std::string apiId; // "" for the API that SAM adds itself
    std::string path;
    std::string method;
    std::string functionArn;
};
// Adds a resource, method and Lambda proxy integration for each route, and lets the API call the function.
Result<> addRoutes(ImportContext& context, const std::vector<ApiRoute>& routes);
// Its other events are httpRoutesOf's, addQueueEvents', addTopicEvents' and addSourceEvents'.
Result<std::vector<ApiRoute>> routesOf(
    const nlohmann::json& functionProperties, const std::string& functionArn);

// An event source mapping for each SQS event of a function.
Result<> addQueueEvents(
    ImportContext& context, const nlohmann::json& functionProperties, const std::string& functionArn);

// The first event type that is not read, in words.
std::optional<std::string> unknownEventType(const nlohmann::json& functionProperties);
// The first property of an event that its type does not have: an Api event has no ApiId.
std::optional<UnknownProperty> wrongEventProperty(const nlohmann::json& functionProperties);

// Loads a sample's seed/ folder: items by BatchWriteItem, objects by PutObject under the buckets' logical
// ids.
Result<> loadSeeds(const References& references, ImportContext& context, const ImportProgress& progress);

// A folder (or file) packed as a zip, in memory: what CreateFunction takes.
Result<std::string> zipped(const std::filesystem::path& path);
// A zip of one file.
Result<std::string> zippedText(const std::string& name, const std::string& text);

}
