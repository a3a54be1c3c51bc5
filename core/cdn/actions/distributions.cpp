#include "core/base/arn.h"
#include "core/cdn/actions.h"
#include "core/cdn/paging.h"

#include <nlohmann/json.hpp>

namespace core::cdn {

using nlohmann::json;

namespace {

constexpr auto kSummaryMembers = {"Aliases", "Origins", "OriginGroups", "DefaultCacheBehavior",
    "CacheBehaviors", "CustomErrorResponses", "Comment", "PriceClass", "Enabled", "ViewerCertificate",
    "Restrictions", "WebACLId", "HttpVersion", "IsIPV6Enabled"};

json facts(const RequestContext& context, const json& record)
{
    const auto id = record["Id"].get<std::string>();
    return {{"Id", id},
        {"ARN", Arn{"cloudfront", "", context.principal.account, "distribution/" + id}.text()},
        {"Status", "Deployed"}, {"LastModifiedTime", record["LastModifiedTime"]},
        {"DomainName", record["DomainName"]}};
}

json described(const RequestContext& context, const json& record)
{
    auto distribution = facts(context, record);
    distribution["InProgressInvalidationBatches"] = 0;
    distribution["ActiveTrustedSigners"] = {{"Enabled", false}, {"Quantity", 0}};
    distribution["ActiveTrustedKeyGroups"] = {{"Enabled", false}, {"Quantity", 0}};
    distribution["DistributionConfig"] = record["Config"];
    return {{"Distribution", std::move(distribution)}, {"ETag", record["ETag"]}};
}

json summary(const RequestContext& context, const json& record)
{
    auto result = facts(context, record);
    for (const auto* member : kSummaryMembers)
        result[member] = record["Config"].at(member);
    result["Staging"] = false;
    return result;
}

}

Result<Outcome> createDistribution(CdnService& service, RequestContext& context, Request& request)
{
    const auto& config = request.input()["DistributionConfig"];
    CORE_TRY(const auto record, service.distributions.create(config, context.region));
    context.touch(record["Id"]);
    auto output = described(context, record);
    output["Location"] =
        "https://cloudfront.amazonaws.com/2020-05-31/distribution/" + record["Id"].get<std::string>();
    return aws::Reply::of(std::move(output));
}

Result<Outcome> getDistribution(CdnService& service, RequestContext& context, Request& request)
{
    context.touch(request.input()["Id"]);
    CORE_TRY(const auto record, service.distributions.record(request.input()["Id"]));
    return aws::Reply::of(described(context, record));
}

Result<Outcome> getDistributionConfig(CdnService& service, RequestContext& context, Request& request)
{
    context.touch(request.input()["Id"]);
    CORE_TRY(const auto record, service.distributions.record(request.input()["Id"]));
    return aws::Reply::of({{"DistributionConfig", record["Config"]}, {"ETag", record["ETag"]}});
}

Result<Outcome> listDistributions(CdnService& service, RequestContext& context, Request& request)
{
    auto summaries = json::array();
    for (const auto& record : service.distributions.records())
        summaries.push_back(summary(context, record));
    return aws::Reply::of({{"DistributionList", page(summaries, request.input())}});
}

Result<Outcome> updateDistribution(CdnService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    context.touch(input["Id"]);
    CORE_TRY(const auto record,
        service.distributions.update(input["Id"], input.value("IfMatch", ""), input["DistributionConfig"]));
    return aws::Reply::of(described(context, record));
}

Result<Outcome> deleteDistribution(CdnService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    context.touch(input["Id"]);
    CORE_CHECK(service.distributions.remove(input["Id"], input.value("IfMatch", "")));
    return aws::Reply{};
}

}
