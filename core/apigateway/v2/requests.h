#pragma once

#include "core/apigateway/model_json.h"
#include "core/apigateway/v2/actions.h"
#include "core/apigateway/v2/errors.h"
#include "core/apigateway/v2/model_json.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway::v2 {

// What the actions share: finding the API that a request names, leaving a change to the committer, paging.

using apigateway::flag;
using apigateway::stringList;
using apigateway::stringMap;
using apigateway::text;

std::string apiIdOf(const Request& request);
Error unknownApi(const RequestContext& context, const Request& request);
// The API's state as reads see it.
Result<ApiPtr> readApiOf(ApiGatewayV2Service& service, const RequestContext& context, const Request& request);

// Leaves `change` to the committer and names the API as what the action is about.
Outcome changeApi(
    ApiGatewayV2Service& service, RequestContext& context, const Request& request, ApiStore::Change change);
// The same for what an automatic deployment follows.
Outcome changeAndDeploy(
    ApiGatewayV2Service& service, RequestContext& context, const Request& request, ApiStore::Change change);

// The wanted page of `items` as {"items": […], "nextToken": …}.
Result<Outcome> pageOf(const Request& request, std::vector<nlohmann::json> items);
// All records of a map by id, in its order, as toJson() shows them.
template <typename Records> Result<Outcome> pageOfAll(const Request& request, const Records& records)
{
    std::vector<nlohmann::json> items;
    for (const auto& [id, record] : records)
        items.push_back(toJson(record));
    return pageOf(request, std::move(items));
}

// An id that `taken` has not.
template <typename Map>
std::string freshId(const Map& taken, std::string (*make)(std::size_t), std::size_t length)
{
    auto id = make(length);
    while (taken.contains(id))
        id = make(length);
    return id;
}

// The entry `id` of a map of nouns, or AWS's error that names the noun.
template <typename Map>
auto findById(Map& map, const std::string& noun, const std::string& id)
    -> Result<decltype(&map.begin()->second)>
{
    const auto found = map.find(id);
    if (found == map.end())
        return fail(errors::unknown(noun, id));
    return &found->second;
}

}
