#pragma once

#include "core/apigateway/errors.h"

// Errors of client certificates; how AWS words them is unverified.
namespace core::apigateway::errors {

inline Error invalidClientCertificate()
{
    return notFound("Invalid Client Certificate identifier specified");
}

inline Error unknownClientCertificate()
{
    return badRequest("Invalid Client Certificate identifier specified");
}

inline Error certificateInUse(const std::string& id, const std::string& stage)
{
    return badRequest("Cannot delete client certificate " + id + " because stage " + stage + " uses it");
}

}
