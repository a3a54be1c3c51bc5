#include "core/apigateway/api_store.h"

#include "core/apigateway/api_ids.h"
#include "core/apigateway/api_write.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/model_json.h"
#include "core/apigateway/router.h"
#include "core/base/log.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

namespace {

constexpr std::string_view kApis = kRestApisKeyspace;
constexpr std::string_view kDeployments = "apigateway/deployments";
constexpr std::string_view kStages = "apigateway/stages";

std::string keyOf(const std::string& region, const std::string& id)
{
    return region + "/" + id;
}

std::string keyOf(const RestApi& api, const std::string& part)
{
    return api.region + "/" + api.id + "/" + part;
}

std::string lastPart(std::string_view key)
{
    return std::string(key.substr(key.rfind('/') + 1));
}

std::shared_ptr<const Deployment> compiled(Deployment deployment)
{
    deployment.router = std::make_shared<const Router>(deployment.resources);
    return std::make_shared<const Deployment>(std::move(deployment));
}

class CreateApi : public ApiWrite<ApiStore> {
public:
    CreateApi(ApiStore& apis, RestApi api)
        : ApiWrite(apis, api.region, api.id)
        , m_api(std::move(api))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (isApiIdTaken(transaction, m_id))
            return fail(errors::conflict("An API with the identifier " + m_id + " already exists"));
        transaction.createKeyspace(kApis);
        transaction.createKeyspace(kDeployments);
        transaction.createKeyspace(kStages);
        transaction.put(kApis, key(), writeApi(m_api));
        m_output = toJson(m_api);
        return {};
    }

private:
    RestApi m_api;
};

ApiPtr load(store::Reader& reader, const std::string& key, const ApiPtr& before)
{
    const auto stored = reader.get(kApis, key);
    if (!stored)
        return nullptr;
    auto api = readApi(*stored);
    if (!api) {
        log::error("apigateway", "The API " + key + " cannot be read from the store");
        return nullptr;
    }
    auto state = std::make_shared<ApiState>();
    state->api = *std::move(api);
    const auto range = store::Range::prefix(key + "/");
    reader.scan(
        kStages, range, store::Direction::Forward, [&](std::string_view stageKey, std::string_view value) {
            if (auto stage = readStage(value))
                state->stages.emplace(lastPart(stageKey), *std::move(stage));
            return true;
        });
    reader.scan(kDeployments, range, store::Direction::Forward,
        [&](std::string_view deploymentKey, std::string_view value) {
            const auto id = lastPart(deploymentKey);
            auto deployment = readDeployment(value);
            if (!deployment)
                return true;
            // Snapshots never change, so a known one keeps its router; its description may be new.
            const auto known = before ? before->deployments.find(id) : decltype(before->deployments.end()){};
            if (before && known != before->deployments.end()
                && known->second->description == deployment->description)
                state->deployments.emplace(id, known->second);
            else
                state->deployments.emplace(id, compiled(*std::move(deployment)));
            return true;
        });
    return state;
}

}

Result<ApiDraft> ApiDraft::open(
    store::Transaction& transaction, std::string region, std::string id, const Error& missing)
{
    const auto stored = transaction.get(kApis, keyOf(region, id));
    if (!stored)
        return fail(missing);
    ApiDraft draft(transaction);
    CORE_TRY(draft.api, readApi(*stored));
    draft.m_apiText = *stored;
    Result<> readable;
    transaction.scan(kStages, store::Range::prefix(keyOf(region, id) + "/"), store::Direction::Forward,
        [&](std::string_view key, std::string_view value) {
            auto stage = readStage(value);
            if (!stage) {
                readable = fail(stage.error());
                return false;
            }
            draft.m_stageTexts.emplace(lastPart(key), value);
            draft.stages.emplace(lastPart(key), *std::move(stage));
            return true;
        });
    CORE_CHECK(readable);
    return draft;
}

bool ApiDraft::hasDeployment(const std::string& id) const
{
    return m_transaction->get(kDeployments, keyOf(api, id)).has_value();
}

Result<Deployment> ApiDraft::deployment(const std::string& id) const
{
    const auto stored = m_transaction->get(kDeployments, keyOf(api, id));
    if (!stored)
        return fail(errors::invalidDeployment());
    return readDeployment(*stored);
}

void ApiDraft::putDeployment(const Deployment& deployment)
{
    m_deploymentTexts[deployment.id] = writeDeployment(deployment);
}

void ApiDraft::eraseDeployment(const std::string& id)
{
    m_deploymentTexts[id] = std::nullopt;
}

void ApiDraft::save()
{
    if (auto now = writeApi(api); now != m_apiText)
        m_transaction->put(kApis, keyOf(api.region, api.id), now);
    for (const auto& [name, stage] : stages) {
        const auto before = m_stageTexts.find(name);
        if (auto now = writeStage(stage); before == m_stageTexts.end() || before->second != now)
            m_transaction->put(kStages, keyOf(api, name), now);
    }
    for (const auto& [name, before] : m_stageTexts) {
        if (!stages.contains(name))
            m_transaction->erase(kStages, keyOf(api, name));
    }
    for (const auto& [id, now] : m_deploymentTexts) {
        if (now)
            m_transaction->put(kDeployments, keyOf(api, id), *now);
        else
            m_transaction->erase(kDeployments, keyOf(api, id));
    }
}

ApiStore::ApiStore(store::Store& store)
    : StateCache(store, kApis, load)
{
}

std::unique_ptr<aws::PendingWrite> ApiStore::create(RestApi api)
{
    return std::make_unique<CreateApi>(*this, std::move(api));
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
        kApis, std::initializer_list{kDeployments, kStages});
}

}
