#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <optional>

namespace core::dynamodb {

// When work that goes on by itself tries a step again whose commit failed with `error`: some seconds later on
// the chamber's clock. Nothing when the store refuses everything until it is opened again; what the work has
// left in the store goes on then.
std::optional<Micros> retryMoment(const Clock& clock, const Error& error);

}
