#include "core/apigateway/v2/api_store.h"

#include "core/apigateway/api_ids.h"
#include "core/apigateway/api_write.h"
#include "core/apigateway/v2/errors.h"
#include "core/apigateway/v2/model_json.h"
#include "core/apigateway/v2/route_table.h"
#include "core/base/ids.h"
#include "core/base/log.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::v2 {

namespace {

constexpr std::string_view kApis = kHttpApisKeyspace;
constexpr std::string_view kDeployments = "apigatewayv2/deployments";
constexpr std::size_t kKeptAutomatic = 25; // automatic deployments that no stage points to

std::string keyOf(const std::string& region, const std::string& id)
{
    return region + "/" + id;
}

std::string keyOf(const Api& api, const std::string& deploymentId)
{
    return api.region + "/" + api.apiId + "/" + deploymentId;
}

std::string lastPart(std::string_view key)
{
    return std::string(key.substr(key.rfind('/') + 1));
}

std::shared_ptr<const Deployment> compiled(Deployment deployment)
{
    deployment.routeTable = std::make_shared<const RouteTable>(deployment.routes);
    return std::make_shared<const Deployment>(std::move(deployment));
}

class CreateApi : public ApiWrite<ApiStore> {
public:
    CreateApi(ApiStore& apis, Api api, ApiStore::Change change)
        : ApiWrite(apis, api.region, api.apiId)
        , m_api(std::move(api))
        , m_change(std::move(change))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (isApiIdTaken(transaction, m_id))
            return fail(errors::conflict("An API with the identifier " + m_id + " already exists"));
        auto draft = ApiDraft::create(transaction, m_api);
        CORE_TRY(m_output, m_change(draft));
        draft.save();
        return {};
    }

private:
    Api m_api;
    ApiStore::Change m_change;
};

ApiPtr load(store::Reader& reader, const std::string& key, const ApiPtr& before)
{
    const auto stored = reader.get(kApis, key);
    if (!stored)
        return nullptr;
    auto read = readApi(*stored);
    if (!read) {
        log::error("apigatewayv2", "The API " + key + " cannot be read from the store");
        return nullptr;
    }
    auto state = std::make_shared<ApiState>(*std::move(read));
    reader.scan(kDeployments, store::Range::prefix(key + "/"), store::Direction::Forward,
        [&](std::string_view deploymentKey, std::string_view value) {
            const auto id = lastPart(deploymentKey);
            auto deployment = readDeployment(value);
            if (!deployment)
                return true;
            // Snapshots never change, so a known one keeps its routes; its description may be new.
            const auto* known =
                before && before->deployments.contains(id) ? &before->deployments.at(id) : nullptr;
            if (known && (*known)->description == deployment->description)
                state->deployments.emplace(id, *known);
            else
                state->deployments.emplace(id, compiled(*std::move(deployment)));
            return true;
        });
    return state;
}

}

ApiDraft ApiDraft::create(store::Transaction& transaction, Api api)
{
    ApiDraft draft(transaction);
    draft.api = std::move(api);
    return draft;
}

Result<ApiDraft> ApiDraft::open(
    store::Transaction& transaction, const std::string& region, const std::string& id, const Error& missing)
{
    const auto stored = transaction.get(kApis, keyOf(region, id));
    if (!stored)
        return fail(missing);
    ApiDraft draft(transaction);
    CORE_TRY(auto state, readApi(*stored));
    draft.api = std::move(state.api);
    draft.stages = std::move(state.stages);
    draft.m_text = *stored;
    return draft;
}

Result<Deployment> ApiDraft::deployment(const std::string& id) const
{
    const auto stored = m_transaction->get(kDeployments, keyOf(api, id));
    if (!stored)
        return fail(errors::invalidDeployment());
    return readDeployment(*stored);
}

Deployment ApiDraft::freeze(Micros now) const
{
    Deployment deployment;
    static_cast<Definition&>(deployment) = api;
    deployment.deploymentId = randomLower(6);
    deployment.createdDate = now;
    return deployment;
}

void ApiDraft::putDeployment(const Deployment& deployment)
{
    m_transaction->createKeyspace(kDeployments);
    m_transaction->put(kDeployments, keyOf(api, deployment.deploymentId), writeDeployment(deployment));
}

void ApiDraft::eraseDeployment(const std::string& id)
{
    m_transaction->erase(kDeployments, keyOf(api, id));
}

bool ApiDraft::isUsed(const std::string& deploymentId) const
{
    return std::any_of(stages.begin(), stages.end(),
        [&](const auto& entry) { return entry.second.deploymentId == deploymentId; });
}

void ApiDraft::deployAutomatically(Micros now)
{
    const auto isAutomatic = [](const auto& entry) { return entry.second.autoDeploy.value_or(false); };
    if (std::none_of(stages.begin(), stages.end(), isAutomatic))
        return;
    auto deployment = freeze(now);
    deployment.autoDeployed = true;
    deployment.description = "Automatic deployment triggered by changes to the Api configuration";
    std::string message = "Successfully deployed stage with deployment ID '" + deployment.deploymentId + "'";
    const bool deployable = !api.routes.empty();
    if (!deployable)
        message = "Deployment attempt failed: " + errors::noRoutes().message;
    for (auto& [name, stage] : stages) {
        if (!stage.autoDeploy.value_or(false))
            continue;
        stage.lastDeploymentStatusMessage = message;
        stage.lastUpdatedDate = now;
        if (deployable)
            stage.deploymentId = deployment.deploymentId;
    }
    if (!deployable)
        return;
    putDeployment(deployment);
    forgetOldDeployments();
}

void ApiDraft::forgetOldDeployments()
{
    std::vector<std::pair<Micros, std::string>> unused;
    m_transaction->scan(kDeployments, store::Range::prefix(keyOf(api, {})), store::Direction::Forward,
        [&](std::string_view key, std::string_view value) {
            const auto id = lastPart(key);
            if (isUsed(id))
                return true;
            if (const auto found = readDeployment(value); found && found->autoDeployed)
                unused.emplace_back(found->createdDate, id);
            return true;
        });
    std::sort(unused.begin(), unused.end());
    for (std::size_t i = 0; i + kKeptAutomatic < unused.size(); ++i)
        eraseDeployment(unused[i].second);
}

void ApiDraft::save()
{
    auto now = writeApi(api, stages);
    if (now == m_text)
        return;
    m_transaction->createKeyspace(kApis);
    m_transaction->put(kApis, keyOf(api.region, api.apiId), now);
    m_text = std::move(now);
}

ApiStore::ApiStore(store::Store& store)
    : StateCache(store, kApis, load)
{
}

std::unique_ptr<aws::PendingWrite> ApiStore::create(Api api, Change change)
{
    return std::make_unique<CreateApi>(*this, std::move(api), std::move(change));
}

std::unique_ptr<aws::PendingWrite> ApiStore::change(
    std::string region, std::string id, Error missing, Change change)
{
    return std::make_unique<ChangeApi<ApiStore, ApiDraft>>(
        *this, std::move(region), std::move(id), std::move(missing), std::move(change));
}

std::unique_ptr<aws::PendingWrite> ApiStore::remove(std::string region, std::string id, Error missing)
{
    return std::make_unique<RemoveApi<ApiStore>>(*this, std::move(region), std::move(id), std::move(missing),
        kApis, std::initializer_list{kDeployments});
}

}
