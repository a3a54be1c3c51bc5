#include "core/base/text.h"
#include "core/cdn/actions.h"
#include "core/cdn/errors.h"
#include "core/cdn/paging.h"

#include <nlohmann/json.hpp>

namespace core::cdn {

using nlohmann::json;

namespace {

Result<> checkPaths(const json& batch)
{
    const auto paths = batch["Paths"].value("Items", json::array());
    if (batch["Paths"].value("Quantity", std::size_t(0)) != paths.size())
        return fail(inconsistentQuantities());
    if (paths.empty())
        return fail(invalidArgument("Your request doesn't contain any paths to invalidate."));
    for (const auto& path : paths) {
        const auto text = path.get<std::string>();
        const auto star = text.find('*');
        if (!text.starts_with('/') || (star != std::string::npos && star + 1 != text.size()))
            return fail(invalidArgument("Your request contains one or more invalid invalidation paths."));
    }
    return {};
}

}

Result<Outcome> createInvalidation(CdnService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto id = input["DistributionId"].get<std::string>();
    context.touch(id);
    CORE_CHECK(checkPaths(input["InvalidationBatch"]));
    CORE_TRY(auto made, service.distributions.addInvalidation(id, input["InvalidationBatch"]));
    const auto live = service.distributions.live(id);
    std::size_t removed = 0;
    for (const auto& path : input["InvalidationBatch"]["Paths"]["Items"]) {
        for (auto& [edge, cache] : *live->caches)
            removed += cache.removeMatching(path.get<std::string>());
    }
    context.span.step("Removed " + std::to_string(removed) + (removed == 1 ? " entry" : " entries"),
        "Every edge was asked for "
            + join(input["InvalidationBatch"]["Paths"]["Items"].get<std::vector<std::string>>(), ", "));
    const auto location = "https://cloudfront.amazonaws.com/2020-05-31/distribution/" + id + "/invalidation/"
        + made["Id"].get<std::string>();
    return aws::Reply::of({{"Location", location}, {"Invalidation", std::move(made)}});
}

Result<Outcome> getInvalidation(CdnService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    context.touch(input["DistributionId"]);
    CORE_TRY(auto found, service.distributions.invalidation(input["DistributionId"], input["Id"]));
    return aws::Reply::of({{"Invalidation", std::move(found)}});
}

Result<Outcome> listInvalidations(CdnService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const auto id = input["DistributionId"].get<std::string>();
    context.touch(id);
    CORE_CHECK(service.distributions.record(id));
    auto summaries = json::array();
    for (const auto& entry : service.distributions.invalidations(id))
        summaries.push_back(
            {{"Id", entry["Id"]}, {"CreateTime", entry["CreateTime"]}, {"Status", entry["Status"]}});
    return aws::Reply::of({{"InvalidationList", page(summaries, input)}});
}

}
