#include "core/sts/actions.h"

#include <nlohmann/json.hpp>

namespace core::sts {

using nlohmann::json;

Result<Outcome> getCallerIdentity(StsService& /*service*/, RequestContext& context, Request& request)
{
    CORE_TRY(const auto caller, callerOf(context, request));
    context.span.step("Caller", caller.isRoot() ? "A key of the account's root user" : caller.arn);
    return aws::Reply::of({{"UserId", caller.userId}, {"Account", caller.account}, {"Arn", caller.arn}});
}

Result<Outcome> getAccessKeyInfo(StsService& /*service*/, RequestContext& /*context*/, Request& request)
{
    const auto& key = request.input().at("AccessKeyId").get_ref<const std::string&>();
    return aws::Reply::of({{"Account", aws::accountOfKey(key).value_or("000000000000")}});
}

}
