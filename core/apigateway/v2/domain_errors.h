#pragma once

#include "core/apigateway/usage_errors.h"

// Errors of domain names and API mappings in AWS's words.
namespace core::apigateway::v2::errors {

using apigateway::errors::invalidDomainName;

inline Error notRegional()
{
    return apigateway::errors::badRequest(
        "Only REGIONAL domain names can be managed through the API Gateway V2 API. For EDGE domain names, "
        "please use the API Gateway V1 API. Also note that only REST APIs can be attached to EDGE domain "
        "names.");
}

inline Error oldTls()
{
    return apigateway::errors::badRequest(
        "Only REGIONAL domain names with a security policy of TLS 1.2 can be managed through the API Gateway "
        "V2 API. For TLS 1.0 domain names, please use the API Gateway V1 API to upgrade your security policy "
        "to TLS 1.2. Currently, only REST APIs can be attached to a domain name with a security policy of "
        "TLS 1.0.");
}

inline Error mappingExists()
{
    return apigateway::errors::conflict("ApiMapping key already exists for this domain name");
}

}
