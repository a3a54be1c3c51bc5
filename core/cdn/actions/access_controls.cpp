#include "core/cdn/actions.h"
#include "core/cdn/paging.h"

#include <nlohmann/json.hpp>

namespace core::cdn {

using nlohmann::json;

namespace {

json described(const json& record)
{
    return {{"OriginAccessControl", {{"Id", record["Id"]}, {"OriginAccessControlConfig", record["Config"]}}},
        {"ETag", record["ETag"]}};
}

}

Result<Outcome> createOriginAccessControl(CdnService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto record,
        service.distributions.createAccessControl(request.input()["OriginAccessControlConfig"]));
    context.touch(record["Id"]);
    auto output = described(record);
    output["Location"] = "https://cloudfront.amazonaws.com/2020-05-31/origin-access-control/"
        + record["Id"].get<std::string>();
    return aws::Reply::of(std::move(output));
}

Result<Outcome> getOriginAccessControl(CdnService& service, RequestContext& context, Request& request)
{
    context.touch(request.input()["Id"]);
    CORE_TRY(const auto record, service.distributions.accessControl(request.input()["Id"]));
    return aws::Reply::of(described(record));
}

Result<Outcome> listOriginAccessControls(CdnService& service, RequestContext&, Request& request)
{
    auto summaries = json::array();
    for (const auto& record : service.distributions.accessControls()) {
        auto summary = record["Config"];
        summary["Id"] = record["Id"];
        summary.emplace("Description", "");
        summaries.push_back(std::move(summary));
    }
    return aws::Reply::of({{"OriginAccessControlList", page(summaries, request.input())}});
}

Result<Outcome> deleteOriginAccessControl(CdnService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    context.touch(input["Id"]);
    CORE_CHECK(service.distributions.removeAccessControl(input["Id"], input.value("IfMatch", "")));
    return aws::Reply{};
}

}
