#include "core/dynamodb/table_update.h"

#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxGlobalIndexes = 20;

tl::unexpected<Error> invalid(const std::string& detail)
{
    return fail(errors::invalidParameters(detail));
}

// Works out one update, on the definition: the JSON that would make the table as it is to be.
class Plan {
public:
    Plan(const Table& before, const json& input, Micros now, const TransitionTimes& times)
        : m_before(before)
        , m_input(input)
        , m_now(now)
        , m_times(times)
        , m_definition(json::parse(before.definition))
    {
    }

    Result<TableUpdate> make();

private:
    Result<> changeBilling();
    Result<> changeThroughput(json& holder, const json& wanted, const std::string& index);
    Result<> changeIndexes();
    Result<> createIndex(const json& wanted);
    Result<> updateIndex(const json& wanted);
    Result<> deleteIndex(const json& wanted);
    Result<> mergeDefinitions(const json& keySchema);
    Result<> changeStream();
    Result<> checkSettings();
    void changeSettings();
    json* findDefinition(const std::string& index);
    void carryOver(Table& after) const;
    bool isOnDemand() const { return m_definition.value("BillingMode", "") == "PAY_PER_REQUEST"; }
    void note(std::string step) { m_update.steps.push_back(std::move(step)); }

    const Table& m_before;
    const json& m_input;
    Micros m_now;
    TransitionTimes m_times;
    json m_definition;
    TableUpdate m_update;
    bool m_increases = false;
    bool m_decreases = false;
};

Result<> Plan::changeBilling()
{
    const auto mode = m_input.value("BillingMode", m_definition.value("BillingMode", "PROVISIONED"));
    const bool given = m_input.contains("ProvisionedThroughput");
    if (mode == "PAY_PER_REQUEST" && given) {
        return invalid(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
            "PAY_PER_REQUEST");
    }
    if (mode == "PROVISIONED" && isOnDemand() && !given)
        return invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    const bool switches = (mode == "PAY_PER_REQUEST") != isOnDemand();
    if (switches) {
        note("billing mode becomes " + mode);
        m_definition["BillingMode"] = mode;
        m_definition.erase(mode == "PROVISIONED" ? "OnDemandThroughput" : "ProvisionedThroughput");
        if (m_definition.contains("GlobalSecondaryIndexes")) {
            for (auto& index : m_definition["GlobalSecondaryIndexes"])
                index.erase(mode == "PROVISIONED" ? "OnDemandThroughput" : "ProvisionedThroughput");
        }
    }
    if (given && switches)
        m_definition["ProvisionedThroughput"] = m_input["ProvisionedThroughput"];
    else if (given)
        CORE_CHECK(changeThroughput(m_definition, m_input["ProvisionedThroughput"], {}));
    return {};
}

Result<> Plan::changeThroughput(json& holder, const json& wanted, const std::string& index)
{
    const auto current = holder.value("ProvisionedThroughput", json::object());
    const auto units = [](const json& throughput, const char* member) {
        return throughput.value(member, std::int64_t{0});
    };
    const auto reads = units(wanted, "ReadCapacityUnits") - units(current, "ReadCapacityUnits");
    const auto writes = units(wanted, "WriteCapacityUnits") - units(current, "WriteCapacityUnits");
    if (reads == 0 && writes == 0 && !current.empty()) {
        return fail(errors::throughputUnchanged(
            index, units(wanted, "ReadCapacityUnits"), units(wanted, "WriteCapacityUnits")));
    }
    m_increases = m_increases || reads > 0 || writes > 0;
    m_decreases = m_decreases || reads < 0 || writes < 0;
    holder["ProvisionedThroughput"] = wanted;
    note("throughput" + (index.empty() ? "" : " of index " + index) + " becomes "
        + std::to_string(units(wanted, "ReadCapacityUnits")) + " read and "
        + std::to_string(units(wanted, "WriteCapacityUnits")) + " write units");
    return {};
}

json* Plan::findDefinition(const std::string& index)
{
    if (!m_definition.contains("GlobalSecondaryIndexes"))
        return nullptr;
    for (auto& one : m_definition["GlobalSecondaryIndexes"]) {
        if (one.value("IndexName", "") == index)
            return &one;
    }
    return nullptr;
}

Result<> Plan::changeIndexes()
{
    for (const auto& update : indexUpdates(m_input)) {
        if (update.contains("Create"))
            CORE_CHECK(createIndex(update["Create"]));
        else if (update.contains("Update"))
            CORE_CHECK(updateIndex(update["Update"]));
        else
            CORE_CHECK(deleteIndex(update["Delete"]));
    }
    return {};
}

Result<> Plan::mergeDefinitions(const json& keySchema)
{
    const auto given = m_input.value("AttributeDefinitions", json::array());
    auto& known = m_definition["AttributeDefinitions"];
    for (const auto& key : keySchema) {
        const auto name = key.value("AttributeName", "");
        const auto named = [&](const json& definition) {
            return definition.value("AttributeName", "") == name;
        };
        const auto wanted = std::find_if(given.begin(), given.end(), named);
        if (wanted == given.end()) {
            std::string keys;
            for (const auto& each : keySchema)
                keys += (keys.empty() ? "" : ", ") + each.value("AttributeName", "");
            std::string names;
            for (const auto& each : given)
                names += (names.empty() ? "" : ", ") + each.value("AttributeName", "");
            return invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: [" + keys
                + "], AttributeDefinitions: [" + names + "]");
        }
        const auto existing = std::find_if(known.begin(), known.end(), named);
        if (existing == known.end()) {
            known.push_back(*wanted);
        } else if ((*existing)["AttributeType"] != (*wanted)["AttributeType"]) {
            const auto schema = [&](const json& definition) {
                return "Schema:[SchemaElement: key{" + name + ":" + definition.value("AttributeType", "")
                    + ":" + key.value("KeyType", "") + "}]";
            };
            return invalid(
                "Attributes cannot be redefined. Please check that your attribute has the same type "
                "as previously defined. Existing schema: "
                + schema(*existing) + " New schema: " + schema(*wanted));
        }
    }
    return {};
}

Result<> Plan::createIndex(const json& wanted)
{
    const auto name = wanted.value("IndexName", "");
    if (m_before.findIndex(name))
        return fail(errors::validation("Attempting to create an index which already exists"));
    if (!m_input.contains("AttributeDefinitions"))
        return invalid("AttributeDefinitions is not specified for index: " + name);
    CORE_CHECK(mergeDefinitions(wanted.value("KeySchema", json::array())));
    const bool given = wanted.contains("ProvisionedThroughput");
    if (isOnDemand() && given) {
        return invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: " + name
            + " when BillingMode is PAY_PER_REQUEST");
    }
    if (!isOnDemand() && !given)
        return invalid("Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: " + name);
    auto& all = m_definition["GlobalSecondaryIndexes"];
    if (all.size() >= kMaxGlobalIndexes)
        return fail(errors::tooManyIndexes());
    all.push_back(wanted);
    m_update.createdIndex = name;
    note("index " + name + " is created");
    return {};
}

Result<> Plan::updateIndex(const json& wanted)
{
    const auto name = wanted.value("IndexName", "");
    const auto* index = m_before.findIndex(name);
    if (index && !index->global)
        return fail(errors::validation("Cannot update an index that is not a GlobalSecondaryIndex: " + name));
    auto* definition = findDefinition(name);
    if (!definition)
        return fail(errors::noSuchIndex(name, m_before.name));
    if (wanted.contains("ProvisionedThroughput")) {
        if (isOnDemand()) {
            return invalid("The only Updates for index: " + name
                + " when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, "
                  "WarmThroughput");
        }
        CORE_CHECK(changeThroughput(*definition, wanted["ProvisionedThroughput"], name));
    }
    for (const auto* member : {"OnDemandThroughput", "WarmThroughput"}) {
        if (wanted.contains(member))
            (*definition)[member] = wanted[member];
    }
    m_update.changedIndexes.insert(name);
    return {};
}

Result<> Plan::deleteIndex(const json& wanted)
{
    const auto name = wanted.value("IndexName", "");
    const auto* index = m_before.findIndex(name);
    if (!index)
        return fail(errors::noSuchIndex(name, m_before.name));
    if (!index->global)
        return fail(errors::validation("Cannot delete an index that is not a GlobalSecondaryIndex: " + name));
    auto& all = m_definition["GlobalSecondaryIndexes"];
    all.erase(std::find_if(
        all.begin(), all.end(), [&](const json& one) { return one.value("IndexName", "") == name; }));
    if (all.empty())
        m_definition.erase("GlobalSecondaryIndexes");
    m_update.deleted.push_back(*index);
    note("index " + name + " is deleted");
    return {};
}

Result<> Plan::changeStream()
{
    if (!m_input.contains("StreamSpecification"))
        return {};
    const auto& wanted = m_input["StreamSpecification"];
    const bool enable = wanted.value("StreamEnabled", false);
    if (enable && !wanted.contains("StreamViewType"))
        return invalid("If stream is being enabled then UpdateViewType is required");
    if (!enable && wanted.contains("StreamViewType"))
        return invalid("If stream is being disabled, then UpdateViewType must not be specified");
    if (enable && m_before.stream)
        return fail(errors::validation("Table already has an enabled stream: TableName: " + m_before.name));
    if (!enable && !m_before.stream)
        return fail(errors::validation("Table has no stream to disable: TableName: " + m_before.name));
    m_definition.erase("StreamSpecification");
    if (enable)
        m_definition["StreamSpecification"] = wanted;
    note(enable ? "a stream begins" : "the stream ends");
    return {};
}

Result<> Plan::checkSettings()
{
    if (m_input.contains("SSESpecification")) {
        const bool encrypted = m_definition.value("SSESpecification", json::object()).value("Enabled", false);
        const auto& wanted = m_input["SSESpecification"];
        if (!wanted.value("Enabled", false) && !encrypted)
            return invalid("Table is already encrypted by default");
        if (wanted.value("Enabled", false) && encrypted
            && wanted.value("KMSMasterKeyId", "")
                == m_definition["SSESpecification"].value("KMSMasterKeyId", "")) {
            return invalid(
                "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter "
                "if you want to change Master Key");
        }
    }
    const auto warm = m_input.value("WarmThroughput", json::object());
    const auto current = m_definition.value("WarmThroughput", json::object());
    for (const auto* member : {"ReadUnitsPerSecond", "WriteUnitsPerSecond"}) {
        if (warm.value(member, std::int64_t{0}) < current.value(member, std::int64_t{0})
            && warm.contains(member)) {
            return invalid("Requested " + std::string(member)
                + " for WarmThroughput for table is lower than current WarmThroughput, decreasing "
                  "WarmThroughput is not supported");
        }
    }
    return {};
}

void Plan::changeSettings()
{
    for (const auto* member : {"DeletionProtectionEnabled", "SSESpecification", "TableClass"}) {
        if (m_input.contains(member)) {
            m_definition[member] = m_input[member];
            note(std::string(member) + " becomes " + m_input[member].dump());
        }
    }
    for (const auto* member : {"OnDemandThroughput", "WarmThroughput"}) {
        if (m_input.contains(member)) {
            for (const auto& [name, value] : m_input[member].items())
                m_definition[member][name] = value;
        }
    }
}

// What the definition does not say stays as it was.
void Plan::carryOver(Table& after) const
{
    const auto definition = std::move(after.definition);
    auto fresh = std::move(after);
    after = m_before;
    after.definition = definition;
    after.definitions = std::move(fresh.definitions);
    after.onDemand = fresh.onDemand;
    after.throughput = fresh.throughput;
    after.deletionProtected = fresh.deletionProtected;
    after.tableClass = std::move(fresh.tableClass);
    for (auto& index : fresh.indexes) {
        if (const auto* known = m_before.findIndex(index.name)) {
            index.keyspace = known->keyspace;
            index.counter = known->counter;
            index.backfill = known->backfill;
            index.transition = known->transition;
        } else {
            index.keyspace = after.keyspace + "/" + index.name;
            index.counter = std::make_shared<Counter>();
            index.backfill = std::make_shared<Backfill>();
            index.transition = Transition::begin(Phase::Creating, m_now, m_times.createIndex);
        }
        if (m_update.changedIndexes.contains(index.name))
            index.transition = Transition::begin(Phase::Updating, m_now, m_times.updateTable);
    }
    after.indexes = std::move(fresh.indexes);
    after.leaving = m_update.deleted;
    for (auto& index : after.leaving)
        index.transition = Transition::begin(Phase::Deleting, m_now, m_times.deleteIndex);
    after.transition = Transition::begin(Phase::Updating, m_now, m_times.updateTable);
    after.revision = m_before.revision + 1;
    if (after.onDemand && !m_before.onDemand)
        after.onDemandSince = m_now;
    if (m_increases)
        after.throughputIncreasedAt = m_now;
    if (m_decreases)
        after.throughputDecreasedAt = m_now;
    if (after.tableClass != m_before.tableClass)
        after.classChangedAt = m_now;
}

Result<TableUpdate> Plan::make()
{
    CORE_CHECK(changeBilling());
    CORE_CHECK(changeIndexes());
    if (m_definition.contains("GlobalSecondaryIndexes") && !isOnDemand()) {
        for (const auto& index : m_definition["GlobalSecondaryIndexes"]) {
            if (!index.contains("ProvisionedThroughput"))
                return invalid(
                    "ProvisionedThroughput must be specified for index: " + index.value("IndexName", ""));
        }
    }
    CORE_CHECK(changeStream());
    CORE_CHECK(checkSettings());
    changeSettings();
    // Unlike CreateTable, UpdateTable takes definitions that nothing uses, and forgets them.
    dropUnusedDefinitions(m_definition);
    CORE_TRY(m_update.after, defineTable(m_definition));
    carryOver(m_update.after);
    return std::move(m_update);
}

}

void dropUnusedDefinitions(json& definition)
{
    std::set<std::string> used;
    const auto note = [&used](const json& holder) {
        for (const auto& key : holder.value("KeySchema", json::array()))
            used.insert(key.value("AttributeName", ""));
    };
    note(definition);
    for (const auto* list : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
        for (const auto& index : definition.value(list, json::array()))
            note(index);
    }
    json kept = json::array();
    for (const auto& one : definition["AttributeDefinitions"]) {
        if (used.contains(one.value("AttributeName", "")))
            kept.push_back(one);
    }
    definition["AttributeDefinitions"] = std::move(kept);
}

Result<TableUpdate> planUpdate(
    const Table& before, const json& input, Micros now, const TransitionTimes& times)
{
    return Plan(before, input, now, times).make();
}

}
