#include "core/sts/actions.h"

#include "core/aws/policy.h"
#include "core/base/arn.h"
#include "core/sts/errors.h"
#include "core/sts/shapes.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::sts {

using nlohmann::json;

namespace {

using aws::Lane;
using Row = aws::ActionRow<StsService>;

constexpr std::size_t kRoom = 2048; // characters of session policies

constexpr Row row(std::string_view name, const aws::Shape& input, const aws::Shape& output,
    Result<Outcome> (*run)(StsService&, RequestContext&, Request&))
{
    return {{.name = name, .lane = Lane::Inline, .input = &input, .output = &output}, run};
}

const Row kRows[] = {
    row("GetCallerIdentity", shapes::kNothing, shapes::kCallerIdentityOutput, getCallerIdentity),
    row("GetAccessKeyInfo", shapes::kGetAccessKeyInfo, shapes::kAccessKeyInfoOutput, getAccessKeyInfo),
    row("GetSessionToken", shapes::kGetSessionToken, shapes::kSessionOutput, getSessionToken),
    row("GetFederationToken", shapes::kGetFederationToken, shapes::kFederationOutput, getFederationToken),
    row("AssumeRole", shapes::kAssumeRole, shapes::kAssumeRoleOutput, assumeRole),
    row("AssumeRoleWithWebIdentity", shapes::kAssumeRoleWithWebIdentity, shapes::kWebIdentityOutput,
        assumeRoleWithWebIdentity),
    aws::absentAction<StsService>("AssumeRoleWithSAML", "there are no SAML providers"),
    aws::absentAction<StsService>("AssumeRoot", "there is no organization with member accounts"),
    aws::absentAction<StsService>("DecodeAuthorizationMessage", "no error here has an encoded message"),
    aws::absentAction<StsService>("GetDelegatedAccessToken", "nobody delegates here"),
    aws::absentAction<StsService>("GetWebIdentityToken", "the chamber signs no tokens for others"),
};

std::size_t packedLetters(const json& input)
{
    auto letters = input.value("Policy", "").size();
    for (const auto& policy : input.value("PolicyArns", json::array()))
        letters += policy.value("arn", "").size();
    for (const auto& tag : input.value("Tags", json::array()))
        letters += tag.at("Key").get_ref<const std::string&>().size()
            + tag.at("Value").get_ref<const std::string&>().size();
    return letters;
}

}

std::span<const Row> StsService::rows()
{
    return kRows;
}

Result<aws::Session> callerOf(const RequestContext& context, const Request& request)
{
    if (!request.wire)
        return aws::rootOf(context.principal.account);
    if (context.principal.accessKeyId.empty())
        return fail(errors::unsignedCall());
    if (auto session = aws::sessionOf(*request.wire, context.principal.accessKeyId))
        return *std::move(session);
    return aws::rootOf(context.principal.account);
}

json credentialsFor(aws::Session session, const RequestContext& context, std::int64_t seconds)
{
    // Told in whole seconds.
    session.expires = (context.now / kSecond + seconds) * kSecond;
    const auto ends = session.expires / kSecond;
    const auto issued = aws::issueCredentials(std::move(session));
    return {{"AccessKeyId", issued.accessKeyId}, {"SecretAccessKey", issued.secretAccessKey},
        {"SessionToken", issued.sessionToken}, {"Expiration", ends}};
}

Result<> checkSessionPolicies(const json& input)
{
    if (input.contains("Policy")) {
        const auto policy = aws::PolicyDocument::parse(
            input["Policy"].get_ref<const std::string&>(), aws::PolicyDocument::Kind::Identity);
        if (!policy)
            return fail(errors::malformedPolicy(policy.error().message));
    }
    for (const auto& policy : input.value("PolicyArns", json::array())) {
        const auto text = policy.value("arn", "");
        const auto arn = Arn::parse(text);
        if (!arn || arn->service != "iam" || !arn->resource.starts_with("policy/"))
            return fail(errors::validation("ARN " + text + " is not valid."));
    }
    if (const auto letters = packedLetters(input); letters > kRoom)
        return fail(errors::packedPolicy("Packed size of session policies and tags consumes "
            + std::to_string(letters * 100 / kRoom) + "% of allotted space."));
    return {};
}

void addPackedSize(const json& input, json& output)
{
    if (const auto letters = packedLetters(input); letters > 0)
        output["PackedPolicySize"] = std::max<std::size_t>(1, letters * 100 / kRoom);
}

}
