#include "core/apigateway/domain_access.h"

#include "core/apigateway/model_json.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

std::string recordKey(const DomainAccess& access)
{
    return access.region + "/" + access.arn;
}

std::string indexKey(const DomainAccess& access)
{
    return access.domainNameArn;
}

json toJson(const DomainAccess& access)
{
    json out{{"domainNameAccessAssociationArn", access.arn}, {"domainNameArn", access.domainNameArn},
        {"accessAssociationSourceType", access.sourceType}, {"accessAssociationSource", access.source}};
    if (!access.tags.empty())
        out["tags"] = access.tags;
    return out;
}

std::string encode(const DomainAccess& access)
{
    auto out = toJson(access);
    out["region"] = access.region;
    out["account"] = access.account;
    return out.dump();
}

bool decode(std::string_view stored, DomainAccess& access)
{
    const auto from = json::parse(stored, nullptr, false);
    if (!from.is_object())
        return false;
    access.region = text(from, "region");
    access.account = text(from, "account");
    access.arn = text(from, "domainNameAccessAssociationArn");
    access.domainNameArn = text(from, "domainNameArn");
    access.sourceType = text(from, "accessAssociationSourceType");
    access.source = text(from, "accessAssociationSource");
    access.tags = stringMap(from, "tags");
    return true;
}

}
