#pragma once

#include "core/apigateway/model.h"
#include "core/aws/request.h"
#include "core/store/store.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <mutex>
#include <set>
#include <string_view>

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

// The REST APIs of the chamber: durable in the store, and in memory as immutable states that calls and reads
// share. A state changes when a write is durable. Any thread; the lock covers this cache alone.
class ApiStore {
public:
    // Gives the action's output; runs on the committer thread and changes the draft alone. A null output has
    // no body.
    using Change = std::function<Result<nlohmann::json>(ApiDraft&)>;

    explicit ApiStore(store::Store& store); // restores what the store has

    ApiPtr find(const std::string& region, const std::string& id) const; // null when there is none
    // For calls, whose address need not name a region; ids are unique in the chamber.
    ApiPtr findById(const std::string& id) const;
    std::vector<ApiPtr> list(const std::string& region) const; // by id

    std::unique_ptr<aws::PendingWrite> create(RestApi api);
    std::unique_ptr<aws::PendingWrite> change(
        std::string region, std::string id, Error missing, Change change);
    std::unique_ptr<aws::PendingWrite> remove(std::string region, std::string id, Error missing);

    // Reads one API anew; called when a write of it is durable.
    void refresh(const std::string& region, const std::string& id);
    void reset();

private:
    using States = std::map<std::string, ApiPtr>; // by "<region>/<id>"

    ApiPtr load(store::Reader& reader, const std::string& key, const ApiPtr& before) const;
    std::shared_ptr<const States> states() const;

    store::Store& m_store;
    std::mutex
        m_refreshing; // one refresh at a time, so that a later write is never overwritten by an earlier one
    mutable std::mutex m_mutex; // guards the pointer
    std::shared_ptr<const States> m_states = std::make_shared<States>();
};

}
