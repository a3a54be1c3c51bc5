#pragma once

#include "core/base/result.h"

#include <string>

// Each error of the control plane in AWS's words, once. Statuses follow from the kind: 400, 404, 409.
namespace core::apigateway::errors {

inline Error badRequest(std::string message)
{
    return {ErrorKind::Invalid, "BadRequestException", std::move(message)};
}

inline Error notFound(std::string message)
{
    return {ErrorKind::NotFound, "NotFoundException", std::move(message)};
}

inline Error conflict(std::string message)
{
    return {ErrorKind::Conflict, "ConflictException", std::move(message)};
}

// What AWS takes and this service does not: never ignored, always named.
inline Error unsupported(const std::string& what)
{
    return badRequest("Cloud Chamber does not support " + what);
}

inline Error invalidApi(const std::string& account, const std::string& id)
{
    return notFound("Invalid API identifier specified " + account + ":" + id);
}

inline Error invalidResource()
{
    return notFound("Invalid Resource identifier specified");
}

inline Error invalidMethod()
{
    return notFound("Invalid Method identifier specified");
}

inline Error invalidIntegration()
{
    return notFound("Invalid Integration identifier specified");
}

inline Error invalidResponseStatus()
{
    return notFound("Invalid Response status code specified");
}

inline Error invalidDeployment()
{
    return notFound("Invalid Deployment identifier specified");
}

inline Error invalidStage()
{
    return notFound("Invalid stage identifier specified");
}

inline Error deploymentDoesNotExist()
{
    return badRequest("Deployment id does not exist");
}

inline Error invalidHttpMethod()
{
    return badRequest(
        "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
}

inline Error invalidPatchPath(const std::string& path)
{
    return badRequest("Invalid patch path " + path);
}

inline Error siblingHasName(const std::string& pathPart)
{
    return conflict("Another resource with the same parent already has this name: " + pathPart);
}

inline Error siblingIsVariable(const std::string& pathPart)
{
    return badRequest("A sibling (" + pathPart
        + ") of this resource already has a variable path part -- only one is allowed");
}

inline Error childOfGreedy(const std::string& pathPart)
{
    return badRequest("Cannot create a child of a resource with a greedy path variable: " + pathPart);
}

inline Error invalidPathPart()
{
    return badRequest(
        "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at "
        "the beginning and the end.");
}

inline Error invalidMapping(const std::string& expression)
{
    return badRequest(
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping "
        "expression specified: "
        + expression + "]");
}

inline Error invalidMappingParameter(const std::string& parameter)
{
    return badRequest(
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping "
        "expression parameter specified: "
        + parameter + "]");
}

}
