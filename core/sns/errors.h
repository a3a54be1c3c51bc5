#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace core::sns::errors {

// Each error of SNS that this service gives, in AWS's words.
Error invalid(std::string_view what); // "Invalid parameter: …"
Error badValue(std::string message); // of a message's attribute
Error missing(std::string_view path);
Error noTopic();
Error noSubscription();
Error noResource();
Error notAuthenticated();
Error tooManyTags();
Error emptyBatch();
Error tooManyEntries();
Error repeatedId();
Error badEntryId();
Error batchTooLong();

}
