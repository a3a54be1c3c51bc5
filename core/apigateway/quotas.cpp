#include "core/apigateway/quotas.h"

#include <string>

namespace core::apigateway {

namespace {

// "Maximum number of Resources for this API has been reached.  Please contact AWS if …": REST APIs have two
// spaces there.
std::string words(const Allowance& quota, const char* gap)
{
    const std::string things = quota.things;
    return "Maximum number of " + things + (quota.isOfApi ? " for this API" : "") + " has been reached." + gap
        + "Please contact AWS if you need additional " + things + ".";
}

}

Result<> checkRoom(const Allowance& quota, std::size_t have)
{
    if (have < quota.most)
        return {};
    return fail(ErrorKind::Throttled, "LimitExceededException", words(quota, "  "));
}

Result<> checkRoomOfV2(const Allowance& quota, std::size_t have)
{
    if (have < quota.most)
        return {};
    return fail(ErrorKind::Throttled, "ConflictException", words(quota, " "));
}

}
