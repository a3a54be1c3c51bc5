#include "core/apigateway/vpc_link_writes.h"

#include "core/apigateway/model_json.h"
#include "core/apigateway/quotas.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using nlohmann::json;

LinkAddress::LinkAddress(
    const aws::RequestContext& context, const aws::Request& request, std::string_view versionOfApi)
    : region(context.region)
    , id(text(request.input(), "vpcLinkId"))
    , version(versionOfApi)
{
}

VpcLink newLink(const aws::RequestContext& context, const json& input, std::string_view version)
{
    VpcLink link;
    link.region = context.region;
    link.id = randomLower(6);
    link.version = version;
    link.name = text(input, "name");
    link.tags = stringMap(input, "tags");
    link.createdDate = context.now;
    return link;
}

std::vector<json> shownLinks(
    const VpcLinks& links, const std::string& region, std::string_view version, const ShownLink& show)
{
    std::vector<json> items;
    for (const auto& link : links.below(region + "/")) {
        if (link->version == version)
            items.push_back(show(*link));
    }
    return items;
}

Result<std::shared_ptr<const VpcLink>> linkOf(
    const VpcLinks& links, const LinkAddress& address, const Error& unknown)
{
    auto link = findLink(links, address.region, address.id, address.version);
    if (!link)
        return fail(unknown);
    return link;
}

std::unique_ptr<RecordWrite> putLink(VpcLinks& links, VpcLink link, ShownLink show)
{
    auto key = recordKey(link);
    return std::make_unique<RecordWrite>(
        [&links, link = std::move(link), show = std::move(show)](
            store::Transaction& transaction) -> Result<json> {
            const auto all = links.readBelow(transaction, link.region + "/");
            const auto have = static_cast<std::size_t>(std::ranges::count_if(
                all, [&](const auto& other) { return other->version == link.version; }));
            CORE_CHECK(link.version == "V2" ? checkRoomOfV2(quotas::kVpcLinksOfV2, have)
                                            : checkRoom(quotas::kVpcLinks, have));
            links.put(transaction, link);
            return show(link);
        },
        [&links, key = std::move(key)] { links.refresh(key); });
}

std::unique_ptr<RecordWrite> changeLink(VpcLinks& links, LinkAddress address, Error unknown,
    std::function<Result<>(VpcLink&)> change, ShownLink show)
{
    auto key = address.key();
    return std::make_unique<RecordWrite>(
        [&links, address = std::move(address), unknown = std::move(unknown), change = std::move(change),
            show = std::move(show)](store::Transaction& transaction) -> Result<json> {
            const auto before = links.read(transaction, address.key());
            if (!before || before->version != address.version)
                return fail(unknown);
            auto link = *before;
            CORE_CHECK(change(link));
            links.put(transaction, link);
            return show(link);
        },
        [&links, key = std::move(key)] { links.refresh(key); });
}

std::unique_ptr<RecordWrite> eraseLink(
    VpcLinks& links, const std::string& key, Error unknown, const json& answer)
{
    return std::make_unique<RecordWrite>(
        [&links, key, unknown = std::move(unknown), answer](store::Transaction& transaction) -> Result<json> {
            if (!links.erase(transaction, key))
                return fail(unknown);
            return answer;
        },
        [&links, key] { links.refresh(key); });
}

}
