#pragma once

#include "core/base/result.h"

#include <string>

// CloudFront's errors and their wording, once each.
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistribution.html#API_CreateDistribution_Errors
namespace core::cdn {

inline Error noSuchDistribution()
{
    return {ErrorKind::NotFound, "NoSuchDistribution", "The specified distribution does not exist."};
}
inline Error noSuchInvalidation()
{
    return {ErrorKind::NotFound, "NoSuchInvalidation", "The specified invalidation does not exist."};
}
inline Error noSuchAccessControl()
{
    return {ErrorKind::NotFound, "NoSuchOriginAccessControl", "The origin access control does not exist."};
}
inline Error noSuchOrigin()
{
    return {
        ErrorKind::NotFound, "NoSuchOrigin", "One or more of your origins or origin groups do not exist."};
}
inline Error noSuchCachePolicy()
{
    return {ErrorKind::NotFound, "NoSuchCachePolicy", "The specified cache policy does not exist."};
}
inline Error noSuchOriginRequestPolicy()
{
    return {ErrorKind::NotFound, "NoSuchOriginRequestPolicy",
        "The specified origin request policy does not exist."};
}
inline Error invalidIfMatch()
{
    return {ErrorKind::Invalid, "InvalidIfMatchVersion",
        "The If-Match version is missing or not valid for the resource."};
}
inline Error preconditionFailed()
{
    return {ErrorKind::Conflict, "PreconditionFailed",
        "The request failed because it didn't meet the preconditions in one or more request-header fields."};
}
inline Error notDisabled()
{
    return {ErrorKind::Conflict, "DistributionNotDisabled",
        "The distribution you are trying to delete has not been disabled."};
}
inline Error alreadyExists()
{
    return {ErrorKind::Conflict, "DistributionAlreadyExists",
        "The caller reference that you are using to create a distribution is associated with another "
        "distribution."};
}
inline Error accessControlInUse()
{
    return {ErrorKind::Conflict, "OriginAccessControlInUse",
        "Cannot delete the origin access control because it's in use by one or more distributions."};
}
inline Error accessControlExists()
{
    return {ErrorKind::Conflict, "OriginAccessControlAlreadyExists",
        "An origin access control with this name already exists."};
}
inline Error inconsistentQuantities()
{
    return {ErrorKind::Invalid, "InconsistentQuantities",
        "The value of Quantity and the size of Items don't match."};
}
inline Error invalidArgument(std::string message)
{
    return {ErrorKind::Invalid, "InvalidArgument", std::move(message)};
}

}
