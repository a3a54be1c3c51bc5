#pragma once

#include "core/base/clock.h"
#include "core/http/message.h"

// Who signs a test's request, and as what.
struct Signer {
    std::string key = "test";
    std::string secret = "test";
    std::string region = "us-east-1";
    std::string service = "execute-api";
    core::Micros since = 0; // how much later than now
};

// Signs it (SigV4, header) with what it has of Host, target and body.
void sign(core::http::Request& request, const Signer& signer = {});
