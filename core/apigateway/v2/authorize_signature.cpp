#include "core/apigateway/iam_authorization.h"
#include "core/apigateway/v2/authorizers.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using nlohmann::json;

// HTTP APIs tell the caller less than REST APIs do; why is in the track.
StepResult authorizeBySignature(Call& call)
{
    const auto caller = verifyCaller(call.request, call.api->api.region, call.now);
    if (!caller)
        return stop(403, "Forbidden", caller.error().reason);
    call.authorization.json =
        json{{"iam",
                 {{"accessKey", caller->accessKey}, {"accountId", caller->accountId},
                     {"callerId", caller->caller}, {"cognitoIdentity", nullptr}, {"principalOrgId", nullptr},
                     {"userArn", caller->userArn}, {"userId", caller->user}}}}
            .dump();
    call.authorization.principalId = caller->accountId;
    call.step("Authorize", "Signed by " + caller->accessKey + " of account " + caller->accountId,
        trace::Verdict::Pass);
    return {};
}

}
