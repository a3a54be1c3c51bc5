#include "core/apigateway/domain_rules.h"

#include "core/apigateway/api_ids.h"
#include "core/apigateway/private_domain.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/usage_errors.h"
#include "core/apigateway/v2/api_store.h"
#include "core/aws/host_rules.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

namespace {

constexpr std::string_view kStages = "apigateway/stages";
constexpr std::size_t kLongestKey = 300;

bool isLabel(std::string_view label)
{
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-'
        && std::all_of(label.begin(), label.end(),
            [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

// Labels of letters, digits and hyphens; "*" may stand for the first. Addresses and AWS's own names are none.
bool isDomainName(const std::string& name)
{
    if (name.size() > 253 || name.find('.') == name.npos || aws::isAmazonHost(name))
        return false;
    if (name.find_last_not_of("0123456789") < name.rfind('.') + 1)
        return false;
    const auto labels = split(name, '.');
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const bool isWildcard = labels[i] == "*" && i == 0 && labels.size() > 2;
        if (!isWildcard && !isLabel(labels[i]))
            return false;
    }
    return true;
}

enum class ApiKind { None, Rest, Http, WebSocket };

ApiKind kindOf(store::Transaction& transaction, const BasePathMapping& mapping)
{
    if (transaction.get(kRestApisKeyspace, mapping.region + "/" + mapping.apiId))
        return ApiKind::Rest;
    const auto draft = v2::ApiDraft::open(transaction, mapping.region, mapping.apiId, Error{});
    if (!draft)
        return ApiKind::None;
    return draft->api.isHttp() ? ApiKind::Http : ApiKind::WebSocket;
}

bool hasStage(store::Transaction& transaction, const BasePathMapping& mapping, ApiKind kind)
{
    if (kind == ApiKind::Rest)
        return transaction.get(kStages, mapping.region + "/" + mapping.apiId + "/" + mapping.stage)
            .has_value();
    const auto draft = v2::ApiDraft::open(transaction, mapping.region, mapping.apiId, Error{});
    return draft && draft->stages.contains(mapping.stage);
}

}

Result<> checkDomainName(const std::string& name)
{
    if (!isDomainName(name))
        return fail(errors::badRequest("Invalid domain name specified: " + name));
    return {};
}

Result<> checkMutualTls(const DomainName& domain)
{
    if (domain.truststoreUri.empty()) {
        if (!domain.truststoreVersion.empty())
            return fail(errors::badRequest("A truststore version needs a truststore URI"));
        return {};
    }
    constexpr std::string_view kScheme = "s3://";
    const auto slash = domain.truststoreUri.find('/', kScheme.size());
    if (!domain.truststoreUri.starts_with(kScheme) || slash == domain.truststoreUri.npos
        || slash == kScheme.size() || slash + 1 == domain.truststoreUri.size())
        return fail(errors::badRequest("Invalid truststore URI specified: " + domain.truststoreUri));
    if (domain.endpointType != "REGIONAL")
        return fail(errors::badRequest("Mutual TLS is only supported for REGIONAL domain names"));
    return {};
}

std::string newTarget(const DomainName& domain)
{
    if (domain.isEdge())
        return "d" + randomLower(13) + ".cloudfront.net";
    return "d-" + randomLower(10) + ".execute-api." + domain.region + ".amazonaws.com";
}

aws::Outcome removeDomainName(CustomDomains& domains, const std::string& name)
{
    auto left = std::make_shared<std::vector<std::string>>(); // its mappings
    auto leftAccess = std::make_shared<std::vector<std::string>>(); // and its access associations
    return std::make_unique<RecordWrite>(
        [name, left, leftAccess, &domains](store::Transaction& transaction) -> Result<nlohmann::json> {
            const auto domain = domains.names.read(transaction, name);
            if (!domain)
                return fail(errors::invalidDomainName());
            domains.names.erase(transaction, name);
            for (const auto& access : domains.access.indexed(domainArn(*domain))) {
                leftAccess->push_back(recordKey(*access));
                domains.access.erase(transaction, leftAccess->back());
            }
            for (const auto& mapping : domains.mappings.readBelow(transaction, name + "/")) {
                left->push_back(recordKey(*mapping));
                domains.mappings.erase(transaction, left->back());
            }
            domains.rules.eraseBelow(transaction, name + "/");
            return nlohmann::json(nullptr);
        },
        [name, left, leftAccess, &domains] {
            domains.names.refresh(name);
            for (const auto& mapping : *left)
                domains.mappings.refresh(mapping);
            for (const auto& access : *leftAccess)
                domains.access.refresh(access);
            domains.rules.forget(name + "/");
        });
}

std::string newMappingId()
{
    return randomLower(6);
}

Result<> checkBasePath(const std::string& path)
{
    if (path.size() > kLongestKey)
        return fail(errors::badRequest("API mapping key must not be longer than 300 characters"));
    const bool clean = std::all_of(path.begin(), path.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("$-_.+!*'()/").find(c) != std::string_view::npos;
    });
    if (!clean)
        return fail(errors::badRequest("Base path only allows a-zA-Z0-9$-_.+!*'()"));
    if (path.starts_with('/') || path.ends_with('/') || path.find("//") != path.npos)
        return fail(errors::badRequest(
            "API mapping key should not start with a '/' or end with a '/' or have consecutive '/'s."));
    return {};
}

Result<> checkNeighbours(store::Transaction& transaction, const CustomDomains& domains,
    const BasePathMapping& mapping, bool byApiMapping)
{
    const auto kind = kindOf(transaction, mapping);
    const auto isAllowed = [&](ApiKind other) {
        if (other == ApiKind::None || other == kind)
            return true;
        return byApiMapping && kind != ApiKind::WebSocket && other != ApiKind::WebSocket;
    };
    bool allowed = byApiMapping || kind == ApiKind::Rest;
    for (const auto& other :
        domains.mappings.readBelow(transaction, mapping.region + "/" + mapping.domainName + "/"))
        allowed =
            allowed && (other->mappingId == mapping.mappingId || isAllowed(kindOf(transaction, *other)));
    if (!allowed)
        return fail(errors::badRequest(
            "Mixing of REST APIs and HTTP APIs on the same domain name can only be accomplished through API "
            "Gateway's V2 DomainName interface. Currently, WebSocket APIs can only be attached to a domain "
            "name with other WebSocket APIs. This must also occur through API Gateway's V2 DomainName "
            "interface."));
    return {};
}

Result<> checkTarget(store::Transaction& transaction, const BasePathMapping& mapping, const Error& missing)
{
    const auto kind = kindOf(transaction, mapping);
    if (kind == ApiKind::None)
        return fail(missing);
    if (!mapping.stage.empty() && !hasStage(transaction, mapping, kind))
        return fail(errors::badRequest("Invalid stage identifier specified"));
    return {};
}

}
