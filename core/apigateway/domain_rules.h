#pragma once

#include "core/apigateway/custom_domain.h"
#include "core/aws/request.h"

namespace core::apigateway {

// What domain names and their mappings have to keep to, whichever of the two APIs makes them.

Result<> checkDomainName(const std::string& name);
// s3://bucket/key, on a regional domain alone.
Result<> checkMutualTls(const DomainName& domain);
// AWS's own name, which a CNAME record of the domain would point to.
std::string newTarget(const DomainName& domain);

// Leaves it to the committer to remove the domain "<region>/<name>" and its mappings.
aws::Outcome removeDomainName(CustomDomains& domains, const std::string& name);

std::string newMappingId();
// A base path of one part or of several.
Result<> checkBasePath(const std::string& path);
// WebSocket APIs share a domain with no others; HTTP APIs share one with REST APIs by API mappings alone.
Result<> checkNeighbours(store::Transaction& transaction, const CustomDomains& domains,
    const BasePathMapping& mapping, bool byApiMapping);
// The API that a mapping names, and its stage; `missing` when there is no such API.
Result<> checkTarget(store::Transaction& transaction, const BasePathMapping& mapping, const Error& missing);

}
