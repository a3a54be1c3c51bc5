#include "core/apigateway/record_tags.h"

#include "core/apigateway/custom_domain.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/usage_errors.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

namespace {

// Calls `use` with the records of a kind and the error for one that is missing.
template <typename Use> auto withRecords(ApiGatewayService& service, std::string_view kind, Use use)
{
    if (kind == "usageplans")
        return use(service.usage().plans, errors::invalidUsagePlan());
    if (kind == "apikeys")
        return use(service.usage().keys, errors::invalidApiKey());
    return use(service.domains().names, errors::invalidDomainName());
}

}

bool isTaggedRecord(std::string_view kind)
{
    return kind == "usageplans" || kind == "apikeys" || kind == "domainnames";
}

Result<StringMap> tagsOfRecord(
    ApiGatewayService& service, const std::string& region, std::string_view kind, const std::string& id)
{
    return withRecords(service, kind, [&](auto& records, const Error& missing) -> Result<StringMap> {
        const auto record = records.find(region + "/" + id);
        if (!record)
            return fail(missing);
        return record->tags;
    });
}

aws::Outcome changeTagsOfRecord(ApiGatewayService& service, const std::string& region, std::string_view kind,
    const std::string& id, std::function<void(StringMap&)> change)
{
    const auto name = region + "/" + id;
    return withRecords(service, kind, [&](auto& records, const Error& missing) -> aws::Outcome {
        return std::make_unique<RecordWrite>(
            [name, missing, change = std::move(change), &records](
                store::Transaction& transaction) -> Result<nlohmann::json> {
                const auto before = records.read(transaction, name);
                if (!before)
                    return fail(missing);
                auto record = *before;
                change(record.tags);
                records.put(transaction, record);
                return nlohmann::json(nullptr);
            },
            [name, &records] { records.refresh(name); });
    });
}

}
