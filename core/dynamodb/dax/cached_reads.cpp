#include "core/dynamodb/dax/cached_reads.h"

#include "core/dynamodb/action_input.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_source.h"
#include "core/dynamodb/page_reader.h"
#include "core/dynamodb/throttling.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace core::dynamodb::dax {

namespace {

constexpr std::string_view kAsksPast = "ConsistentRead asks past the cache: read from DynamoDB, not cached";

std::string whyMissed(const Cache::Lookup& lookup)
{
    return lookup.expired ? "the entry of " + spelledOut(lookup.age) + " ago has expired" : "no entry";
}

std::string ageOfHit(const Cluster& cluster, EntryKind kind, const Cache::Lookup& lookup)
{
    const auto ttl = cluster.cache.settings().ttlOf(kind);
    return "stored " + spelledOut(lookup.age) + " ago"
        + (ttl > 0 ? ", expires in " + spelledOut(ttl - lookup.age) : ", does not expire")
        + "; DynamoDB was not asked";
}

// Items of the cluster's item cache; those it lacks are read from DynamoDB and cached whole, so that every
// projection is served from one entry.
class CachedItems final : public ItemSource {
public:
    CachedItems(DynamoDbService& service, const ClusterPtr& cluster, aws::RequestContext& context)
        : m_cluster(*cluster)
        , m_context(context)
        , m_behind(service.store(), context.span)
    {
    }

    Result<Found> find(
        const TablePtr& table, const std::string& row, const Attributes& key, bool consistent) override;

private:
    void note(std::string_view title, const std::string& detail) const
    {
        if (m_context.span.recording())
            m_context.span.step(std::string(title), detail);
    }

    Cluster& m_cluster;
    aws::RequestContext& m_context;
    StoredItems m_behind;
};

Result<ItemSource::Found> CachedItems::find(
    const TablePtr& table, const std::string& row, const Attributes& key, bool consistent)
{
    if (consistent) {
        note("item cache passed", std::string(kAsksPast));
        return m_behind.find(table, row, key, consistent);
    }
    const auto name = keyText(key, *table);
    const Cache::Place place{EntryKind::Item, table->id, row};
    const auto lookup = m_cluster.cache.find(place, m_context.now);
    if (lookup.hit) {
        note(lookup.value ? "item cache hit" : "item cache hit: no such item",
            name + ": " + ageOfHit(m_cluster, EntryKind::Item, lookup));
        return Found{lookup.value ? std::optional(*lookup.value) : std::nullopt, false};
    }
    CORE_TRY(auto found, m_behind.find(table, row, key, consistent));
    m_cluster.cache.fill(
        place, name, found.text ? std::make_shared<const std::string>(*found.text) : nullptr, m_context.now);
    note("item cache miss",
        name + ": " + whyMissed(lookup) + "; read from DynamoDB" + keptFor(m_cluster, EntryKind::Item));
    return found;
}

// What tells result sets apart: every parameter but those that do not change them.
nlohmann::json parametersOf(const aws::Request& request)
{
    auto parameters = jsonOf(request);
    parameters.erase("TableName"); // a name or an ARN; the place has the table
    parameters.erase("ReturnConsumedCapacity");
    parameters.erase("ConsistentRead"); // false or absent
    return parameters;
}

Result<aws::Outcome> cachedPage(DynamoDbService& service, const ClusterPtr& cluster, std::string_view action,
    const PageRequest& page, aws::RequestContext& context, const aws::Request& request)
{
    auto& span = context.span;
    if (page.consistent) {
        span.step("query cache passed", std::string(kAsksPast));
        CORE_CHECK(admitPage(page, span));
        return readPage(page, service.store(), span);
    }
    auto text = std::string(action) + ' ' + parametersOf(request).dump();
    const Cache::Place place{EntryKind::Query, page.table->id, text};
    const auto lookup = cluster->cache.find(place, context.now);
    if (lookup.hit) {
        if (span.recording())
            span.step("query cache hit",
                "the same parameters: " + ageOfHit(*cluster, EntryKind::Query, lookup)
                    + "; writes since then do not show");
        return replyWith(page, *lookup.value, {});
    }
    if (span.recording())
        span.step("query cache miss",
            whyMissed(lookup) + " for these parameters; read from DynamoDB"
                + keptFor(*cluster, EntryKind::Query));
    CORE_CHECK(admitPage(page, span));
    auto answer = readAnswer(page, service.store(), span);
    cluster->cache.fill(
        place, std::move(text), std::make_shared<const std::string>(answer.body), context.now);
    return replyWith(page, std::move(answer.body), answer.consumed);
}

}

std::string spelledOut(Micros duration)
{
    constexpr Micros kMinute = 60 * kSecond;
    if (duration >= kMinute && duration % kMinute == 0)
        return std::to_string(duration / kMinute) + " min";
    if (duration >= 10 * kSecond || duration % kSecond == 0)
        return std::to_string(duration / kSecond) + " s";
    return std::to_string(duration / kMillisecond) + " ms";
}

std::string keptFor(const Cluster& cluster, EntryKind kind)
{
    const auto ttl = cluster.cache.settings().ttlOf(kind);
    return ttl > 0 ? ", kept for " + spelledOut(ttl) : ", kept until evicted";
}

Result<aws::Outcome> cachedGetItem(DynamoDbService& service, const ClusterPtr& cluster, std::size_t /*index*/,
    aws::RequestContext& context, aws::Request& request)
{
    CachedItems items(service, cluster, context);
    return getItemFrom(items, service, context, request);
}

Result<aws::Outcome> cachedBatchGetItem(DynamoDbService& service, const ClusterPtr& cluster,
    std::size_t /*index*/, aws::RequestContext& context, aws::Request& request)
{
    CachedItems items(service, cluster, context);
    return batchGetItemFrom(items, service, context, request);
}

Result<aws::Outcome> cachedQuery(DynamoDbService& service, const ClusterPtr& cluster, std::size_t /*index*/,
    aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto page, planQuery(service, context, inputOf(request)));
    return cachedPage(service, cluster, "Query", page, context, request);
}

Result<aws::Outcome> cachedScan(DynamoDbService& service, const ClusterPtr& cluster, std::size_t /*index*/,
    aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto page, planScan(service, context, inputOf(request)));
    return cachedPage(service, cluster, "Scan", page, context, request);
}

Result<aws::Outcome> passThrough(DynamoDbService& service, const ClusterPtr& /*cluster*/, std::size_t index,
    aws::RequestContext& context, aws::Request& request)
{
    context.span.step("item cache passed", "transactional reads are DynamoDB's alone and are not cached");
    return DynamoDbService::rows()[index].run(service, context, request);
}

}
