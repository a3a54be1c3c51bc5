#pragma once

#include "core/apigateway/custom_domain.h"
#include "core/apigateway/patch.h"

namespace core::apigateway {

// Private custom domain names, of which several may have one name: an id tells them apart. The chamber has no
// VPC endpoints: it serves them at its own endpoint to everybody, and their policies are kept and shown.

// "arn:aws:apigateway:us-east-1:000000000000:/domainnames/private.example.com+a1b2c3d4e5"
std::string domainArn(const DomainName& domain);
// "<domain>", or "<domain>+<id>" where domainNameId is given too.
std::string domainResource(const nlohmann::json& input);
// "<region>/<domain>+<id>" of such an ARN; nullopt for anything else.
std::optional<std::string> domainKeyOf(const std::string& arn);

// Gives a new private domain its id and owner.
void makePrivate(DomainName& domain, const std::string& account);
// A policy of a private domain in one line; AWS's error for what is none.
Result<std::string> domainPolicy(const std::string& policy);
// Members that private domains have alone, or may not have.
Result<> checkPrivateMembers(const DomainName& domain);
// A private domain leads to private APIs, and no other does.
Result<> checkPrivacy(
    store::Transaction& transaction, const DomainName& domain, const BasePathMapping& mapping);

Result<> patchDomainPolicy(DomainName& domain, const PatchOperation& operation);
Result<> patchManagementPolicy(DomainName& domain, const PatchOperation& operation);

// The name is taken by a public domain, whatever the region.
bool isNameTaken(const CustomDomains& domains, const std::string& name);

}
