#include "core/apigateway/api_key_file.h"
#include "core/apigateway/api_key_rules.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/usage_actions.h"
#include "core/apigateway/usage_control.h"
#include "core/apigateway/usage_errors.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

namespace {

// One import inside the committer's transaction.
struct Import {
    UsageControl& usage;
    std::string region;
    Micros now;
    std::vector<ImportedKey> rows;
    bool failOnWarnings;
    std::vector<std::string> ids = {};
    std::vector<std::string> warnings = {};
    std::vector<std::string> keyNames = {}; // of records that changed
    std::vector<std::string> memberNames = {};

    // A key that is known by its value is overwritten.
    ApiKey keyFor(store::Transaction& transaction, const ImportedKey& row) const
    {
        ApiKey key;
        if (const auto id = takenBy(transaction, region, row.value)) {
            if (const auto known = usage.keys.read(transaction, region + "/" + *id))
                key = *known;
        }
        if (key.id.empty()) {
            key.id = randomLower(10);
            key.createdDate = now;
        }
        key.region = region;
        key.value = row.value;
        key.name = row.name;
        key.description = row.description;
        key.enabled = row.enabled;
        key.lastUpdatedDate = now;
        return key;
    }

    void join(store::Transaction& transaction, const ApiKey& key, const std::string& planId)
    {
        if (!usage.plans.read(transaction, region + "/" + planId)) {
            warnings.push_back("API Key " + key.name + ": Usage Plan " + planId + " does not exist");
            return;
        }
        const UsagePlanKey member{region, planId, key.id, "API_KEY"};
        usage.planKeys.put(transaction, member);
        memberNames.push_back(recordKey(member));
    }

    Result<json> apply(store::Transaction& transaction)
    {
        for (const auto& row : rows) {
            const auto key = keyFor(transaction, row);
            putKey(transaction, usage.keys, key);
            keyNames.push_back(recordKey(key));
            ids.push_back(key.id);
            for (const auto& planId : row.planIds)
                join(transaction, key, planId);
        }
        if (failOnWarnings && !warnings.empty())
            return fail(errors::badRequest(warnings.front()));
        return json{{"ids", ids}, {"warnings", warnings}};
    }

    void refresh()
    {
        for (const auto& name : keyNames)
            usage.keys.refresh(name);
        for (const auto& name : memberNames)
            usage.planKeys.refresh(name);
    }
};

}

Result<Outcome> importApiKeys(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto rows, parseApiKeyFile(request.body));
    auto import = std::make_shared<Import>(Import{service.usage(), context.region, context.now,
        std::move(rows), flag(request.input(), "failOnWarnings")});
    context.touch("apikeys");
    return std::make_unique<RecordWrite>(
        [import](store::Transaction& transaction) { return import->apply(transaction); },
        [import] { import->refresh(); });
}

}
