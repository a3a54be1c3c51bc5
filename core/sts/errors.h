#pragma once

#include "core/base/result.h"

#include <string>

namespace core::sts::errors {

// Each error of STS that this service gives, by the query protocol's code.
inline Error validation(std::string message)
{
    return {ErrorKind::Invalid, "ValidationError", std::move(message)};
}
inline Error unsignedCall()
{
    return {ErrorKind::Denied, "MissingAuthenticationToken", "Request is missing Authentication Token"};
}
inline Error accessDenied(std::string message)
{
    return {ErrorKind::Denied, "AccessDenied", std::move(message)};
}
inline Error malformedPolicy(std::string message)
{
    return {ErrorKind::Invalid, "MalformedPolicyDocument", std::move(message)};
}
inline Error packedPolicy(std::string message)
{
    return {ErrorKind::Invalid, "PackedPolicyTooLarge", std::move(message)};
}
inline Error badIdentityToken(std::string message)
{
    return {ErrorKind::Invalid, "InvalidIdentityToken", std::move(message)};
}
inline Error expiredToken(std::string message)
{
    return {ErrorKind::Invalid, "ExpiredTokenException", std::move(message)};
}

}
