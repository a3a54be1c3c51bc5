#include "core/dynamodb/table.h"

#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/stream.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

// Throughput that AWS keeps warm for a new on-demand table.
constexpr std::int64_t kOnDemandReads = 12'000;
constexpr std::int64_t kOnDemandWrites = 4'000;

json described(const Throughput& throughput)
{
    return {{"NumberOfDecreasesToday", 0}, {"ReadCapacityUnits", throughput.read},
        {"WriteCapacityUnits", throughput.write}};
}

json described(const Table& table)
{
    auto throughput = described(table.throughput);
    if (table.throughputIncreasedAt)
        throughput["LastIncreaseDateTime"] = secondsOf(table.throughputIncreasedAt);
    if (table.throughputDecreasedAt)
        throughput["LastDecreaseDateTime"] = secondsOf(table.throughputDecreasedAt);
    return throughput;
}

// `holder` is the part of the definition that may ask for more than AWS keeps warm by itself.
json warm(const json& holder, bool onDemand, const Throughput& throughput, bool active)
{
    const auto asked = holder.value("WarmThroughput", json::object());
    return {{"ReadUnitsPerSecond",
                asked.value("ReadUnitsPerSecond", onDemand ? kOnDemandReads : throughput.read)},
        {"Status", active ? "ACTIVE" : "UPDATING"},
        {"WriteUnitsPerSecond",
            asked.value("WriteUnitsPerSecond", onDemand ? kOnDemandWrites : throughput.write)}};
}

std::string_view projectionName(ProjectionType type)
{
    return type == ProjectionType::All ? "ALL" : type == ProjectionType::Include ? "INCLUDE" : "KEYS_ONLY";
}

json definitionOf(const json& definition, const Index& index)
{
    for (const auto& one : definition.value("GlobalSecondaryIndexes", json::array())) {
        if (one.value("IndexName", "") == index.name)
            return one;
    }
    return json::object();
}

json described(const Table& table, const Index& index, const json& definition, Micros now)
{
    json projection = {{"ProjectionType", projectionName(index.projection)}};
    if (!index.nonKeyAttributes.empty())
        projection["NonKeyAttributes"] = index.nonKeyAttributes;
    json result = {{"IndexName", index.name}, {"KeySchema", describe(index.keys)}, {"Projection", projection},
        {"IndexSizeBytes", index.counter->bytes.load()}, {"ItemCount", index.counter->items.load()},
        {"IndexArn", table.arn() + "/index/" + index.name}};
    if (!index.global)
        return result;
    const bool creating =
        index.isFilling() || (index.transition.phase == Phase::Creating && !index.transition.isOver(now));
    result["IndexStatus"] = creating ? "CREATING" : statusOf(index.transition, now);
    if (index.isFilling())
        result["Backfilling"] = true;
    result["ProvisionedThroughput"] = described(index.throughput);
    const auto own = definitionOf(definition, index);
    if (!creating || own.contains("WarmThroughput"))
        result["WarmThroughput"] = warm(own, table.onDemand, index.throughput, !creating);
    if (own.contains("OnDemandThroughput"))
        result["OnDemandThroughput"] = own["OnDemandThroughput"];
    return result;
}

void describeBilling(json& result, const Table& table, bool creating)
{
    if (table.onDemand)
        result["BillingModeSummary"] = {{"BillingMode", "PAY_PER_REQUEST"}};
    else if (table.onDemandSince)
        result["BillingModeSummary"] = {{"BillingMode", "PROVISIONED"}};
    if (table.onDemandSince && !creating)
        result["BillingModeSummary"]["LastUpdateToPayPerRequestDateTime"] = secondsOf(table.onDemandSince);
}

void describeStream(json& result, const Table& table)
{
    if (table.stream) {
        result["StreamSpecification"] = {
            {"StreamEnabled", true}, {"StreamViewType", viewName(table.stream->view)}};
    }
    if (!table.latestStream.empty()) {
        result["LatestStreamLabel"] = table.latestStream;
        result["LatestStreamArn"] = table.arn() + "/stream/" + table.latestStream;
    }
}

void describeClass(json& result, const Table& table)
{
    if (table.tableClass.empty())
        return;
    result["TableClassSummary"] = {{"TableClass", table.tableClass}};
    if (table.classChangedAt)
        result["TableClassSummary"]["LastUpdateDateTime"] = secondsOf(table.classChangedAt);
}

// The key that AWS manages itself has an id of its own in each account and region.
std::string managedKey(const Table& table)
{
    const auto digits = hex(md5(table.account + "/" + table.region + "/aws/dynamodb"));
    return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-4" + digits.substr(13, 3) + "-a"
        + digits.substr(17, 3) + "-" + digits.substr(20, 12);
}

void describeEncryption(json& result, const Table& table, const json& definition, bool updating)
{
    const auto given = definition.value("SSESpecification", json::object());
    if (!given.value("Enabled", false))
        return;
    const auto key = given.value("KMSMasterKeyId", managedKey(table));
    result["SSEDescription"] = {{"Status", updating ? "UPDATING" : "ENABLED"}, {"SSEType", "KMS"},
        {"KMSMasterKeyArn",
            key.starts_with("arn:") ? key : Arn{"kms", table.region, table.account, "key/" + key}.text()}};
}

}

std::string_view statusOf(const Transition& transition, Micros now)
{
    if (transition.isOver(now))
        return "ACTIVE";
    return transition.phase == Phase::Creating ? "CREATING"
        : transition.phase == Phase::Updating  ? "UPDATING"
                                               : "DELETING";
}

bool KeySchema::contains(std::string_view attribute) const
{
    return !each([attribute](const KeyAttribute& key, bool) { return key.name != attribute; });
}

std::size_t KeySchema::size() const
{
    return 1 + moreHashes.size() + (hasRange() ? 1 : 0) + moreRanges.size();
}

std::vector<const KeyAttribute*> KeySchema::hashes() const
{
    std::vector<const KeyAttribute*> found{&hash};
    for (const auto& key : moreHashes)
        found.push_back(&key);
    return found;
}

std::vector<const KeyAttribute*> KeySchema::ranges() const
{
    std::vector<const KeyAttribute*> found;
    if (hasRange())
        found.push_back(&range);
    for (const auto& key : moreRanges)
        found.push_back(&key);
    return found;
}

void TableState::setLatest(TablePtr newest)
{
    std::lock_guard guard(m_mutex);
    m_unsettled.push_back(std::move(newest));
    m_hasUnsettled = true;
}

void TableState::settle(const TablePtr& durable)
{
    std::lock_guard guard(m_mutex);
    const auto found = std::find(m_unsettled.begin(), m_unsettled.end(), durable);
    if (found == m_unsettled.end())
        return;
    m_durable = durable;
    m_unsettled.erase(m_unsettled.begin(), found + 1);
    m_hasUnsettled = !m_unsettled.empty();
}

void TableState::withdraw(const TablePtr& lost)
{
    std::lock_guard guard(m_mutex);
    std::erase(m_unsettled, lost);
    m_hasUnsettled = !m_unsettled.empty();
}

TablePtr TableState::latest(const TablePtr& known) const
{
    std::lock_guard guard(m_mutex);
    if (!m_unsettled.empty())
        return m_unsettled.back();
    auto newest = m_durable.lock();
    return newest ? newest : known;
}

void TableState::keepUpTo(std::uint64_t revision)
{
    std::lock_guard guard(m_mutex);
    std::erase_if(m_unsettled, [revision](const TablePtr& one) { return one->revision > revision; });
    m_hasUnsettled = !m_unsettled.empty();
}

void TableState::hold(std::shared_ptr<HeldMoment> moment)
{
    std::lock_guard guard(m_mutex);
    m_held.push_back(std::move(moment));
    m_isHeld = true;
}

void TableState::release(const HeldMoment& moment)
{
    std::lock_guard guard(m_mutex);
    std::erase_if(m_held, [&moment](const auto& one) { return one.get() == &moment; });
    m_isHeld = !m_held.empty();
}

std::vector<std::shared_ptr<HeldMoment>> TableState::heldMoments() const
{
    std::lock_guard guard(m_mutex);
    return m_held;
}

void TableState::forgetCounters()
{
    counted = false;
    snapshotStored = true; // perhaps still there: the next write removes it
}

const Index* Table::findIndex(std::string_view indexName) const
{
    for (const auto& index : indexes) {
        if (index.name == indexName)
            return &index;
    }
    return nullptr;
}

const Replica* Table::findReplica(std::string_view inRegion) const
{
    for (const auto& replica : replicas) {
        if (replica.region == inRegion)
            return &replica;
    }
    return nullptr;
}

bool Table::hasLocalIndexes() const
{
    return !indexes.empty() && !indexes.front().global;
}

std::string expiryKeyspace(const Table& table)
{
    return table.keyspace + "//expiry"; // no index has that name
}

bool Table::servesItems(Micros now) const
{
    return transition.isOver(now) ? transition.phase != Phase::Deleting : transition.phase == Phase::Updating;
}

bool Table::isGone(Micros now) const
{
    return transition.phase == Phase::Deleting && transition.isOver(now);
}

std::string Table::arn() const
{
    return Arn{"dynamodb", region, account, "table/" + name}.text();
}

void identify(Table& table, std::string region, std::string account, std::string id, Micros createdAt)
{
    table.region = std::move(region);
    table.account = std::move(account);
    table.id = std::move(id);
    table.createdAt = createdAt;
    table.keyspace = "dynamodb/items/" + table.region + "/" + table.id;
    table.onDemandSince = table.onDemand ? createdAt : 0;
    if (table.ttl)
        table.ttl->keyspace = expiryKeyspace(table);
    for (auto& index : table.indexes) {
        index.keyspace = table.keyspace + "/" + index.name;
        index.counter = std::make_shared<Counter>();
    }
    table.state = std::make_shared<TableState>();
}

json describe(const KeySchema& keys)
{
    auto schema = json::array();
    keys.each([&schema](const KeyAttribute& key, bool isHash) {
        schema.push_back({{"AttributeName", key.name}, {"KeyType", isHash ? "HASH" : "RANGE"}});
        return true;
    });
    return schema;
}

json describe(const Table& table, Micros now)
{
    const auto definition = json::parse(table.definition);
    json definitions = json::array();
    for (const auto& [name, type] : table.definitions)
        definitions.push_back({{"AttributeName", name}, {"AttributeType", typeName(type)}});
    const bool creating = table.transition.phase == Phase::Creating && !table.transition.isOver(now);
    json result = {{"AttributeDefinitions", definitions}, {"TableName", table.name},
        {"KeySchema", describe(table.keys)}, {"TableStatus", statusOf(table.transition, now)},
        {"CreationDateTime", secondsOf(table.createdAt)}, {"ProvisionedThroughput", described(table)},
        {"TableSizeBytes", table.state->table.bytes.load()}, {"ItemCount", table.state->table.items.load()},
        {"TableArn", table.arn()}, {"TableId", table.id},
        {"DeletionProtectionEnabled", table.deletionProtected}};
    describeBilling(result, table, creating);
    describeStream(result, table);
    describeClass(result, table);
    describeEncryption(result, table, definition, !table.transition.isOver(now));
    if (!creating || definition.contains("WarmThroughput"))
        result["WarmThroughput"] = warm(definition, table.onDemand, table.throughput, !creating);
    if (definition.contains("OnDemandThroughput"))
        result["OnDemandThroughput"] = definition["OnDemandThroughput"];
    if (definition.contains("RestoreSummary")) {
        result["RestoreSummary"] = definition["RestoreSummary"];
        result["RestoreSummary"]["RestoreInProgress"] = creating;
    }
    for (const auto& index : table.indexes) {
        const auto* list = index.global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes";
        result[list].push_back(described(table, index, definition, now));
    }
    for (const auto& index : table.leaving) {
        if (!index.transition.isOver(now))
            result["GlobalSecondaryIndexes"].push_back(described(table, index, definition, now));
    }
    describeReplicas(result, table, now);
    return result;
}

json describeBegun(Table table, Phase phase)
{
    table.transition = {phase, kUntilAnswered};
    if (phase == Phase::Creating) {
        for (auto& index : table.indexes)
            index.transition = table.transition;
    }
    return describe(table, kUntilAnswered - 1);
}

}
