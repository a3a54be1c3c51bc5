#include "core/logs/errors.h"

namespace core::logs::errors {

Error invalidParameter(std::string_view message)
{
    return {ErrorKind::Invalid, "InvalidParameterException", std::string(message)};
}

Error groupNotFound()
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", "The specified log group does not exist."};
}

Error streamNotFound()
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", "The specified log stream does not exist."};
}

Error groupExists()
{
    return {ErrorKind::Conflict, "ResourceAlreadyExistsException", "The specified log group already exists"};
}

Error streamExists()
{
    return {ErrorKind::Conflict, "ResourceAlreadyExistsException", "The specified log stream already exists"};
}

Error resourceNotFound()
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", "The specified resource does not exist."};
}

Error subscriptionFilterNotFound()
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        "The specified subscription filter does not exist."};
}

Error metricFilterNotFound()
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", "The specified metric filter does not exist."};
}

Error tooManyFilters()
{
    return {ErrorKind::Invalid, "LimitExceededException", "Resource limit exceeded."};
}

Error invalidToken()
{
    return invalidParameter("The specified nextToken is invalid.");
}

}
