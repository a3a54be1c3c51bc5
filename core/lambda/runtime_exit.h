#pragma once

#include "core/lambda/runtime_api.h"

namespace core::lambda {

// AWS's words for a runtime or an extension that ended; of answers that are Exited.
std::string exitType(const RuntimeAnswer& answer); // "Runtime.ExitError"
std::string exitText(const RuntimeAnswer& answer); // "Runtime exited with error: exit status 7"
// Of a program that could not be started, with errno.
std::string unstartedText(const std::string& program, int number);

}
