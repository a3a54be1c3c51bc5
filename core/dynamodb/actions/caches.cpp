#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/dax/errors.h"

#include <nlohmann/json.hpp>

// Own actions: the caches of the endpoints {cluster}.dax.localhost, to look into, to set and to empty.
namespace core::dynamodb {

namespace {

using dax::ClusterPtr;
using nlohmann::json;

constexpr std::size_t kUsualEntries = 100;

std::string_view nameOf(dax::EntryKind kind)
{
    return kind == dax::EntryKind::Item ? "item" : "query";
}

json described(const dax::CacheCounts& counts)
{
    return {{"Hits", counts.hits}, {"Misses", counts.misses}, {"Evictions", counts.evictions},
        {"Expirations", counts.expirations}, {"Entries", counts.entries}, {"Bytes", counts.bytes}};
}

// Tables by id; those that were deleted have no name any more.
class TableNames {
public:
    explicit TableNames(DynamoDbService& service)
    {
        for (const auto& table : service.tables().all())
            m_tables.emplace(table->id, table);
    }

    void addTo(json& out, const std::string& id) const
    {
        const auto found = m_tables.find(id);
        out["TableName"] = found == m_tables.end() ? json(nullptr) : json(found->second->name);
        out["Region"] = found == m_tables.end() ? json(nullptr) : json(found->second->region);
    }

private:
    std::map<std::string, TablePtr> m_tables;
};

json described(const dax::Cluster& cluster, const TableNames& names)
{
    const auto settings = cluster.cache.settings();
    auto tables = json::array();
    for (const auto& [id, counts] : cluster.cache.counts()) {
        json table;
        names.addTo(table, id);
        for (const auto kind : {dax::EntryKind::Item, dax::EntryKind::Query}) {
            const auto found = counts.find(kind);
            table[kind == dax::EntryKind::Item ? "ItemCache" : "QueryCache"] =
                described(found == counts.end() ? dax::CacheCounts{} : found->second);
        }
        tables.push_back(std::move(table));
    }
    return {{"ClusterName", cluster.name}, {"RecordTtlMillis", millisOf(settings.itemTtl)},
        {"QueryTtlMillis", millisOf(settings.queryTtl)}, {"MaxBytes", settings.maxBytes},
        {"Tables", std::move(tables)}};
}

json described(const dax::Cache::Shown& entry, const TableNames& names)
{
    json out{{"Kind", nameOf(entry.kind)}, {"Key", entry.text}, {"AgeMillis", millisOf(entry.age)},
        {"ExpiresInMillis", entry.expiresIn ? json(millisOf(*entry.expiresIn)) : json(nullptr)},
        {"Bytes", entry.bytes}, {"Hits", entry.hits}, {"Found", !entry.negative}};
    names.addTo(out, entry.table);
    return out;
}

Result<ClusterPtr> findCluster(DynamoDbService& service, const JsonView& input)
{
    const auto name = textOf(input, "ClusterName");
    if (auto cluster = service.clusters().find(name))
        return cluster;
    return fail(dax::errors::noSuchCluster(name));
}

// The id of the table that the request is about; "" for all.
Result<std::string> tableId(DynamoDbService& service, aws::RequestContext& context, const JsonView& input)
{
    const auto name = textOf(input, "TableName");
    if (name.empty())
        return std::string();
    CORE_TRY(const auto table, findTable(service, context, name));
    return table->id;
}

dax::CacheSettings changed(dax::CacheSettings settings, const json& input)
{
    const auto micros = [&input](const char* name, Micros usual) {
        return input.contains(name)
            ? static_cast<Micros>(input[name].get<double>() * static_cast<double>(kMillisecond))
            : usual;
    };
    settings.itemTtl = micros("RecordTtlMillis", settings.itemTtl);
    settings.queryTtl = micros("QueryTtlMillis", settings.queryTtl);
    if (input.contains("MaxBytes"))
        settings.maxBytes = input["MaxBytes"].get<std::size_t>();
    return settings;
}

class PutCache final : public aws::PendingWrite {
public:
    PutCache(DynamoDbService& service, ClusterPtr cluster, const dax::CacheSettings& settings, Micros now)
        : m_service(service)
        , m_cluster(std::move(cluster))
        , m_settings(settings)
        , m_now(now)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        dax::ClusterStore::store(transaction, m_cluster->name, m_settings);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        m_cluster->cache.setSettings(m_settings, m_now);
        return aws::Reply::of(described(*m_cluster, TableNames(m_service)));
    }

private:
    DynamoDbService& m_service;
    ClusterPtr m_cluster;
    dax::CacheSettings m_settings;
    Micros m_now;
};

class DeleteCache final : public aws::PendingWrite {
public:
    DeleteCache(DynamoDbService& service, ClusterPtr cluster)
        : m_service(service)
        , m_cluster(std::move(cluster))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        dax::ClusterStore::erase(transaction, m_cluster->name);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        m_service.clusters().withdraw(m_cluster->name);
        return aws::Reply::of(described(*m_cluster, TableNames(m_service)));
    }

private:
    DynamoDbService& m_service;
    ClusterPtr m_cluster;
};

}

// GET /_chamber/dynamodb/caches: {"Clusters": [{"ClusterName", "RecordTtlMillis", "QueryTtlMillis",
// "MaxBytes", "Tables": [{"TableName", "Region", "ItemCache": {"Hits", "Misses", "Evictions", "Expirations",
// "Entries", "Bytes"}, "QueryCache": …}]}]}.
Result<aws::Outcome> listCaches(DynamoDbService& service, aws::RequestContext&, aws::Request&)
{
    const TableNames names(service);
    auto clusters = json::array();
    for (const auto& cluster : service.clusters().all())
        clusters.push_back(described(*cluster, names));
    return aws::Reply::of({{"Clusters", std::move(clusters)}});
}

// PUT /_chamber/dynamodb/caches/{ClusterName}: any of RecordTtlMillis, QueryTtlMillis (0: entries do not
// expire) and MaxBytes; makes the cluster when there is none.
Result<aws::Outcome> putCache(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(auto cluster, service.clusters().open(textOf(inputOf(request), "ClusterName")));
    context.touch(cluster->name);
    const auto settings = changed(cluster->cache.settings(), jsonOf(request));
    return std::make_unique<PutCache>(service, std::move(cluster), settings, context.now);
}

// DELETE /_chamber/dynamodb/caches/{ClusterName}: its settings, entries and counters.
Result<aws::Outcome> deleteCache(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(auto cluster, findCluster(service, inputOf(request)));
    context.touch(cluster->name);
    return std::make_unique<DeleteCache>(service, std::move(cluster));
}

// GET /_chamber/dynamodb/caches/{ClusterName}/entries?TableName=&Kind=item|query&Limit=: the most recently
// used ones first: {"Entries": [{"Kind", "TableName", "Region", "Key", "AgeMillis", "ExpiresInMillis",
// "Bytes", "Hits", "Found"}]}.
Result<aws::Outcome> listCacheEntries(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_TRY(const auto cluster, findCluster(service, input));
    CORE_TRY(const auto table, tableId(service, context, input));
    std::optional<dax::EntryKind> kind;
    if (const auto wanted = textOf(input, "Kind"); !wanted.empty())
        kind = wanted == nameOf(dax::EntryKind::Item) ? dax::EntryKind::Item : dax::EntryKind::Query;
    const auto limit = input.member("Limit");
    const TableNames names(service);
    auto entries = json::array();
    for (const auto& entry : cluster->cache.entries(
             table, kind, limit ? static_cast<std::size_t>(limit->integer()) : kUsualEntries, context.now))
        entries.push_back(described(entry, names));
    return aws::Reply::of({{"Entries", std::move(entries)}});
}

// DELETE /_chamber/dynamodb/caches/{ClusterName}/entries?TableName=: {"Flushed": 12}; counters stay.
Result<aws::Outcome> flushCache(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = inputOf(request);
    CORE_TRY(const auto cluster, findCluster(service, input));
    CORE_TRY(const auto table, tableId(service, context, input));
    const auto flushed = cluster->cache.flush(table);
    context.touch(cluster->name);
    context.span.step("cache emptied", std::to_string(flushed) + (flushed == 1 ? " entry" : " entries"));
    return aws::Reply::of({{"Flushed", flushed}});
}

}
