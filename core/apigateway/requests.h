#pragma once

#include "core/apigateway/actions.h"
#include "core/apigateway/model_json.h"

#include <functional>

namespace core::apigateway {

// What the actions share: finding the API that a request names, leaving a change to the committer, paging.

std::string apiIdOf(const Request& request);
Error unknownApi(const RequestContext& context, const Request& request);

// The method, and the status of one of its responses, that a request points to.
struct MethodAddress {
    std::string resourceId;
    std::string httpMethod;
    std::string statusCode;

    explicit MethodAddress(const nlohmann::json& input);
};

// The API's state as reads see it; `missing` when there is none.
Result<ApiPtr> readApiOf(
    ApiGatewayService& service, const RequestContext& context, const Request& request, const Error& missing);

// Leaves `change` to the committer and names the API as what the action is about.
Outcome changeApi(ApiGatewayService& service, RequestContext& context, const Request& request, Error missing,
    ApiStore::Change change);

// The wanted page of `items` as {"item": […], "position": …}.
Result<nlohmann::json> pageOf(const Request& request, const std::vector<nlohmann::json>& items);

// Whether a list member such as `embed` holds a word.
bool embeds(const Request& request, std::string_view word);

}
