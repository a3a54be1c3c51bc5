#include "core/apigateway/vpc_link.h"

#include "core/apigateway/model_json.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

namespace {

constexpr const char* kTargetTag = "_custom_target_";

// "/path?query" of a URL.
std::string behindHost(const std::string& url)
{
    const auto host = url.find("://");
    const auto begin = host == url.npos ? url.npos : url.find_first_of("/?", host + 3);
    if (begin == url.npos)
        return "/";
    return (url[begin] == '?' ? "/" : "") + url.substr(begin);
}

}

std::string VpcLink::lead(const std::string& uri, const std::string& path) const
{
    const bool isArn = uri.starts_with("arn:");
    const auto own = tags.find(kTargetTag);
    if (own == tags.end())
        return isArn ? std::string() : uri;
    auto target = own->second;
    while (target.ends_with('/'))
        target.pop_back();
    return target + (isArn ? path : behindHost(uri));
}

std::string recordKey(const VpcLink& link)
{
    return link.region + "/" + link.id;
}

std::string encode(const VpcLink& link)
{
    return json{{"region", link.region}, {"id", link.id}, {"version", link.version}, {"name", link.name},
        {"description", link.description}, {"targetArns", link.targetArns}, {"subnetIds", link.subnetIds},
        {"securityGroupIds", link.securityGroupIds}, {"tags", link.tags}, {"createdDate", link.createdDate}}
        .dump();
}

bool decode(std::string_view stored, VpcLink& link)
{
    const auto from = json::parse(stored, nullptr, false);
    if (!from.is_object())
        return false;
    link = {text(from, "region"), text(from, "id"), text(from, "version"), text(from, "name"),
        text(from, "description"), stringList(from, "targetArns"), stringList(from, "subnetIds"),
        stringList(from, "securityGroupIds"), stringMap(from, "tags"), from.value("createdDate", Micros{0})};
    return true;
}

std::shared_ptr<const VpcLink> findLink(
    const VpcLinks& links, const std::string& region, const std::string& id, std::string_view version)
{
    auto link = links.find(region + "/" + id);
    return link && link->version == version ? link : nullptr;
}

}
