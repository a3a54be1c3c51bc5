#pragma once

#include "core/aws/record_store.h"
#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <map>

namespace core::apigateway {

// A way into a network of the user's own: to a Network Load Balancer (of REST and WebSocket APIs, "V1") or
// into subnets (of HTTP APIs, "V2"). The chamber has no networks: a private integration calls the host that
// its URI names, or the one that the link's tag _custom_target_ names instead.
struct VpcLink {
    std::string region;
    std::string id;
    std::string version; // V1, V2
    std::string name;
    std::string description; // V1
    std::vector<std::string> targetArns; // V1
    std::vector<std::string> subnetIds; // V2
    std::vector<std::string> securityGroupIds; // V2
    std::map<std::string, std::string> tags;
    Micros createdDate = 0;

    // Where a call of an integration goes: its URI at the link's own target, or the URI itself; `path` stands
    // in where the URI is the ARN of a listener or service. "" for an ARN without a target.
    std::string lead(const std::string& uri, const std::string& path) const;
};

using VpcLinks = aws::RecordStore<VpcLink>;

std::string recordKey(const VpcLink& link); // "<region>/<id>"
std::string encode(const VpcLink& link);
bool decode(std::string_view text, VpcLink& link);

// The link with this id if it is of this version; null otherwise.
std::shared_ptr<const VpcLink> findLink(
    const VpcLinks& links, const std::string& region, const std::string& id, std::string_view version);

}
