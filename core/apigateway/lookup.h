#pragma once

#include "core/apigateway/errors.h"
#include "core/apigateway/model.h"

namespace core::apigateway {

// Ways down into an API with AWS's error where something is missing. They take const and changeable APIs
// alike and give pointers that live as long as what was given.

template <typename Api>
auto findResource(Api& api, const std::string& id) -> Result<decltype(&api.resources.begin()->second)>
{
    const auto found = api.resources.find(id);
    if (found == api.resources.end())
        return fail(errors::invalidResource());
    return &found->second;
}

template <typename Api>
auto findMethod(Api& api, const std::string& resourceId, const std::string& name)
    -> Result<decltype(&api.resources.begin()->second.methods.begin()->second)>
{
    CORE_TRY(const auto resource, findResource(api, resourceId));
    const auto found = resource->methods.find(name);
    if (found == resource->methods.end())
        return fail(errors::invalidMethod());
    return &found->second;
}

template <typename Api>
auto findIntegration(Api& api, const std::string& resourceId, const std::string& name)
    -> Result<decltype(&*api.resources.begin()->second.methods.begin()->second.integration)>
{
    CORE_TRY(const auto method, findMethod(api, resourceId, name));
    if (!method->integration)
        return fail(errors::invalidIntegration());
    return &*method->integration;
}

// An entry of methodResponses or integrationResponses.
template <typename Map>
auto findStatus(Map& responses, const std::string& statusCode) -> Result<decltype(&responses.begin()->second)>
{
    const auto found = responses.find(statusCode);
    if (found == responses.end())
        return fail(errors::invalidResponseStatus());
    return &found->second;
}

}
