#pragma once

#include "core/apigateway/errors.h"

// Each error of the control plane of HTTP and WebSocket APIs in AWS's words, once; those that REST APIs share
// are theirs.
namespace core::apigateway::v2::errors {

using apigateway::errors::badRequest;
using apigateway::errors::conflict;
using apigateway::errors::invalidApi;
using apigateway::errors::invalidDeployment;
using apigateway::errors::invalidStage;
using apigateway::errors::notFound;
using apigateway::errors::unsupported;

// "Route", "Integration", "Authorizer", "Model", "RouteResponse", "IntegrationResponse"
inline Error unknown(const std::string& noun, const std::string& id)
{
    return notFound("Unable to find " + noun + " by id " + id);
}

inline Error routeExists(const std::string& key)
{
    return conflict("Route with key " + key + " already exists for this API");
}

inline Error conflictingVariable(const std::string& key, const std::string& other)
{
    return conflict("The provided route key \"" + key
        + "\" has a conflicting variable on the same hierarchical level as \"" + other + "\"");
}

inline Error invalidRouteKey()
{
    return badRequest("The provided route key is not formatted properly for HTTP protocol. Format should be "
                      "\"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"");
}

inline Error referenced(const std::string& noun, const std::string& routeIds)
{
    return conflict("Cannot delete " + noun + " because it is referenced by the following Routes with Ids: ["
        + routeIds + "]");
}

inline Error deploymentOfAutoStage(const std::string& account, const std::string& apiId)
{
    return badRequest("Deployment ID cannot be set on this stage " + account + ":" + apiId
        + " because AutoDeploy is enabled.");
}

inline Error stageForDeployment(const std::string& name)
{
    return badRequest("Stage " + name
        + " does not exist. StageName specified on a CreateDeployment request must exist so the stage can be "
          "updated with the new deployment.");
}

inline Error noRoutes()
{
    return badRequest("At least one route is required before deploying the Api.");
}

inline Error onlyProxies()
{
    return badRequest("Currently, an API with a protocol type of HTTP may only be associated with proxy "
                      "integrations (AWS_PROXY, HTTP_PROXY)");
}

}
