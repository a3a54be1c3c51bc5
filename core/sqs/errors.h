#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace core::sqs::errors {

// Each error of SQS that this service gives, in AWS's words. `code` is the query protocol's; jsonNameOf()
// gives the one of the JSON protocol.
std::string jsonNameOf(std::string_view code);

Error noQueue();
Error queueExists(std::string_view attribute);
Error deletedRecently();
Error purgeInProgress(std::string_view queue);
Error missing(std::string_view parameter);
Error invalidValue(std::string message);
// "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: …"
Error invalidValue(std::string_view value, std::string_view parameter, std::string_view reason);
Error invalidAddress(std::string_view url);
Error unknownAttribute(std::string_view name);
Error badAttribute(std::string_view name);
Error invalidAttributeName(std::string message);
Error badContents();
Error badHandle();
Error notInFlight();
Error overLimit();
Error emptyBatch(std::string_view entry);
Error tooManyEntries(std::size_t count);
Error repeatedId(std::string_view id);
Error badEntryId();
Error batchTooLong(std::size_t size);
Error tooManyActions(std::size_t count);
Error badArnForm(std::string_view parameter);
Error noResource(std::string_view parameter);
Error taskRunning();
Error taskOver();
Error noTask();
Error noMessageSource(); // why a move task ends

}
