#include "core/apigateway/v2/authorizers.h"
#include "core/aws/sigv4.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

using Form = aws::Signature::Form;

constexpr std::string_view kSecret = "test"; // and the access key id that goes with it

bool isAccount(std::string_view key)
{
    return key.size() == 12
        && std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

tl::unexpected<CallFailure> forbidden(std::string reason)
{
    return stop(403, "Forbidden", std::move(reason));
}

// Why the signature is none for this call, "" for a good one.
std::string problemOf(const Call& call, const aws::Signature& signature)
{
    if (signature.form != Form::Header && signature.form != Form::Presigned)
        return "authorizationType is AWS_IAM and the call is not signed";
    if (signature.accessKeyId != kSecret && !isAccount(signature.accessKeyId))
        return "No access key " + signature.accessKeyId + ": the chamber knows test and account ids";
    if (signature.service != "execute-api" || signature.region != call.api->api.region)
        return "The signature is for " + signature.service + " in " + signature.region
            + ", not for execute-api in " + call.api->api.region;
    if (aws::verifySignature(signature, call.request, {.secret = kSecret, .now = call.now}))
        return "The signature is not right, or is no longer";
    return {};
}

} // namespace

// The chamber has no IAM: who signs is the root user of the account that the
// access key names.
StepResult authorizeBySignature(Call& call)
{
    const auto signature = aws::parseSignature(call.request);
    if (!signature)
        return forbidden("The signature cannot be read: " + signature.error().detail);
    if (auto problem = problemOf(call, *signature); !problem.empty())
        return forbidden(std::move(problem));
    const std::string account =
        isAccount(signature->accessKeyId) ? signature->accessKeyId : std::string("000000000000");
    call.authorization.json =
        json{{"iam",
                 {{"accessKey", signature->accessKeyId}, {"accountId", account}, {"callerId", account},
                     {"cognitoIdentity", nullptr}, {"principalOrgId", nullptr},
                     {"userArn", "arn:aws:iam::" + account + ":root"}, {"userId", account}}}}
            .dump();
    call.authorization.principalId = account;
    call.step(
        "Authorize", "Signed by " + signature->accessKeyId + " of account " + account, trace::Verdict::Pass);
    return {};
}

} // namespace core::apigateway::v2
