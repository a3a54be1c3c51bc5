#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// A server certificate that CreateDomainName is given itself instead of by its ARN, the way before ACM: body,
// key and chain are PEM, the key is the body's. AWS shows none of it again, and nothing is kept but its name
// and the moment: the chamber encrypts nothing.
struct UploadedCertificate {
    std::string name;
    std::string body;
    std::string privateKey;
    std::string chain; // may be empty

    static UploadedCertificate of(const nlohmann::json& input);
    bool isGiven() const { return !body.empty() || !privateKey.empty() || !chain.empty(); }
    // AWS's wording is unverified.
    Result<> check() const;
};

}
