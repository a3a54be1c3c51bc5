#pragma once

#include "core/http/message.h"

#include <string>

namespace core::lambda {

// What the APIs inside an environment answer with: JSON as text.
http::Response jsonResponse(int status, std::string body);

}
