#pragma once

#include "core/aws/service.h"
#include "core/cdn/distribution.h"
#include "core/cdn/edge_cache.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

namespace core::cdn {

// A distribution with its caches, one an edge; the caches outlive updates of the configuration.
struct LiveDistribution {
    std::shared_ptr<const Distribution> rules;
    std::shared_ptr<std::map<std::string, EdgeCache, std::less<>>>
        caches; // by edge id, complete from the start
    std::shared_ptr<Collapser> collapser;
};

// What is kept of one configuration object on disk: {"config", "etag", …}; configurations are JSON in
// CloudFront's shape. Reading is in memory, changing waits for the store: Blocking lane. Any thread.
class DistributionStore {
public:
    DistributionStore(store::Store& store, Clock& clock);

    Result<nlohmann::json> create(const nlohmann::json& config, const std::string& region);
    Result<nlohmann::json> update(
        const std::string& id, const std::string& ifMatch, const nlohmann::json& config);
    Result<> remove(const std::string& id, const std::string& ifMatch);
    Result<nlohmann::json> record(
        const std::string& id) const; // {"Id","ETag","LastModifiedTime","DomainName","Config"}
    std::vector<nlohmann::json> records() const;

    std::optional<LiveDistribution> live(const std::string& id) const;
    // By id, or by the first label of its domain name ("d111111abcdef8").
    std::optional<LiveDistribution> find(std::string_view idOrLabel) const;

    Result<nlohmann::json> addInvalidation(const std::string& distributionId, const nlohmann::json& batch);
    Result<nlohmann::json> invalidation(const std::string& distributionId, const std::string& id) const;
    std::vector<nlohmann::json> invalidations(const std::string& distributionId) const; // newest first

    Result<nlohmann::json> createAccessControl(const nlohmann::json& config);
    Result<nlohmann::json> accessControl(const std::string& id) const;
    std::vector<nlohmann::json> accessControls() const;
    Result<> removeAccessControl(const std::string& id, const std::string& ifMatch);

    void reset();

private:
    void load();
    Result<> put(const std::string& keyspace, const std::string& key, const nlohmann::json& value);
    Result<nlohmann::json> checkedRecord(const std::string& id, const std::string& ifMatch) const;
    Result<> keepLive(const nlohmann::json& record);

    store::Store& m_store;
    Clock& m_clock;
    mutable std::shared_mutex m_mutex;
    std::map<std::string, LiveDistribution, std::less<>> m_live;
};

}
