#include "core/sqs/errors.h"

#include "core/sqs/message.h"

namespace core::sqs::errors {

namespace {

constexpr std::string_view kPrefix = "AWS.SimpleQueueService.";

Error invalid(std::string_view code, std::string message)
{
    return {ErrorKind::Invalid, std::string(code), std::move(message)};
}

Error ofQueues(std::string_view code, std::string message)
{
    return invalid(std::string(kPrefix).append(code), std::move(message));
}

std::string quoted(std::string_view before, std::string_view what, std::string_view after)
{
    return std::string(before).append(what).append(after);
}

}

std::string jsonNameOf(std::string_view code)
{
    if (code == "AWS.SimpleQueueService.NonExistentQueue")
        return "QueueDoesNotExist";
    if (code == "QueueAlreadyExists")
        return "QueueNameExists";
    if (code.starts_with(kPrefix))
        code.remove_prefix(kPrefix.size());
    return std::string(code);
}

Error noQueue()
{
    return {ErrorKind::NotFound, std::string(kPrefix) + "NonExistentQueue",
        "The specified queue does not exist."};
}

Error queueExists(std::string_view attribute)
{
    return {ErrorKind::Conflict, "QueueAlreadyExists",
        quoted(
            "A queue already exists with the same name and a different value for attribute ", attribute, "")};
}

Error deletedRecently()
{
    return ofQueues("QueueDeletedRecently",
        "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
}

Error purgeInProgress(std::string_view queue)
{
    return {ErrorKind::Denied, std::string(kPrefix) + "PurgeQueueInProgress",
        quoted("Only one PurgeQueue operation on ", queue, " is allowed every 60 seconds.")};
}

Error missing(std::string_view parameter)
{
    return invalid("MissingParameter", quoted("The request must contain the parameter ", parameter, "."));
}

Error invalidValue(std::string message)
{
    return invalid("InvalidParameterValue", std::move(message));
}

Error invalidValue(std::string_view value, std::string_view parameter, std::string_view reason)
{
    return invalidValue(quoted("Value ", value, quoted(" for parameter ", parameter, " is invalid. Reason: "))
        + std::string(reason));
}

Error invalidAddress(std::string_view url)
{
    return invalid("InvalidAddress", quoted("The address ", url, " is not valid for this endpoint."));
}

Error unknownAttribute(std::string_view name)
{
    return invalidAttributeName(quoted("Unknown Attribute ", name, "."));
}

Error badAttribute(std::string_view name)
{
    return invalid("InvalidAttributeValue", quoted("Invalid value for the parameter ", name, "."));
}

Error invalidAttributeName(std::string message)
{
    return invalid("InvalidAttributeName", std::move(message));
}

Error badContents()
{
    return invalid("InvalidMessageContents",
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to "
        "#xFFFD | #x10000 to #x10FFFF");
}

Error badHandle()
{
    return invalid("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
}

Error notInFlight()
{
    return ofQueues("MessageNotInflight", "The message referred to isn't in flight.");
}

Error overLimit()
{
    return {ErrorKind::Denied, "OverLimit", "The maximum number of in flight messages is reached."};
}

Error emptyBatch(std::string_view entry)
{
    return ofQueues("EmptyBatchRequest", quoted("There should be at least one ", entry, " in the request."));
}

Error tooManyEntries(std::size_t count)
{
    return ofQueues("TooManyEntriesInBatchRequest",
        quoted("Maximum number of entries per request are 10. You have sent ", std::to_string(count), "."));
}

Error repeatedId(std::string_view id)
{
    return ofQueues("BatchEntryIdsNotDistinct", quoted("Id ", id, " repeated."));
}

Error badEntryId()
{
    return ofQueues("InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at "
        "most "
        "80 letters long.");
}

Error batchTooLong(std::size_t size)
{
    return ofQueues("BatchRequestTooLong",
        quoted("Batch requests cannot be longer than ", std::to_string(kMostBytes), " bytes. You have sent ")
            + std::to_string(size) + " bytes.");
}

Error tooManyActions(std::size_t count)
{
    return {ErrorKind::Denied, "OverLimit",
        quoted("", std::to_string(count), " Actions were found, maximum allowed is 7.")};
}

Error badArnForm(std::string_view parameter)
{
    return invalidValue(quoted("You must use this format to specify the ", parameter,
        ": arn:<partition>:<service>:<region>:<account-id>:<resource-id>"));
}

Error noResource(std::string_view parameter)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        quoted("The resource that you specified for the ", parameter, " parameter doesn't exist.")};
}

Error taskRunning()
{
    return invalidValue("There is already a task running. Only one active task is allowed for a source queue "
                        "arn at a given time.");
}

Error taskOver()
{
    return invalidValue("Only active tasks can be cancelled.");
}

Error noTask()
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", "Task does not exist."};
}

Error noMessageSource()
{
    return invalid("CouldNotDetermineMessageSource", "The message was not moved here from another queue.");
}

}
