#include "core/cdn/distribution_store.h"

#include "core/base/geo.h"
#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/cdn/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::cdn {

using nlohmann::json;

namespace {

constexpr const char* kDistributions = "cdn/distributions";
constexpr const char* kInvalidations = "cdn/invalidations";
constexpr const char* kAccessControls = "cdn/access-controls";
constexpr std::uint64_t kEdgeBytes = 64 * 1024 * 1024;

std::vector<json> all(const store::Store& store, const char* keyspace, const store::Range& range)
{
    std::vector<json> values;
    store.read()->scan(
        keyspace, range, store::Direction::Forward, [&](std::string_view, std::string_view value) {
            values.push_back(json::parse(value));
            return true;
        });
    return values;
}

std::optional<json> one(const store::Store& store, const char* keyspace, const std::string& key)
{
    const auto value = store.get(keyspace, key);
    return value ? std::optional(json::parse(*value)) : std::nullopt;
}

std::shared_ptr<std::map<std::string, EdgeCache, std::less<>>> emptyCaches()
{
    auto caches = std::make_shared<std::map<std::string, EdgeCache, std::less<>>>();
    for (const auto& edge : geo::edges())
        caches->try_emplace(std::string(edge.id), kEdgeBytes);
    return caches;
}

}

DistributionStore::DistributionStore(store::Store& store, Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
    load();
}

void DistributionStore::load()
{
    for (const auto& record : all(m_store, kDistributions, store::Range::all())) {
        if (const auto kept = keepLive(record); !kept)
            log::error(
                "cdn", "distribution " + record.value("Id", "") + " cannot be read: " + kept.error().message);
    }
}

Result<> DistributionStore::keepLive(const json& record)
{
    CORE_TRY(auto rules, readDistribution(record.at("Config")));
    rules.id = record.at("Id");
    rules.domainName = record.at("DomainName");
    rules.region = record.value("Region", "us-east-1");
    std::unique_lock guard(m_mutex);
    auto& live = m_live[rules.id];
    if (!live.caches) {
        live.caches = emptyCaches();
        live.collapser = std::make_shared<Collapser>();
    }
    live.rules = std::make_shared<const Distribution>(std::move(rules));
    return {};
}

Result<> DistributionStore::put(const std::string& keyspace, const std::string& key, const json& value)
{
    const auto text = value.dump();
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(keyspace);
        transaction.put(keyspace, key, text);
        return {};
    });
}

Result<json> DistributionStore::create(const json& config, const std::string& region)
{
    CORE_CHECK(readDistribution(config));
    for (const auto& other : records()) {
        if (other["Config"]["CallerReference"] == config["CallerReference"])
            return fail(alreadyExists());
    }
    const json record{{"Id", "E" + randomUpper(13)}, {"ETag", "E" + randomUpper(13)},
        {"DomainName", "d" + randomLower(13) + ".cloudfront.net"},
        {"LastModifiedTime", iso8601Millis(m_clock.now())}, {"Region", region},
        {"Config", withDefaults(config)}};
    CORE_CHECK(put(kDistributions, record["Id"], record));
    CORE_CHECK(keepLive(record));
    return record;
}

Result<json> DistributionStore::checkedRecord(const std::string& id, const std::string& ifMatch) const
{
    CORE_TRY(auto found, record(id));
    if (ifMatch.empty())
        return fail(invalidIfMatch());
    if (found["ETag"] != ifMatch)
        return fail(preconditionFailed());
    return found;
}

Result<json> DistributionStore::update(const std::string& id, const std::string& ifMatch, const json& config)
{
    CORE_TRY(auto found, checkedRecord(id, ifMatch));
    CORE_CHECK(readDistribution(config));
    if (found["Config"]["CallerReference"] != config.value("CallerReference", ""))
        return fail(
            ErrorKind::Invalid, "IllegalUpdate", "The update contains modifications that are not allowed.");
    found["Config"] = withDefaults(config);
    found["ETag"] = "E" + randomUpper(13);
    found["LastModifiedTime"] = iso8601Millis(m_clock.now());
    CORE_CHECK(put(kDistributions, id, found));
    CORE_CHECK(keepLive(found));
    return found;
}

Result<> DistributionStore::remove(const std::string& id, const std::string& ifMatch)
{
    CORE_TRY(const auto found, checkedRecord(id, ifMatch));
    if (found["Config"].value("Enabled", true))
        return fail(notDisabled());
    CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.erase(kDistributions, id);
        return {};
    }));
    std::unique_lock guard(m_mutex);
    m_live.erase(id);
    return {};
}

Result<json> DistributionStore::record(const std::string& id) const
{
    auto found = one(m_store, kDistributions, id);
    if (!found)
        return fail(noSuchDistribution());
    return *std::move(found);
}

std::vector<json> DistributionStore::records() const
{
    return all(m_store, kDistributions, store::Range::all());
}

std::optional<LiveDistribution> DistributionStore::live(const std::string& id) const
{
    std::shared_lock guard(m_mutex);
    const auto found = m_live.find(id);
    return found == m_live.end() ? std::nullopt : std::optional(found->second);
}

std::optional<LiveDistribution> DistributionStore::find(std::string_view idOrLabel) const
{
    std::shared_lock guard(m_mutex);
    for (const auto& [id, live] : m_live) {
        const auto label =
            std::string_view(live.rules->domainName).substr(0, live.rules->domainName.find('.'));
        // Host names reach us in lower case, ids are upper case.
        if (equalsIgnoreCase(id, idOrLabel) || equalsIgnoreCase(label, idOrLabel))
            return live;
    }
    return std::nullopt;
}

Result<json> DistributionStore::addInvalidation(const std::string& distributionId, const json& batch)
{
    CORE_CHECK(record(distributionId));
    const json made{{"Id", "I" + randomUpper(13)}, {"Status", "Completed"},
        {"CreateTime", iso8601Millis(m_clock.now())}, {"InvalidationBatch", batch}};
    CORE_CHECK(put(kInvalidations, distributionId + "/" + made["Id"].get<std::string>(), made));
    return made;
}

Result<json> DistributionStore::invalidation(const std::string& distributionId, const std::string& id) const
{
    CORE_CHECK(record(distributionId));
    auto found = one(m_store, kInvalidations, distributionId + "/" + id);
    if (!found)
        return fail(noSuchInvalidation());
    return *std::move(found);
}

std::vector<json> DistributionStore::invalidations(const std::string& distributionId) const
{
    auto found = all(m_store, kInvalidations, store::Range::prefix(distributionId + "/"));
    std::sort(found.begin(), found.end(),
        [](const json& a, const json& b) { return a["CreateTime"] > b["CreateTime"]; });
    return found;
}

Result<json> DistributionStore::createAccessControl(const json& config)
{
    for (const auto& other : accessControls()) {
        if (other["Config"]["Name"] == config["Name"])
            return fail(accessControlExists());
    }
    const json made{{"Id", "E" + randomUpper(13)}, {"ETag", "E" + randomUpper(13)}, {"Config", config}};
    CORE_CHECK(put(kAccessControls, made["Id"], made));
    return made;
}

Result<json> DistributionStore::accessControl(const std::string& id) const
{
    auto found = one(m_store, kAccessControls, id);
    if (!found)
        return fail(noSuchAccessControl());
    return *std::move(found);
}

std::vector<json> DistributionStore::accessControls() const
{
    return all(m_store, kAccessControls, store::Range::all());
}

Result<> DistributionStore::removeAccessControl(const std::string& id, const std::string& ifMatch)
{
    CORE_TRY(const auto found, accessControl(id));
    if (ifMatch.empty())
        return fail(invalidIfMatch());
    if (found["ETag"] != ifMatch)
        return fail(preconditionFailed());
    for (const auto& distribution : records()) {
        for (const auto& origin : distribution["Config"]["Origins"]["Items"]) {
            if (origin.value("OriginAccessControlId", "") == id)
                return fail(accessControlInUse());
        }
    }
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.erase(kAccessControls, id);
        return {};
    });
}

void DistributionStore::reset()
{
    {
        std::unique_lock guard(m_mutex);
        m_live.clear();
    }
    load();
}

}
