#pragma once

#include "core/apigateway/model.h"
#include "core/apigateway/state_cache.h"
#include "core/aws/request.h"
#include "core/store/store.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>

namespace core::apigateway {

// One API inside a transaction: changed freely, written by save(). Only the committer thread has one.
class ApiDraft {
public:
    static Result<ApiDraft> open(
        store::Transaction& transaction, std::string region, std::string id, const Error& missing);

    RestApi api;
    std::map<std::string, Stage> stages;

    bool hasDeployment(const std::string& id) const;
    Result<Deployment> deployment(const std::string& id) const;
    void putDeployment(const Deployment& deployment);
    void eraseDeployment(const std::string& id);
    void save();

private:
    explicit ApiDraft(store::Transaction& transaction)
        : m_transaction(&transaction)
    {
    }

    store::Transaction* m_transaction;
    std::string m_apiText;
    std::map<std::string, std::string> m_stageTexts;
    std::map<std::string, std::optional<std::string>> m_deploymentTexts; // nullopt: erased
};

// The REST APIs of the chamber: durable in the store, and in memory for calls and reads. Any thread.
class ApiStore : public StateCache<ApiState> {
public:
    // Gives the action's output; runs on the committer thread and changes the draft alone. A null output has
    // no body.
    using Change = std::function<Result<nlohmann::json>(ApiDraft&)>;

    explicit ApiStore(store::Store& store); // restores what the store has

    std::unique_ptr<aws::PendingWrite> create(RestApi api);
    std::unique_ptr<aws::PendingWrite> change(
        std::string region, std::string id, Error missing, Change change);
    std::unique_ptr<aws::PendingWrite> remove(std::string region, std::string id, Error missing);
};

}
