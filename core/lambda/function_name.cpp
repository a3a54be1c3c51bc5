#include "core/lambda/function_name.h"

#include "core/base/arn.h"
#include "core/base/text.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

std::string FunctionName::arn(const aws::RequestContext& context) const
{
    return Arn{"lambda", region, context.principal.account, "function:" + name}.text() + suffix();
}

Result<FunctionName> functionNameOf(const aws::RequestContext& context, const aws::Request& request)
{
    const auto& input = request.input();
    const auto& given = input.at("FunctionName").get_ref<const std::string&>();
    FunctionName result;
    result.region = context.region;
    // name[:qualifier] | [account:]function:name[:qualifier] |
    // arn:aws:lambda:region:account:function:name[:qualifier]; the shape's pattern has let nothing else
    // through.
    auto parts = split(given, ':');
    if (parts.size() >= 6 && parts[0] == "arn") {
        result.region = parts[3];
        parts.erase(parts.begin(), parts.begin() + 5);
    }
    if (parts.size() > 1 && parts[0].size() == 12 && parseInteger(parts[0]))
        parts.erase(parts.begin());
    if (parts.size() > 1 && parts[0] == "function")
        parts.erase(parts.begin());
    result.name = parts[0];
    if (parts.size() > 1)
        result.qualifier = parts[1];
    if (result.region != context.region)
        return fail(errors::regionNotReachable(result.region, context.region));
    const auto asked = input.value("Qualifier", "");
    if (!asked.empty() && !result.qualifier.empty() && asked != result.qualifier)
        return fail(errors::qualifierMismatch());
    if (!asked.empty())
        result.qualifier = asked;
    return result;
}

}
