#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <string>

namespace core::aws {

// An X.509 certificate that vouches for itself, and its RSA key of 2048 bits; both PEM.
struct SelfSigned {
    std::string certificate;
    std::string privateKey;
};

// Makes a fresh one; takes a tenth of a second. Error: Internal. Any thread.
Result<SelfSigned> makeSelfSigned(const std::string& commonName, Micros from, Micros until);

}
