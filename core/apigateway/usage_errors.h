#pragma once

#include "core/apigateway/errors.h"

// Errors of API keys, usage plans and domain names in AWS's words.
namespace core::apigateway::errors {

inline Error invalidApiKey()
{
    return notFound("Invalid API Key identifier specified");
}

inline Error apiKeyExists()
{
    return conflict("API Key already exists");
}

inline Error invalidUsagePlan()
{
    return notFound("Invalid Usage Plan ID specified");
}

inline Error invalidUsagePlanKey()
{
    return notFound("Invalid API Key identifier specified");
}

inline Error invalidApiStage()
{
    return badRequest("Invalid API Stage specified");
}

inline Error unknownApiStage(const std::string& api, const std::string& stage, const std::string& plan)
{
    return notFound(
        "Invalid API Stage {api: " + api + ", stage: " + stage + "} specified for usageplan " + plan);
}

inline Error planHasStages(const std::string& plan, const std::string& stage)
{
    return badRequest("Cannot delete Usage Plan " + plan
        + " because there are API Stages associated with it, including " + stage);
}

inline Error invalidDomainName()
{
    return notFound("Invalid domain name identifier specified");
}

inline Error invalidBasePathMapping()
{
    return notFound("Invalid base path mapping identifier specified");
}

}
