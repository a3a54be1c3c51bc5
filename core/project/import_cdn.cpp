#include "core/base/ids.h"
#include "core/project/resource_types.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

namespace core::project {

using nlohmann::json;

namespace {

// CloudFormation writes plain lists where CloudFront's API has {Quantity, Items}.
json counted(const json& list)
{
    json result{{"Quantity", list.size()}};
    if (!list.empty())
        result["Items"] = list;
    return result;
}

json origin(json source)
{
    source.emplace("OriginPath", "");
    source["CustomHeaders"] = counted(json::array());
    if (source.contains("CustomOriginConfig")) {
        auto& custom = source["CustomOriginConfig"];
        custom.emplace("HTTPPort", 80);
        custom.emplace("HTTPSPort", 443);
        custom["OriginSslProtocols"] = counted(json::array({"TLSv1.2"}));
    }
    return source;
}

json forwardedValues(json source)
{
    source["Headers"] = counted(source.value("Headers", json::array()));
    if (source.contains("QueryStringCacheKeys"))
        source["QueryStringCacheKeys"] = counted(source["QueryStringCacheKeys"]);
    source.emplace("Cookies", json{{"Forward", "none"}});
    if (source["Cookies"].contains("WhitelistedNames"))
        source["Cookies"]["WhitelistedNames"] = counted(source["Cookies"]["WhitelistedNames"]);
    return source;
}

json behavior(json source)
{
    auto methods = counted(source.value("AllowedMethods", json::array({"HEAD", "GET"})));
    methods["CachedMethods"] = counted(source.value("CachedMethods", json::array({"HEAD", "GET"})));
    source.erase("CachedMethods");
    source["AllowedMethods"] = std::move(methods);
    source.emplace("Compress", false);
    if (source.contains("ForwardedValues"))
        source["ForwardedValues"] = forwardedValues(source["ForwardedValues"]);
    return source;
}

json mapped(const json& list, json (*convert)(json))
{
    auto result = json::array();
    for (const auto& entry : list)
        result.push_back(convert(entry));
    return result;
}

}

Result<Created> createAccessControl(ImportContext& context, const std::string&, const json& properties)
{
    CORE_TRY(const auto output, context.call("cdn", "CreateOriginAccessControl", properties));
    const auto id = output["OriginAccessControl"]["Id"].get<std::string>();
    return Created{id, {{"Id", id}}};
}

Result<Created> createDistribution(ImportContext& context, const std::string&, const json& properties)
{
    auto config = properties.value("DistributionConfig", json::object());
    for (const auto* needed : {"Origins", "DefaultCacheBehavior"}) {
        if (!config.contains(needed))
            return fail(templateError(std::string("property DistributionConfig.") + needed + " is missing"));
    }
    config["CallerReference"] = newUuid();
    config.emplace("Comment", "");
    config.emplace("Enabled", true);
    config["Origins"] = counted(mapped(config["Origins"], origin));
    config["DefaultCacheBehavior"] = behavior(config["DefaultCacheBehavior"]);
    config["CacheBehaviors"] = counted(mapped(config.value("CacheBehaviors", json::array()), behavior));
    CORE_TRY(const auto output, context.call("cdn", "CreateDistribution", {{"DistributionConfig", config}}));
    const auto& made = output["Distribution"];
    context.report.distributionId = made["Id"].get<std::string>();
    return Created{context.report.distributionId, {{"Id", made["Id"]}, {"DomainName", made["DomainName"]}}};
}

}
