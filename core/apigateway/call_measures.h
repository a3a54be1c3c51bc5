#pragma once

#include "core/base/clock.h"

#include <optional>
#include <string>

namespace core::apigateway {

// How one phase of a call ended and how long it took. Empty for a phase that the call does not have.
struct PhaseOutcome {
    std::optional<int> status;
    std::optional<Micros> latency;
    std::string error;
};

// What the phases of a call left for $context of access logs.
struct CallMeasures {
    Micros begin = steadyMicros();
    PhaseOutcome authenticate; // the signature
    PhaseOutcome authorizer; // a function or a user pool
    PhaseOutcome authorize; // policies
    PhaseOutcome integration; // its status is the backend's own
    std::optional<int> endpointStatus; // of the service that was called: Lambda's, not the function's
    std::string endpointRequestId;
};

}
