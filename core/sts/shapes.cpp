#include "core/sts/shapes.h"

namespace core::sts::shapes {

namespace {

using aws::kInteger;
using aws::kString;
using aws::kTimestamp;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = aws::Fidelity::Unsupported;
constexpr auto kLess = aws::Fidelity::Simplified;

constexpr std::string_view kNoRights =
    "its form is checked; there is no IAM, so it takes away no right and makes no room";
constexpr std::string_view kNoDevices = "there are no multi-factor devices: any is taken";
constexpr std::string_view kNotKept = "session tags are checked and kept nowhere";

constexpr Shape kRoleArn{.type = Type::String, .min = 20, .max = 2048};
constexpr Shape kSessionName{.type = Type::String, .min = 2, .max = 64, .pattern = R"([\w+=,.@-]*)"};
constexpr Shape kPolicy{.type = Type::String, .min = 1};
constexpr Shape kShortPolicy{.type = Type::String, .min = 1, .max = 2048};
constexpr Shape kDuration{.type = Type::Integer, .min = 900, .max = 43'200};
constexpr Shape kLongDuration{.type = Type::Integer, .min = 900, .max = 129'600};
constexpr Shape kExternalId{.type = Type::String, .min = 2, .max = 1224, .pattern = R"([\w+=,.@:\/-]*)"};
constexpr Shape kDevice{.type = Type::String, .min = 9, .max = 256, .pattern = R"([\w+=/:,.@-]*)"};
constexpr Shape kCode{.type = Type::String, .min = 6, .max = 6, .pattern = R"([\d]*)"};
constexpr Shape kTagValue{.type = Type::String, .min = 0, .max = 256};
constexpr Shape kTagKeyText{.type = Type::String, .min = 1, .max = 128};

constexpr Member kPolicyArnMembers[] = {{"arn", &kRoleArn}};
constexpr Shape kPolicyArn{.members = kPolicyArnMembers};
constexpr Shape kPolicyArns{.type = Type::List, .max = 10, .element = &kPolicyArn};
constexpr Member kTagMembers[] = {{"Key", &kTagKeyText, true}, {"Value", &kTagValue, true}};
constexpr Shape kTag{.members = kTagMembers};
constexpr Shape kTags{.type = Type::List, .max = 50, .element = &kTag};
constexpr Shape kTagKeys{.type = Type::List, .max = 50, .element = &kTagKeyText};
constexpr Member kContextMembers[] = {{"ProviderArn", &kString}, {"ContextAssertion", &kString}};
constexpr Shape kContext{.members = kContextMembers};
constexpr Shape kContexts{.type = Type::List, .min = 1, .max = 5, .element = &kContext};

constexpr Member kAssumeRoleMembers[] = {
    {"RoleArn", &kRoleArn, true, kLess,
        "there is no IAM: every role may be assumed, whether anybody made it"},
    {"RoleSessionName", &kSessionName, true},
    {"PolicyArns", &kPolicyArns, false, kLess, kNoRights},
    {"Policy", &kPolicy, false, kLess, kNoRights},
    {"DurationSeconds", &kDuration, false, kLess, "no role has a shorter limit of its own than twelve hours"},
    {"Tags", &kTags, false, kLess, kNotKept},
    {"TransitiveTagKeys", &kTagKeys, false, kLess, kNotKept},
    {"ExternalId", &kExternalId, false, kLess, "there is no trust policy to hold it against"},
    {"SerialNumber", &kDevice, false, kLess, kNoDevices},
    {"TokenCode", &kCode, false, kLess, kNoDevices},
    {"SourceIdentity", &kSessionName},
    {"ProvidedContexts", &kContexts, false, kNo, "there are no context providers"},
};

constexpr Shape kWebToken{.type = Type::String, .min = 4, .max = 20'000};
constexpr Shape kProviderId{.type = Type::String, .min = 4, .max = 2048};
constexpr Member kWebIdentityMembers[] = {
    {"RoleArn", &kRoleArn, true, kLess,
        "there is no IAM: every role may be assumed, whether anybody made it"},
    {"RoleSessionName", &kSessionName, true},
    {"WebIdentityToken", &kWebToken, true, kLess,
        "a JWT, whose claims and expiry count; there are no identity providers, so its signature is not "
        "looked at"},
    {"ProviderId", &kProviderId, false, kNo, "tokens of OAuth 2.0 are asked of their providers"},
    {"PolicyArns", &kPolicyArns, false, kLess, kNoRights},
    {"Policy", &kShortPolicy, false, kLess, kNoRights},
    {"DurationSeconds", &kDuration, false, kLess, "no role has a shorter limit of its own than twelve hours"},
};

constexpr Shape kAccessKey{.type = Type::String, .min = 16, .max = 128, .pattern = R"([\w]*)"};
constexpr Member kAccessKeyMembers[] = {{"AccessKeyId", &kAccessKey, true, kLess,
    "the account that the id's form names; another id is one of the account 000000000000"}};

constexpr Shape kFederatedName{.type = Type::String, .min = 2, .max = 32, .pattern = R"([\w+=,.@-]*)"};
constexpr Member kFederationMembers[] = {
    {"Name", &kFederatedName, true},
    {"Policy", &kShortPolicy, false, kLess, kNoRights},
    {"PolicyArns", &kPolicyArns, false, kLess, kNoRights},
    {"DurationSeconds", &kLongDuration},
    {"Tags", &kTags, false, kLess, kNotKept},
};

constexpr Member kSessionMembers[] = {
    {"DurationSeconds", &kLongDuration},
    {"SerialNumber", &kDevice, false, kLess, kNoDevices},
    {"TokenCode", &kCode, false, kLess, kNoDevices},
};

constexpr Member kIdentityMembers[] = {{"UserId", &kString}, {"Account", &kString}, {"Arn", &kString}};
constexpr Member kCredentialMembers[] = {{"AccessKeyId", &kString}, {"SecretAccessKey", &kString},
    {"SessionToken", &kString}, {"Expiration", &kTimestamp}};
constexpr Shape kCredentials{.members = kCredentialMembers};
constexpr Member kRoleUserMembers[] = {{"AssumedRoleId", &kString}, {"Arn", &kString}};
constexpr Shape kRoleUser{.members = kRoleUserMembers};
constexpr Member kFederatedMembers[] = {{"FederatedUserId", &kString}, {"Arn", &kString}};
constexpr Shape kFederated{.members = kFederatedMembers};
constexpr Member kAssumeRoleOutputMembers[] = {{"Credentials", &kCredentials},
    {"AssumedRoleUser", &kRoleUser}, {"PackedPolicySize", &kInteger}, {"SourceIdentity", &kString}};
constexpr Member kWebIdentityOutputMembers[] = {{"Credentials", &kCredentials},
    {"SubjectFromWebIdentityToken", &kString}, {"AssumedRoleUser", &kRoleUser},
    {"PackedPolicySize", &kInteger}, {"Provider", &kString}, {"Audience", &kString},
    {"SourceIdentity", &kString}};
constexpr Member kAccountMembers[] = {{"Account", &kString}};
constexpr Member kFederationOutputMembers[] = {
    {"Credentials", &kCredentials}, {"FederatedUser", &kFederated}, {"PackedPolicySize", &kInteger}};
constexpr Member kSessionOutputMembers[] = {{"Credentials", &kCredentials}};

}

const Shape kNothing{};
const Shape kAssumeRole{.members = kAssumeRoleMembers};
const Shape kAssumeRoleWithWebIdentity{.members = kWebIdentityMembers};
const Shape kGetAccessKeyInfo{.members = kAccessKeyMembers};
const Shape kGetFederationToken{.members = kFederationMembers};
const Shape kGetSessionToken{.members = kSessionMembers};
const Shape kCallerIdentityOutput{.members = kIdentityMembers};
const Shape kAssumeRoleOutput{.members = kAssumeRoleOutputMembers};
const Shape kWebIdentityOutput{.members = kWebIdentityOutputMembers};
const Shape kAccessKeyInfoOutput{.members = kAccountMembers};
const Shape kFederationOutput{.members = kFederationOutputMembers};
const Shape kSessionOutput{.members = kSessionOutputMembers};

}
