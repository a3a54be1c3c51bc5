#pragma once

#include "core/aws/shape.h"

#include <array>

// Shapes of CloudFront's API 2020-05-31, members in the order of its XML. Members marked Simplified are read
// and given back, and refused by name when they switch something on that is not emulated (see
// readDistribution). https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
namespace core::cdn::shapes {

using aws::Fidelity;
using aws::In;
using aws::kBoolean;
using aws::kInteger;
using aws::kLong;
using aws::kString;
using aws::kTimestamp;
using aws::Member;
using aws::Shape;
using aws::Type;

inline constexpr std::string_view kOffOnly = "kept; refused when it switches something on";
inline constexpr std::string_view kEcho = "kept and given back, without effect";

inline constexpr auto kProtocolPolicyValues =
    std::to_array<std::string_view>({"http-only", "match-viewer", "https-only"});
inline constexpr Shape kProtocolPolicy{.type = Type::String, .values = kProtocolPolicyValues};
inline constexpr auto kViewerPolicyValues =
    std::to_array<std::string_view>({"allow-all", "https-only", "redirect-to-https"});
inline constexpr Shape kViewerPolicy{.type = Type::String, .values = kViewerPolicyValues};
inline constexpr auto kMethodValues =
    std::to_array<std::string_view>({"GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "DELETE"});
inline constexpr Shape kMethod{.type = Type::String, .values = kMethodValues};
inline constexpr auto kPriceClassValues =
    std::to_array<std::string_view>({"PriceClass_100", "PriceClass_200", "PriceClass_All"});
inline constexpr Shape kPriceClass{.type = Type::String, .values = kPriceClassValues};
inline constexpr auto kHttpVersionValues =
    std::to_array<std::string_view>({"http1.1", "http2", "http3", "http2and3"});
inline constexpr Shape kHttpVersion{.type = Type::String, .values = kHttpVersionValues};
inline constexpr auto kForwardValues = std::to_array<std::string_view>({"none", "whitelist", "all"});
inline constexpr Shape kForward{.type = Type::String, .values = kForwardValues};
inline constexpr auto kOriginTypeValues =
    std::to_array<std::string_view>({"s3", "mediastore", "lambda", "mediapackagev2"});
inline constexpr Shape kOriginType{.type = Type::String, .values = kOriginTypeValues};
inline constexpr auto kSigningBehaviorValues =
    std::to_array<std::string_view>({"never", "always", "no-override"});
inline constexpr Shape kSigningBehavior{.type = Type::String, .values = kSigningBehaviorValues};
inline constexpr auto kSigningProtocolValues = std::to_array<std::string_view>({"sigv4"});
inline constexpr Shape kSigningProtocol{.type = Type::String, .values = kSigningProtocolValues};

inline constexpr Shape kCnameItems{.type = Type::List, .element = &kString, .elementName = "CNAME"};
inline constexpr auto kCnameListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kCnameItems}});
inline constexpr Shape kCnameList{.members = kCnameListMembers};
inline constexpr Shape kNameItems{.type = Type::List, .element = &kString, .elementName = "Name"};
inline constexpr auto kNameListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kNameItems}});
inline constexpr Shape kNameList{.members = kNameListMembers};
inline constexpr Shape kProtocolItems{.type = Type::List, .element = &kString, .elementName = "SslProtocol"};
inline constexpr auto kProtocolListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kProtocolItems}});
inline constexpr Shape kProtocolList{.members = kProtocolListMembers};
inline constexpr Shape kCachedMethodItems{.type = Type::List, .element = &kMethod, .elementName = "Method"};
inline constexpr auto kCachedMethodListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kCachedMethodItems}});
inline constexpr Shape kCachedMethodList{.members = kCachedMethodListMembers};
inline constexpr Shape kPathItems{.type = Type::List, .element = &kString, .elementName = "Path"};
inline constexpr auto kPathListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kPathItems}});
inline constexpr Shape kPathList{.members = kPathListMembers};
inline constexpr Shape kStatusCodeItems{
    .type = Type::List, .element = &kInteger, .elementName = "StatusCode"};
inline constexpr auto kStatusCodeListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kStatusCodeItems}});
inline constexpr Shape kStatusCodeList{.members = kStatusCodeListMembers};

inline constexpr auto kOriginHeaderMembers = std::to_array<Member>({
    {"HeaderName", &kString, true},
    {"HeaderValue", &kString, true},
});
inline constexpr Shape kOriginHeader{.members = kOriginHeaderMembers};

inline constexpr Shape kOriginHeaderItems{
    .type = Type::List, .element = &kOriginHeader, .elementName = "OriginCustomHeader"};
inline constexpr auto kOriginHeaderListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kOriginHeaderItems}});
inline constexpr Shape kOriginHeaderList{.members = kOriginHeaderListMembers};
inline constexpr auto kS3OriginMembers = std::to_array<Member>({
    {"OriginAccessIdentity", &kString, true, Fidelity::Simplified, kEcho},
});
inline constexpr Shape kS3Origin{.members = kS3OriginMembers};

inline constexpr auto kCustomOriginMembers = std::to_array<Member>({
    {"HTTPPort", &kInteger, true},
    {"HTTPSPort", &kInteger, true},
    {"OriginProtocolPolicy", &kProtocolPolicy, true},
    {"OriginSslProtocols", &kProtocolList, false, Fidelity::Simplified, kEcho},
    {"OriginReadTimeout", &kInteger, false, Fidelity::Simplified, kEcho},
    {"OriginKeepaliveTimeout", &kInteger, false, Fidelity::Simplified, kEcho},
});
inline constexpr Shape kCustomOrigin{.members = kCustomOriginMembers};

inline constexpr auto kOriginShieldMembers = std::to_array<Member>({
    {"Enabled", &kBoolean, true},
    {"OriginShieldRegion", &kString},
});
inline constexpr Shape kOriginShield{.members = kOriginShieldMembers};

inline constexpr auto kOriginMembers = std::to_array<Member>({
    {"Id", &kString, true},
    {"DomainName", &kString, true},
    {"OriginPath", &kString},
    {"CustomHeaders", &kOriginHeaderList},
    {"S3OriginConfig", &kS3Origin},
    {"CustomOriginConfig", &kCustomOrigin},
    {"ConnectionAttempts", &kInteger, false, Fidelity::Simplified, kEcho},
    {"ConnectionTimeout", &kInteger, false, Fidelity::Simplified, kEcho},
    {"OriginShield", &kOriginShield, false, Fidelity::Simplified, kOffOnly},
    {"OriginAccessControlId", &kString, false, Fidelity::Simplified, kEcho},
});
inline constexpr Shape kOrigin{.members = kOriginMembers};

inline constexpr Shape kOriginItems{.type = Type::List, .element = &kOrigin, .elementName = "Origin"};
inline constexpr auto kOriginListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kOriginItems}});
inline constexpr Shape kOriginList{.members = kOriginListMembers};
inline constexpr auto kGroupMemberMembers = std::to_array<Member>({
    {"OriginId", &kString, true},
});
inline constexpr Shape kGroupMember{.members = kGroupMemberMembers};

inline constexpr Shape kGroupMemberItems{
    .type = Type::List, .element = &kGroupMember, .elementName = "OriginGroupMember"};
inline constexpr auto kGroupMemberListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kGroupMemberItems}});
inline constexpr Shape kGroupMemberList{.members = kGroupMemberListMembers};
inline constexpr auto kFailoverMembers = std::to_array<Member>({
    {"StatusCodes", &kStatusCodeList, true},
});
inline constexpr Shape kFailover{.members = kFailoverMembers};

inline constexpr auto kOriginGroupMembers = std::to_array<Member>({
    {"Id", &kString, true},
    {"FailoverCriteria", &kFailover, true},
    {"Members", &kGroupMemberList, true},
});
inline constexpr Shape kOriginGroup{.members = kOriginGroupMembers};

inline constexpr Shape kOriginGroupItems{
    .type = Type::List, .element = &kOriginGroup, .elementName = "OriginGroup"};
inline constexpr auto kOriginGroupListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kOriginGroupItems}});
inline constexpr Shape kOriginGroupList{.members = kOriginGroupListMembers};
inline constexpr Shape kSignerItems{
    .type = Type::List, .element = &kString, .elementName = "AwsAccountNumber"};
inline constexpr Shape kKeyGroupItems{.type = Type::List, .element = &kString, .elementName = "KeyGroup"};
inline constexpr auto kSignersMembers = std::to_array<Member>({
    {"Enabled", &kBoolean, true},
    {"Quantity", &kInteger, true},
    {"Items", &kSignerItems},
});
inline constexpr Shape kSigners{.members = kSignersMembers};

inline constexpr auto kKeyGroupsMembers = std::to_array<Member>({
    {"Enabled", &kBoolean, true},
    {"Quantity", &kInteger, true},
    {"Items", &kKeyGroupItems},
});
inline constexpr Shape kKeyGroups{.members = kKeyGroupsMembers};

inline constexpr Shape kMethodItems{.type = Type::List, .element = &kMethod, .elementName = "Method"};
inline constexpr auto kMethodsMembers = std::to_array<Member>({
    {"Quantity", &kInteger, true},
    {"Items", &kMethodItems, true},
    {"CachedMethods", &kCachedMethodList},
});
inline constexpr Shape kMethods{.members = kMethodsMembers};

inline constexpr auto kLambdaAssociationMembers = std::to_array<Member>({
    {"LambdaFunctionARN", &kString, true},
    {"EventType", &kString, true},
    {"IncludeBody", &kBoolean},
});
inline constexpr Shape kLambdaAssociation{.members = kLambdaAssociationMembers};

inline constexpr Shape kLambdaAssociationItems{
    .type = Type::List, .element = &kLambdaAssociation, .elementName = "LambdaFunctionAssociation"};
inline constexpr auto kLambdaAssociationListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kLambdaAssociationItems}});
inline constexpr Shape kLambdaAssociationList{.members = kLambdaAssociationListMembers};
inline constexpr auto kFunctionAssociationMembers = std::to_array<Member>({
    {"FunctionARN", &kString, true},
    {"EventType", &kString, true},
});
inline constexpr Shape kFunctionAssociation{.members = kFunctionAssociationMembers};

inline constexpr Shape kFunctionAssociationItems{
    .type = Type::List, .element = &kFunctionAssociation, .elementName = "FunctionAssociation"};
inline constexpr auto kFunctionAssociationListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kFunctionAssociationItems}});
inline constexpr Shape kFunctionAssociationList{.members = kFunctionAssociationListMembers};
inline constexpr auto kCookiesMembers = std::to_array<Member>({
    {"Forward", &kForward, true},
    {"WhitelistedNames", &kNameList},
});
inline constexpr Shape kCookies{.members = kCookiesMembers};

inline constexpr auto kForwardedValuesMembers = std::to_array<Member>({
    {"QueryString", &kBoolean, true},
    {"Cookies", &kCookies, true},
    {"Headers", &kNameList},
    {"QueryStringCacheKeys", &kNameList},
});
inline constexpr Shape kForwardedValues{.members = kForwardedValuesMembers};

inline constexpr auto kDefaultBehaviorMembers = std::to_array<Member>({
    {"TargetOriginId", &kString, true},
    {"TrustedSigners", &kSigners, false, Fidelity::Simplified, kOffOnly},
    {"TrustedKeyGroups", &kKeyGroups, false, Fidelity::Simplified, kOffOnly},
    {"ViewerProtocolPolicy", &kViewerPolicy, true, Fidelity::Simplified,
        "viewers reach the chamber by http, whatever it says"},
    {"AllowedMethods", &kMethods},
    {"SmoothStreaming", &kBoolean, false, Fidelity::Simplified, kOffOnly},
    {"Compress", &kBoolean, false, Fidelity::Simplified,
        "Accept-Encoding joins the cache key; edges do not compress by themselves"},
    {"LambdaFunctionAssociations", &kLambdaAssociationList, false, Fidelity::Simplified, kOffOnly},
    {"FunctionAssociations", &kFunctionAssociationList, false, Fidelity::Simplified, kOffOnly},
    {"FieldLevelEncryptionId", &kString, false, Fidelity::Simplified, kOffOnly},
    {"RealtimeLogConfigArn", &kString, false, Fidelity::Simplified, kOffOnly},
    {"CachePolicyId", &kString, false, Fidelity::Simplified, "the managed policies"},
    {"OriginRequestPolicyId", &kString, false, Fidelity::Simplified, "the managed policies"},
    {"ResponseHeadersPolicyId", &kString, false, Fidelity::Simplified, kOffOnly},
    {"ForwardedValues", &kForwardedValues},
    {"MinTTL", &kLong},
    {"DefaultTTL", &kLong},
    {"MaxTTL", &kLong},
});
inline constexpr Shape kDefaultBehavior{.members = kDefaultBehaviorMembers};

inline constexpr auto kBehaviorMembers = std::to_array<Member>({
    {"PathPattern", &kString, true},
    {"TargetOriginId", &kString, true},
    {"TrustedSigners", &kSigners, false, Fidelity::Simplified, kOffOnly},
    {"TrustedKeyGroups", &kKeyGroups, false, Fidelity::Simplified, kOffOnly},
    {"ViewerProtocolPolicy", &kViewerPolicy, true, Fidelity::Simplified,
        "viewers reach the chamber by http, whatever it says"},
    {"AllowedMethods", &kMethods},
    {"SmoothStreaming", &kBoolean, false, Fidelity::Simplified, kOffOnly},
    {"Compress", &kBoolean, false, Fidelity::Simplified,
        "Accept-Encoding joins the cache key; edges do not compress by themselves"},
    {"LambdaFunctionAssociations", &kLambdaAssociationList, false, Fidelity::Simplified, kOffOnly},
    {"FunctionAssociations", &kFunctionAssociationList, false, Fidelity::Simplified, kOffOnly},
    {"FieldLevelEncryptionId", &kString, false, Fidelity::Simplified, kOffOnly},
    {"RealtimeLogConfigArn", &kString, false, Fidelity::Simplified, kOffOnly},
    {"CachePolicyId", &kString, false, Fidelity::Simplified, "the managed policies"},
    {"OriginRequestPolicyId", &kString, false, Fidelity::Simplified, "the managed policies"},
    {"ResponseHeadersPolicyId", &kString, false, Fidelity::Simplified, kOffOnly},
    {"ForwardedValues", &kForwardedValues},
    {"MinTTL", &kLong},
    {"DefaultTTL", &kLong},
    {"MaxTTL", &kLong},
});
inline constexpr Shape kBehavior{.members = kBehaviorMembers};

inline constexpr Shape kBehaviorItems{
    .type = Type::List, .element = &kBehavior, .elementName = "CacheBehavior"};
inline constexpr auto kBehaviorListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kBehaviorItems}});
inline constexpr Shape kBehaviorList{.members = kBehaviorListMembers};
inline constexpr auto kErrorResponseMembers = std::to_array<Member>({
    {"ErrorCode", &kInteger, true},
    {"ResponsePagePath", &kString, false, Fidelity::Simplified, kOffOnly},
    {"ResponseCode", &kString, false, Fidelity::Simplified, kOffOnly},
    {"ErrorCachingMinTTL", &kLong},
});
inline constexpr Shape kErrorResponse{.members = kErrorResponseMembers};

inline constexpr Shape kErrorResponseItems{
    .type = Type::List, .element = &kErrorResponse, .elementName = "CustomErrorResponse"};
inline constexpr auto kErrorResponseListMembers =
    std::to_array<Member>({{"Quantity", &kInteger, true}, {"Items", &kErrorResponseItems}});
inline constexpr Shape kErrorResponseList{.members = kErrorResponseListMembers};
inline constexpr auto kLoggingMembers = std::to_array<Member>({
    {"Enabled", &kBoolean, true},
    {"IncludeCookies", &kBoolean, true},
    {"Bucket", &kString, true},
    {"Prefix", &kString, true},
});
inline constexpr Shape kLogging{.members = kLoggingMembers};

inline constexpr auto kCertificateMembers = std::to_array<Member>({
    {"CloudFrontDefaultCertificate", &kBoolean},
    {"IAMCertificateId", &kString, false, Fidelity::Simplified, kEcho},
    {"ACMCertificateArn", &kString, false, Fidelity::Simplified, kEcho},
    {"SSLSupportMethod", &kString, false, Fidelity::Simplified, kEcho},
    {"MinimumProtocolVersion", &kString, false, Fidelity::Simplified, kEcho},
    {"Certificate", &kString, false, Fidelity::Simplified, kEcho},
    {"CertificateSource", &kString, false, Fidelity::Simplified, kEcho},
});
inline constexpr Shape kCertificate{.members = kCertificateMembers};

inline constexpr Shape kLocationItemsOfRestriction{
    .type = Type::List, .element = &kString, .elementName = "Location"};
inline constexpr auto kGeoRestrictionMembers = std::to_array<Member>({
    {"RestrictionType", &kString, true},
    {"Quantity", &kInteger, true},
    {"Items", &kLocationItemsOfRestriction},
});
inline constexpr Shape kGeoRestriction{.members = kGeoRestrictionMembers};

inline constexpr auto kRestrictionsMembers = std::to_array<Member>({
    {"GeoRestriction", &kGeoRestriction, true, Fidelity::Simplified, kOffOnly},
});
inline constexpr Shape kRestrictions{.members = kRestrictionsMembers};

inline constexpr auto kDistributionConfigMembers = std::to_array<Member>({
    {"CallerReference", &kString, true},
    {"Aliases", &kCnameList, false, Fidelity::Simplified, kOffOnly},
    {"DefaultRootObject", &kString},
    {"Origins", &kOriginList, true},
    {"OriginGroups", &kOriginGroupList, false, Fidelity::Simplified, kOffOnly},
    {"DefaultCacheBehavior", &kDefaultBehavior, true},
    {"CacheBehaviors", &kBehaviorList},
    {"CustomErrorResponses", &kErrorResponseList, false, Fidelity::Simplified, "ErrorCachingMinTTL alone"},
    {"Comment", &kString, true},
    {"Logging", &kLogging, false, Fidelity::Simplified, kOffOnly},
    {"PriceClass", &kPriceClass, false, Fidelity::Simplified, kEcho},
    {"Enabled", &kBoolean, true},
    {"ViewerCertificate", &kCertificate, false, Fidelity::Simplified, kEcho},
    {"Restrictions", &kRestrictions, false, Fidelity::Simplified, kOffOnly},
    {"WebACLId", &kString, false, Fidelity::Simplified, kOffOnly},
    {"HttpVersion", &kHttpVersion, false, Fidelity::Simplified, kEcho},
    {"IsIPV6Enabled", &kBoolean, false, Fidelity::Simplified, kEcho},
    {"ContinuousDeploymentPolicyId", &kString, false, Fidelity::Simplified, kOffOnly},
    {"Staging", &kBoolean, false, Fidelity::Simplified, kOffOnly},
});
inline constexpr Shape kDistributionConfig{.members = kDistributionConfigMembers};

// Requests

inline constexpr auto kCreateMembers = std::to_array<Member>({
    {"DistributionConfig", &kDistributionConfig, true, Fidelity::Exact, {}, In::Payload},
});
inline constexpr Shape kCreate{.members = kCreateMembers};

inline constexpr auto kIdMembers =
    std::to_array<Member>({{"Id", &kString, true, Fidelity::Exact, {}, In::Path}});
inline constexpr Shape kId{.members = kIdMembers};

inline constexpr auto kUpdateMembers = std::to_array<Member>({
    {"DistributionConfig", &kDistributionConfig, true, Fidelity::Exact, {}, In::Payload},
    {"Id", &kString, true, Fidelity::Exact, {}, In::Path},
    {"IfMatch", &kString, false, Fidelity::Exact, {}, In::Header, "If-Match"},
});
inline constexpr Shape kUpdate{.members = kUpdateMembers};

inline constexpr auto kDeleteMembers = std::to_array<Member>({
    {"Id", &kString, true, Fidelity::Exact, {}, In::Path},
    {"IfMatch", &kString, false, Fidelity::Exact, {}, In::Header, "If-Match"},
});
inline constexpr Shape kDelete{.members = kDeleteMembers};

inline constexpr auto kListMembers = std::to_array<Member>({
    {"Marker", &kString, false, Fidelity::Exact, {}, In::Query},
    {"MaxItems", &kInteger, false, Fidelity::Exact, {}, In::Query},
});
inline constexpr Shape kList{.members = kListMembers};

inline constexpr auto kBatchMembers =
    std::to_array<Member>({{"Paths", &kPathList, true}, {"CallerReference", &kString, true}});
inline constexpr Shape kBatch{.members = kBatchMembers};
inline constexpr auto kInvalidateMembers = std::to_array<Member>({
    {"DistributionId", &kString, true, Fidelity::Exact, {}, In::Path},
    {"InvalidationBatch", &kBatch, true, Fidelity::Exact, {}, In::Payload},
});
inline constexpr Shape kInvalidate{.members = kInvalidateMembers};
inline constexpr auto kGetInvalidationMembers = std::to_array<Member>({
    {"DistributionId", &kString, true, Fidelity::Exact, {}, In::Path},
    {"Id", &kString, true, Fidelity::Exact, {}, In::Path},
});
inline constexpr Shape kGetInvalidation{.members = kGetInvalidationMembers};
inline constexpr auto kListInvalidationsMembers = std::to_array<Member>({
    {"DistributionId", &kString, true, Fidelity::Exact, {}, In::Path},
    {"Marker", &kString, false, Fidelity::Exact, {}, In::Query},
    {"MaxItems", &kInteger, false, Fidelity::Exact, {}, In::Query},
});
inline constexpr Shape kListInvalidations{.members = kListInvalidationsMembers};

inline constexpr auto kAccessControlConfigMembers = std::to_array<Member>({
    {"Name", &kString, true},
    {"Description", &kString},
    {"SigningProtocol", &kSigningProtocol, true, Fidelity::Simplified, kEcho},
    {"SigningBehavior", &kSigningBehavior, true, Fidelity::Simplified, kEcho},
    {"OriginAccessControlOriginType", &kOriginType, true, Fidelity::Simplified, kEcho},
});
inline constexpr Shape kAccessControlConfig{.members = kAccessControlConfigMembers};
inline constexpr auto kCreateAccessControlMembers = std::to_array<Member>({
    {"OriginAccessControlConfig", &kAccessControlConfig, true, Fidelity::Exact, {}, In::Payload},
});
inline constexpr Shape kCreateAccessControl{.members = kCreateAccessControlMembers};

inline constexpr auto kEntriesMembers = std::to_array<Member>({
    {"Id", &kString, true, Fidelity::Exact, {}, In::Path},
    {"path", &kString, false, Fidelity::Exact, {}, In::Query},
});
inline constexpr Shape kEntries{.members = kEntriesMembers};

// Answers

inline constexpr auto kDistributionMembers = std::to_array<Member>({
    {"Id", &kString},
    {"ARN", &kString},
    {"Status", &kString},
    {"LastModifiedTime", &kString},
    {"InProgressInvalidationBatches", &kInteger},
    {"DomainName", &kString},
    {"ActiveTrustedSigners", &kSigners},
    {"ActiveTrustedKeyGroups", &kKeyGroups},
    {"DistributionConfig", &kDistributionConfig},
});
inline constexpr Shape kDistribution{.members = kDistributionMembers};

inline constexpr auto kDistributionAnswerMembers = std::to_array<Member>({
    {"Distribution", &kDistribution, false, Fidelity::Exact, {}, In::Payload},
    {"Location", &kString, false, Fidelity::Exact, {}, In::Header},
    {"ETag", &kString, false, Fidelity::Exact, {}, In::Header},
});
inline constexpr Shape kDistributionAnswer{.members = kDistributionAnswerMembers};

inline constexpr auto kConfigAnswerMembers = std::to_array<Member>({
    {"DistributionConfig", &kDistributionConfig, false, Fidelity::Exact, {}, In::Payload},
    {"ETag", &kString, false, Fidelity::Exact, {}, In::Header},
});
inline constexpr Shape kConfigAnswer{.members = kConfigAnswerMembers};

inline constexpr auto kSummaryMembers = std::to_array<Member>({
    {"Id", &kString},
    {"ARN", &kString},
    {"Status", &kString},
    {"LastModifiedTime", &kString},
    {"DomainName", &kString},
    {"Aliases", &kCnameList},
    {"Origins", &kOriginList},
    {"OriginGroups", &kOriginGroupList},
    {"DefaultCacheBehavior", &kDefaultBehavior},
    {"CacheBehaviors", &kBehaviorList},
    {"CustomErrorResponses", &kErrorResponseList},
    {"Comment", &kString},
    {"PriceClass", &kString},
    {"Enabled", &kBoolean},
    {"ViewerCertificate", &kCertificate},
    {"Restrictions", &kRestrictions},
    {"WebACLId", &kString},
    {"HttpVersion", &kString},
    {"IsIPV6Enabled", &kBoolean},
    {"Staging", &kBoolean},
});
inline constexpr Shape kSummary{.members = kSummaryMembers};

template <const Shape& Entry, const auto& Name>
inline constexpr Shape kPageItems{.type = Type::List, .element = &Entry, .elementName = Name};
inline constexpr std::string_view kSummaryName = "DistributionSummary";
inline constexpr std::string_view kInvalidationName = "InvalidationSummary";
inline constexpr std::string_view kAccessControlName = "OriginAccessControlSummary";
template <const Shape& Entry, const auto& Name>
inline constexpr auto kPageMembers = std::to_array<Member>({
    {"Marker", &kString},
    {"NextMarker", &kString},
    {"MaxItems", &kInteger},
    {"IsTruncated", &kBoolean},
    {"Quantity", &kInteger},
    {"Items", &kPageItems<Entry, Name>},
});
template <const Shape& Entry, const auto& Name>
inline constexpr Shape kPage{.members = kPageMembers<Entry, Name>};

inline constexpr auto kDistributionsAnswerMembers = std::to_array<Member>({
    {"DistributionList", &kPage<kSummary, kSummaryName>, false, Fidelity::Exact, {}, In::Payload},
});
inline constexpr Shape kDistributionsAnswer{.members = kDistributionsAnswerMembers};

inline constexpr auto kInvalidationMembers = std::to_array<Member>({
    {"Id", &kString},
    {"Status", &kString},
    {"CreateTime", &kString},
    {"InvalidationBatch", &kBatch},
});
inline constexpr Shape kInvalidation{.members = kInvalidationMembers};
inline constexpr auto kInvalidationAnswerMembers = std::to_array<Member>({
    {"Location", &kString, false, Fidelity::Exact, {}, In::Header},
    {"Invalidation", &kInvalidation, false, Fidelity::Exact, {}, In::Payload},
});
inline constexpr Shape kInvalidationAnswer{.members = kInvalidationAnswerMembers};
inline constexpr auto kInvalidationSummaryMembers =
    std::to_array<Member>({{"Id", &kString}, {"CreateTime", &kString}, {"Status", &kString}});
inline constexpr Shape kInvalidationSummary{.members = kInvalidationSummaryMembers};
inline constexpr auto kInvalidationsAnswerMembers = std::to_array<Member>({
    {"InvalidationList", &kPage<kInvalidationSummary, kInvalidationName>, false, Fidelity::Exact, {},
        In::Payload},
});
inline constexpr Shape kInvalidationsAnswer{.members = kInvalidationsAnswerMembers};

inline constexpr auto kAccessControlMembers =
    std::to_array<Member>({{"Id", &kString}, {"OriginAccessControlConfig", &kAccessControlConfig}});
inline constexpr Shape kAccessControl{.members = kAccessControlMembers};
inline constexpr auto kAccessControlAnswerMembers = std::to_array<Member>({
    {"OriginAccessControl", &kAccessControl, false, Fidelity::Exact, {}, In::Payload},
    {"Location", &kString, false, Fidelity::Exact, {}, In::Header},
    {"ETag", &kString, false, Fidelity::Exact, {}, In::Header},
});
inline constexpr Shape kAccessControlAnswer{.members = kAccessControlAnswerMembers};
inline constexpr auto kAccessControlSummaryMembers = std::to_array<Member>({
    {"Id", &kString},
    {"Description", &kString},
    {"Name", &kString},
    {"SigningProtocol", &kString},
    {"SigningBehavior", &kString},
    {"OriginAccessControlOriginType", &kString},
});
inline constexpr Shape kAccessControlSummary{.members = kAccessControlSummaryMembers};
inline constexpr auto kAccessControlsAnswerMembers = std::to_array<Member>({
    {"OriginAccessControlList", &kPage<kAccessControlSummary, kAccessControlName>, false, Fidelity::Exact, {},
        In::Payload},
});
inline constexpr Shape kAccessControlsAnswer{.members = kAccessControlsAnswerMembers};

}
