#pragma once

#include "core/aws/record_store.h"
#include "core/base/clock.h"

#include <nlohmann/json_fwd.hpp>

#include <map>

namespace core::apigateway {

// A certificate by which backends know the gateway on AWS. Here backends are not shown it, so its private key
// is forgotten.
struct ClientCertificate {
    std::string region;
    std::string id;
    std::string description;
    std::string pem;
    std::map<std::string, std::string> tags;
    Micros createdDate = 0;
    Micros expirationDate = 0;
};

using ClientCertificates = aws::RecordStore<ClientCertificate>;

std::string recordKey(const ClientCertificate& certificate); // "<region>/<id>"
std::string encode(const ClientCertificate& certificate);
bool decode(std::string_view text, ClientCertificate& certificate);
nlohmann::json toJson(const ClientCertificate& certificate);

// "" is no certificate; another id has to be one's.
Result<> checkCertificate(
    const ClientCertificates& certificates, const std::string& region, const std::string& id);

// A self-signed X.509 certificate over a fresh RSA key of 2048 bits, as PEM. Takes a tenth of a second.
Result<std::string> newCertificate(Micros from, Micros until);

}
