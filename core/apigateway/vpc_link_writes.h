#pragma once

#include "core/apigateway/record_write.h"
#include "core/apigateway/vpc_link.h"
#include "core/aws/request.h"

// What the actions on VPC links of both APIs have in common: they keep the same records, each those of its
// own version, and word errors and answers themselves.
namespace core::apigateway {

using ShownLink = std::function<nlohmann::json(const VpcLink&)>;

// Which link a request is about: its id, in the region of the call, and of this API's version.
struct LinkAddress {
    LinkAddress(const aws::RequestContext& context, const aws::Request& request, std::string_view version);

    std::string key() const { return region + "/" + id; }

    std::string region;
    std::string id;
    std::string_view version;
};

// A link with what both kinds have.
VpcLink newLink(const aws::RequestContext& context, const nlohmann::json& input, std::string_view version);

std::vector<nlohmann::json> shownLinks(
    const VpcLinks& links, const std::string& region, std::string_view version, const ShownLink& show);
Result<std::shared_ptr<const VpcLink>> linkOf(
    const VpcLinks& links, const LinkAddress& address, const Error& unknown);

std::unique_ptr<RecordWrite> putLink(VpcLinks& links, VpcLink link, ShownLink show);
std::unique_ptr<RecordWrite> changeLink(VpcLinks& links, LinkAddress address, Error unknown,
    std::function<Result<>(VpcLink&)> change, ShownLink show);
std::unique_ptr<RecordWrite> eraseLink(
    VpcLinks& links, const std::string& key, Error unknown, const nlohmann::json& answer);

}
