#include "core/base/arn.h"
#include "core/xray/actions.h"
#include "core/xray/errors.h"

#include <nlohmann/json.hpp>

namespace core::xray {

using nlohmann::json;

namespace {

constexpr std::string_view kDefault = "Default";
constexpr double kRate = 0.05;
constexpr int kReservoir = 1;
constexpr int kInterval = 10; // seconds

// The rule that each account has.
json defaultRule(const aws::RequestContext& context)
{
    const Arn arn{"xray", context.region, context.principal.account, "sampling-rule/Default"};
    return {{"RuleName", kDefault}, {"RuleARN", arn.text()}, {"ResourceARN", "*"}, {"Priority", 10'000},
        {"FixedRate", kRate}, {"ReservoirSize", kReservoir}, {"ServiceName", "*"}, {"ServiceType", "*"},
        {"Host", "*"}, {"HTTPMethod", "*"}, {"URLPath", "*"}, {"Version", 1}, {"Attributes", json::object()}};
}

}

Result<aws::Outcome> getSamplingRules(
    XRayService& /*service*/, aws::RequestContext& context, aws::Request& request)
{
    if (request.input().contains("NextToken"))
        return fail(errors::invalid("NextToken is not valid"));
    return aws::Reply::of({{"SamplingRuleRecords",
        json::array({{{"SamplingRule", defaultRule(context)}, {"CreatedAt", 0}, {"ModifiedAt", 0}}})}});
}

Result<aws::Outcome> getSamplingTargets(
    XRayService& /*service*/, aws::RequestContext& context, aws::Request& request)
{
    auto targets = json::array();
    auto unprocessed = json::array();
    const auto seconds = context.now / kSecond;
    for (const auto& statistics : request.input().at("SamplingStatisticsDocuments")) {
        if (statistics.at("RuleName") == kDefault)
            targets.push_back({{"RuleName", kDefault}, {"FixedRate", kRate}, {"ReservoirQuota", kReservoir},
                {"ReservoirQuotaTTL", seconds + kInterval}, {"Interval", kInterval}});
        else
            unprocessed.push_back(
                {{"RuleName", statistics.at("RuleName")}, {"ErrorCode", "400"}, {"Message", "Unknown rule"}});
    }
    return aws::Reply::of({{"SamplingTargetDocuments", std::move(targets)}, {"LastRuleModification", 0},
        {"UnprocessedStatistics", std::move(unprocessed)}});
}

}
