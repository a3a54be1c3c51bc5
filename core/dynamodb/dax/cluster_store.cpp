#include "core/dynamodb/dax/cluster_store.h"

#include "core/base/text.h"
#include "core/dynamodb/dax/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <mutex>

namespace core::dynamodb::dax {

namespace {

constexpr std::string_view kCaches = "dynamodb/caches";
constexpr std::size_t kMaxClusters = 50;
constexpr std::size_t kMaxName = 20;

// From CreateCluster's reference: a letter first, letters, digits and single hyphens, none at the end.
bool isClusterName(std::string_view name)
{
    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && name.size() <= kMaxName && isLetter(name.front()) && name.back() != '-'
        && name.find("--") == std::string_view::npos && std::ranges::all_of(name, [&](char c) {
               return isLetter(c) || (c >= '0' && c <= '9') || c == '-';
           });
}

std::string stored(const CacheSettings& settings)
{
    return nlohmann::json{
        {"itemTtl", settings.itemTtl}, {"queryTtl", settings.queryTtl}, {"maxBytes", settings.maxBytes}}
        .dump();
}

CacheSettings fromStored(std::string_view text)
{
    CacheSettings settings;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return settings;
    settings.itemTtl = json.value("itemTtl", settings.itemTtl);
    settings.queryTtl = json.value("queryTtl", settings.queryTtl);
    settings.maxBytes = json.value("maxBytes", settings.maxBytes);
    return settings;
}

}

ClusterStore::ClusterStore(store::Store& store, const Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
    reload();
}

Result<ClusterPtr> ClusterStore::open(std::string_view given)
{
    const auto name = toLower(given); // DAX keeps names in lower case
    if (auto known = find(name))
        return known;
    if (!isClusterName(name))
        return fail(errors::wrongClusterName(name));
    std::unique_lock lock(m_mutex);
    auto& cluster = m_clusters[name];
    if (cluster)
        return cluster;
    if (m_clusters.size() > kMaxClusters) {
        m_clusters.erase(name);
        return fail(errors::tooManyClusters(kMaxClusters));
    }
    cluster = std::make_shared<Cluster>(name, m_budget);
    return cluster;
}

ClusterPtr ClusterStore::find(std::string_view given) const
{
    const auto name = toLower(given);
    std::shared_lock lock(m_mutex);
    const auto found = m_clusters.find(name);
    return found == m_clusters.end() ? nullptr : found->second;
}

std::vector<ClusterPtr> ClusterStore::all() const
{
    std::vector<ClusterPtr> clusters;
    std::shared_lock lock(m_mutex);
    for (const auto& [name, cluster] : m_clusters)
        clusters.push_back(cluster);
    return clusters;
}

void ClusterStore::store(
    store::Transaction& transaction, std::string_view name, const CacheSettings& settings)
{
    transaction.createKeyspace(kCaches);
    transaction.put(kCaches, name, stored(settings));
}

void ClusterStore::erase(store::Transaction& transaction, std::string_view name)
{
    transaction.erase(kCaches, name);
}

void ClusterStore::withdraw(std::string_view name)
{
    std::unique_lock lock(m_mutex);
    if (const auto found = m_clusters.find(name); found != m_clusters.end())
        m_clusters.erase(found);
}

void ClusterStore::reload()
{
    std::map<std::string, ClusterPtr, std::less<>> clusters;
    m_store.read()->scan(kCaches, store::Range::all(), store::Direction::Forward,
        [&](std::string_view name, std::string_view text) {
            auto cluster = std::make_shared<Cluster>(std::string(name), m_budget);
            cluster->cache.setSettings(fromStored(text), m_clock.now());
            clusters.emplace(cluster->name, std::move(cluster));
            return true;
        });
    std::unique_lock lock(m_mutex);
    m_clusters = std::move(clusters);
}

}
