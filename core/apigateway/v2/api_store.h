#pragma once

#include "core/apigateway/state_cache.h"
#include "core/apigateway/v2/model.h"
#include "core/aws/request.h"
#include "core/store/store.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>

namespace core::apigateway::v2 {

// One API inside a transaction: changed freely, written by save(). Only the committer thread has one.
class ApiDraft {
public:
    static ApiDraft create(store::Transaction& transaction, Api api);
    static Result<ApiDraft> open(store::Transaction& transaction, const std::string& region,
        const std::string& id, const Error& missing);

    Api api;
    std::map<std::string, Stage> stages;

    Result<Deployment> deployment(const std::string& id) const;
    // The API as it is now, as a deployment of its own.
    Deployment freeze(Micros now) const;
    void putDeployment(const Deployment& deployment);
    void eraseDeployment(const std::string& id);
    // Gives every stage with AutoDeploy the API as it is now; what automatic deployments no stage uses any
    // longer go away but for the latest ones.
    void deployAutomatically(Micros now);
    void save();

private:
    explicit ApiDraft(store::Transaction& transaction)
        : m_transaction(&transaction)
    {
    }

    void forgetOldDeployments();
    bool isUsed(const std::string& deploymentId) const;

    store::Transaction* m_transaction;
    std::string m_text;
};

// The HTTP and WebSocket APIs of the chamber: durable in the store, and in memory for calls and reads. Any
// thread.
class ApiStore : public StateCache<ApiState> {
public:
    // Gives the action's output; runs on the committer thread and changes the draft alone. A null output has
    // no body.
    using Change = std::function<Result<nlohmann::json>(ApiDraft&)>;

    explicit ApiStore(store::Store& store); // restores what the store has

    // `change` completes the new API: routes and stages of quick create.
    std::unique_ptr<aws::PendingWrite> create(Api api, Change change);
    std::unique_ptr<aws::PendingWrite> change(
        std::string region, std::string id, Error missing, Change change);
    std::unique_ptr<aws::PendingWrite> remove(std::string region, std::string id, Error missing);
};

}
