#pragma once

#include "core/base/result.h"

namespace core::store {

// What becomes of every write once the log could not be synced: nobody can say what of it is there after a
// power cut, so nothing may build on it until the store is opened again.
Error refusal();
// Whether a write failed for that, so that trying again is of no use before the store is opened again.
bool isRefusal(const Error& error);

}
