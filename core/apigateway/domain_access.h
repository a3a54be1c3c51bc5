#pragma once

#include "core/aws/record_store.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>

namespace core::apigateway {

// A domain name access association: a VPC endpoint may reach a private custom domain name.
struct DomainAccess {
    std::string region;
    std::string account; // who made it
    std::string arn;
    std::string domainNameArn;
    std::string sourceType; // VPCE
    std::string source; // "vpce-0123456789abcdef0"
    std::map<std::string, std::string> tags;
};

using DomainAccesses = aws::RecordStore<DomainAccess>;

std::string recordKey(const DomainAccess& access); // "<region>/<ARN>"
std::string indexKey(const DomainAccess& access); // the domain's ARN
std::string encode(const DomainAccess& access);
bool decode(std::string_view text, DomainAccess& access);
nlohmann::json toJson(const DomainAccess& access);

}
