#pragma once

#include "core/lambda/invoker.h"

#include <string>
#include <string_view>

namespace core::lambda {

// An asynchronous invocation on its way. A plain value; it lies in the store until its end.
struct AsyncJob {
    std::string id; // its key: in order of acceptance
    std::string functionKey;
    std::string functionArn; // without a qualifier
    std::string qualifier; // "" for $LATEST
    Invocation invocation;
    std::string traceHeader; // of the request that it came with
    int attempts = 0; // that the function has made of it
    int throttles = 0; // in a row
    Micros accepted = 0; // chamber's clock
    Micros due = 0; // its next attempt
};

std::string encode(const AsyncJob& job);
void decode(std::string_view record, AsyncJob& job);

// How a job may be retried, and who hears of its end.
struct AsyncRules {
    int retries = 2;
    Micros maxAge = 6 * 3600 * kSecond;
    std::string onSuccess; // ARNs, "" for none
    std::string onFailure;
    std::string deadLetter; // where the events of failures go themselves
    bool closed = false; // reserved concurrency 0: what is throttled is given up at once
};

// What the last attempt of an event gave; neither of an event that was too old before one.
struct AsyncAttempt {
    const InvocationOutcome* outcome = nullptr; // the function has run
    const Error* refusal = nullptr; // it was not let run
};

enum class AsyncEnd { Success, RetriesExhausted, EventAgeExceeded };

// The invocation record that a destination gets. `outcome` is null when the function has not run.
std::string invocationRecord(const AsyncJob& job, AsyncEnd end, const InvocationOutcome* outcome, Micros now);

}
