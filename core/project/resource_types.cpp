#include "core/project/resource_types.h"

#include "core/base/text.h"
#include "core/project/beside_functions.h"
#include "core/project/function_settings.h"
#include "core/project/gateway_types.h"
#include "core/project/template.h"
#include "core/project/topic_types.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::project {

namespace {

using nlohmann::json;

constexpr auto kTableProperties = std::to_array<std::string_view>({
    "TableName",
    "BillingMode",
    "AttributeDefinitions[].AttributeName",
    "AttributeDefinitions[].AttributeType",
    "KeySchema[].AttributeName",
    "KeySchema[].KeyType",
    "ProvisionedThroughput.ReadCapacityUnits",
    "ProvisionedThroughput.WriteCapacityUnits",
    "GlobalSecondaryIndexes[].IndexName",
    "GlobalSecondaryIndexes[].KeySchema[].AttributeName",
    "GlobalSecondaryIndexes[].KeySchema[].KeyType",
    "GlobalSecondaryIndexes[].Projection.ProjectionType",
    "GlobalSecondaryIndexes[].Projection.NonKeyAttributes[]",
    "GlobalSecondaryIndexes[].ProvisionedThroughput.ReadCapacityUnits",
    "GlobalSecondaryIndexes[].ProvisionedThroughput.WriteCapacityUnits",
    "LocalSecondaryIndexes[].IndexName",
    "LocalSecondaryIndexes[].KeySchema[].AttributeName",
    "LocalSecondaryIndexes[].KeySchema[].KeyType",
    "LocalSecondaryIndexes[].Projection.ProjectionType",
    "LocalSecondaryIndexes[].Projection.NonKeyAttributes[]",
    "StreamSpecification.StreamViewType",
    "TimeToLiveSpecification.AttributeName",
    "TimeToLiveSpecification.Enabled",
    "DeletionProtectionEnabled",
    "TableClass",
    "Tags[].Key",
    "Tags[].Value",
});

constexpr auto kBucketProperties = std::to_array<std::string_view>({"BucketName"});
constexpr auto kBucketPolicyProperties = std::to_array<std::string_view>({"Bucket", "PolicyDocument.**"});

constexpr auto kQueueProperties = std::to_array<std::string_view>({
    "QueueName",
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "DelaySeconds",
    "FifoQueue",
    "FifoThroughputLimit",
    "KmsDataKeyReusePeriodSeconds",
    "KmsMasterKeyId",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "RedriveAllowPolicy.**",
    "RedrivePolicy.**",
    "SqsManagedSseEnabled",
    "VisibilityTimeout",
    "Tags[].Key",
    "Tags[].Value",
});

constexpr auto kApiProperties = std::to_array<std::string_view>({"Name", "StageName", "Description",
    "Variables.*", "TracingEnabled", "OpenApiVersion", "DefinitionBody.**", "BinaryMediaTypes[]",
    "Cors.AllowOrigin", "Cors.AllowHeaders", "Cors.AllowMethods", "Cors.MaxAge", "Cors.AllowCredentials"});

constexpr auto kAccessControlProperties = std::to_array<std::string_view>({
    "OriginAccessControlConfig.Name",
    "OriginAccessControlConfig.Description",
    "OriginAccessControlConfig.OriginAccessControlOriginType",
    "OriginAccessControlConfig.SigningBehavior",
    "OriginAccessControlConfig.SigningProtocol",
});

constexpr auto kDistributionProperties = std::to_array<std::string_view>({
    "DistributionConfig.Enabled",
    "DistributionConfig.Comment",
    "DistributionConfig.HttpVersion",
    "DistributionConfig.PriceClass",
    "DistributionConfig.DefaultRootObject",
    "DistributionConfig.Origins[].Id",
    "DistributionConfig.Origins[].DomainName",
    "DistributionConfig.Origins[].OriginPath",
    "DistributionConfig.Origins[].OriginAccessControlId",
    "DistributionConfig.Origins[].S3OriginConfig.OriginAccessIdentity",
    "DistributionConfig.Origins[].CustomOriginConfig.HTTPPort",
    "DistributionConfig.Origins[].CustomOriginConfig.HTTPSPort",
    "DistributionConfig.Origins[].CustomOriginConfig.OriginProtocolPolicy",
    "DistributionConfig.CacheBehaviors[].PathPattern",
    "DistributionConfig.CacheBehaviors[].TargetOriginId",
    "DistributionConfig.CacheBehaviors[].ViewerProtocolPolicy",
    "DistributionConfig.CacheBehaviors[].CachePolicyId",
    "DistributionConfig.CacheBehaviors[].OriginRequestPolicyId",
    "DistributionConfig.CacheBehaviors[].Compress",
    "DistributionConfig.CacheBehaviors[].AllowedMethods[]",
    "DistributionConfig.CacheBehaviors[].CachedMethods[]",
    "DistributionConfig.CacheBehaviors[].ForwardedValues.QueryString",
    "DistributionConfig.CacheBehaviors[].ForwardedValues.QueryStringCacheKeys[]",
    "DistributionConfig.CacheBehaviors[].ForwardedValues.Headers[]",
    "DistributionConfig.CacheBehaviors[].ForwardedValues.Cookies.Forward",
    "DistributionConfig.CacheBehaviors[].ForwardedValues.Cookies.WhitelistedNames[]",
    "DistributionConfig.CacheBehaviors[].MinTTL",
    "DistributionConfig.CacheBehaviors[].DefaultTTL",
    "DistributionConfig.CacheBehaviors[].MaxTTL",
    "DistributionConfig.DefaultCacheBehavior.TargetOriginId",
    "DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy",
    "DistributionConfig.DefaultCacheBehavior.CachePolicyId",
    "DistributionConfig.DefaultCacheBehavior.OriginRequestPolicyId",
    "DistributionConfig.DefaultCacheBehavior.Compress",
    "DistributionConfig.DefaultCacheBehavior.AllowedMethods[]",
    "DistributionConfig.DefaultCacheBehavior.CachedMethods[]",
    "DistributionConfig.DefaultCacheBehavior.ForwardedValues.QueryString",
    "DistributionConfig.DefaultCacheBehavior.ForwardedValues.QueryStringCacheKeys[]",
    "DistributionConfig.DefaultCacheBehavior.ForwardedValues.Headers[]",
    "DistributionConfig.DefaultCacheBehavior.ForwardedValues.Cookies.Forward",
    "DistributionConfig.DefaultCacheBehavior.ForwardedValues.Cookies.WhitelistedNames[]",
    "DistributionConfig.DefaultCacheBehavior.MinTTL",
    "DistributionConfig.DefaultCacheBehavior.DefaultTTL",
    "DistributionConfig.DefaultCacheBehavior.MaxTTL",
});

constexpr auto kTypes = std::to_array<ResourceType>({
    {"AWS::DynamoDB::Table", kTableProperties, createTable},
    {"AWS::S3::Bucket", kBucketProperties, createBucket},
    {"AWS::S3::BucketPolicy", kBucketPolicyProperties, createBucketPolicy},
    {"AWS::SQS::Queue", kQueueProperties, createQueue},
    {"AWS::Serverless::Api", kApiProperties, createApi},
    {"AWS::CloudFront::OriginAccessControl", kAccessControlProperties, createAccessControl},
    {"AWS::CloudFront::Distribution", kDistributionProperties, createDistribution},
});

// The names of a pattern; "[]" falls away, because paths leave out list indexes too.
std::vector<std::string> segments(std::string_view pattern)
{
    std::vector<std::string> result;
    for (auto part : split(pattern, '.')) {
        while (part.ends_with("[]"))
            part.remove_suffix(2);
        result.emplace_back(part);
    }
    return result;
}

enum class Fit { None, Inside, Whole };

// Compares the names of a path (list indexes left out) with a pattern's.
Fit fit(const std::vector<std::string>& path, std::string_view pattern)
{
    const auto wanted = segments(pattern);
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (i >= wanted.size())
            return Fit::None;
        if (wanted[i] == "**")
            return Fit::Whole;
        if (wanted[i] != "*" && wanted[i] != path[i])
            return Fit::None;
    }
    const bool whole =
        path.size() == wanted.size() || (path.size() + 1 == wanted.size() && wanted.back() == "**");
    return whole ? Fit::Whole : Fit::Inside;
}

Fit bestFit(const std::vector<std::string>& path, std::span<const std::string_view> patterns)
{
    auto best = Fit::None;
    for (const auto pattern : patterns) {
        if (const auto now = fit(path, pattern); now > best)
            best = now;
    }
    return best;
}

std::optional<UnknownProperty> walk(const json& value, std::vector<std::string>& path,
    const UnknownProperty& at, std::span<const std::string_view> patterns)
{
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const auto index = std::to_string(i);
            if (auto found =
                    walk(value[i], path, {at.path + "[" + index + "]", at.pointer + "/" + index}, patterns))
                return found;
        }
        return std::nullopt;
    }
    if (!value.is_object()
        || (value.size() == 1 && (value.contains("Ref") || value.begin().key().starts_with("Fn::"))))
        return std::nullopt;
    for (const auto& [key, entry] : value.items()) {
        const UnknownProperty here{at.path.empty() ? key : at.path + "." + key, at.pointer + "/" + key};
        path.push_back(key);
        const auto known = bestFit(path, patterns);
        if (known == Fit::None)
            return here;
        if (known == Fit::Inside) {
            if (auto found = walk(entry, path, here, patterns))
                return found;
        }
        path.pop_back();
    }
    return std::nullopt;
}

}

const ResourceType* findResourceType(std::string_view name)
{
    for (const auto& type : kTypes) {
        if (type.name == name)
            return &type;
    }
    static const ResourceType kFunction{"AWS::Serverless::Function", functionProperties(), createFunction};
    if (name == kFunction.name)
        return &kFunction;
    for (const auto& more : {gatewayTypes(), topicTypes(), typesBesideFunctions()}) {
        for (const auto& type : more) {
            if (type.name == name)
                return &type;
        }
    }
    return nullptr;
}

std::span<const std::string_view> apiProperties()
{
    return kApiProperties;
}

std::optional<UnknownProperty> firstUnknown(const json& value, std::span<const std::string_view> patterns)
{
    std::vector<std::string> path;
    return walk(value, path, {}, patterns);
}

}
