#pragma once

#include "core/base/result.h"
#include "core/dynamodb/dax/cache.h"
#include "core/store/store.h"

#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::dynamodb::dax {

// A cluster: a name and what its cache holds.
struct Cluster {
    Cluster(std::string clusterName, std::shared_ptr<SharedBudget> budget)
        : name(std::move(clusterName))
        , cache(std::move(budget))
    {
    }

    std::string name;
    Cache cache;
};

using ClusterPtr = std::shared_ptr<Cluster>;

// The clusters. One comes into being when its endpoint is asked or its settings are made; what it caches
// lives in memory alone, bounded also for all clusters together; its settings are kept in the keyspace
// "dynamodb/caches" (key: its name). Any thread; the transaction's members on the committer thread.
class ClusterStore {
public:
    ClusterStore(store::Store& store, const Clock& clock);

    // The cluster of that name, made with the usual settings when there is none. Fails when the name is none
    // that DAX allows, or there are too many clusters.
    Result<ClusterPtr> open(std::string_view name);
    ClusterPtr find(std::string_view name) const; // null when there is none
    std::vector<ClusterPtr> all() const;

    static void store(store::Transaction& transaction, std::string_view name, const CacheSettings& settings);
    static void erase(store::Transaction& transaction, std::string_view name);
    void withdraw(std::string_view name);
    void reload(); // the settings as stored; what was cached is forgotten

private:
    store::Store& m_store;
    const Clock& m_clock;
    const std::shared_ptr<SharedBudget> m_budget = std::make_shared<SharedBudget>(Cache::kMaxBytesOfAll);
    mutable std::shared_mutex m_mutex;
    std::map<std::string, ClusterPtr, std::less<>> m_clusters;
};

}
