#include "core/sns/errors.h"

namespace core::sns::errors {

Error invalid(std::string_view what)
{
    return {ErrorKind::Invalid, "InvalidParameter", std::string("Invalid parameter: ").append(what)};
}

Error badValue(std::string message)
{
    return {ErrorKind::Invalid, "ParameterValueInvalid", std::move(message)};
}

Error missing(std::string_view path)
{
    return {ErrorKind::Invalid, "ValidationError",
        std::string("1 validation error detected: Value null at '").append(path)
            + "' failed to satisfy constraint: Member must not be null"};
}

Error noTopic()
{
    return {ErrorKind::NotFound, "NotFound", "Topic does not exist"};
}

Error noSubscription()
{
    return {ErrorKind::NotFound, "NotFound", "Subscription does not exist"};
}

Error noResource()
{
    return {ErrorKind::NotFound, "ResourceNotFound", "Resource does not exist"};
}

Error notAuthenticated()
{
    return {ErrorKind::Denied, "AuthorizationError",
        "The subscription was confirmed with AuthenticateOnUnsubscribe: sign the request"};
}

Error tooManyTags()
{
    return {ErrorKind::Invalid, "TagLimitExceeded",
        "Could not complete request: tag quota of per resource exceeded"};
}

Error emptyBatch()
{
    return {ErrorKind::Invalid, "EmptyBatchRequest", "The batch request doesn't contain any entries."};
}

Error tooManyEntries()
{
    return {ErrorKind::Invalid, "TooManyEntriesInBatchRequest",
        "The batch request contains more entries than permissible."};
}

Error repeatedId()
{
    return {ErrorKind::Invalid, "BatchEntryIdsNotDistinct",
        "Two or more batch entries in the request have the same Id."};
}

Error badEntryId()
{
    return {ErrorKind::Invalid, "InvalidBatchEntryId",
        "The Id of a batch entry in a batch request doesn't abide by the specification."};
}

Error batchTooLong()
{
    return {ErrorKind::Invalid, "BatchRequestTooLong",
        "The length of all the batch messages put together is more than the limit."};
}

}
