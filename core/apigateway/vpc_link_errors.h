#pragma once

#include "core/apigateway/errors.h"
#include "core/base/text.h"

// Errors of VPC links: an unknown link as recorded, those of removal and of targets in AWS's words as users
// quote them, the others unverified.
namespace core::apigateway::errors {

inline Error invalidVpcLink()
{
    return notFound("Invalid Vpc Link identifier specified");
}

inline Error linkMissing()
{
    return badRequest("Connection ID must be specified for connection type VPC_LINK");
}

inline Error linkOfWrongType()
{
    return badRequest("VPC_LINK is only supported for integrations of type HTTP and HTTP_PROXY");
}

inline Error manyTargets()
{
    return badRequest("More than one target arn specified for vpc link.");
}

inline Error targetsStay()
{
    return badRequest("Target arns are not allowed to be changed/added.");
}

// `format` names the parts of each use: "RESTApiId:Method:Resource:Stage".
inline Error linkInUse(const std::string& id, const std::vector<std::string>& uses, const std::string& format)
{
    return badRequest("Cannot delete vpc link. Vpc link '" + id + "', is referenced in [" + join(uses, ", ")
        + "] in format of [" + format + "].");
}

}
