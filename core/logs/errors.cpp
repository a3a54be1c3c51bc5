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

Error invalidToken()
{
    return invalidParameter("The specified nextToken is invalid.");
}

}
