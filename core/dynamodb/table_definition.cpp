#include "core/dynamodb/errors.h"
#include "core/dynamodb/table.h"
#include "core/dynamodb/table_tags.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxKeysOfAKind = 4; // of a global index
constexpr std::size_t kMaxLocalIndexes = 5;
constexpr std::size_t kMaxGlobalIndexes = 20;
constexpr std::size_t kMaxProjected = 100;
constexpr std::int64_t kMaxUnits = 1'000'000'000'000;
constexpr std::int64_t kInitialReads = 12'000; // of an on-demand table
constexpr std::int64_t kInitialWrites = 4'000;

tl::unexpected<Error> invalid(const std::string& detail)
{
    return fail(errors::invalidParameters(detail));
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return "[" + text + "]";
}

std::vector<std::string> attributeNames(const json& elements)
{
    std::vector<std::string> names;
    for (const auto& element : elements)
        names.push_back(element.value("AttributeName", ""));
    return names;
}

// Reads one request; checks come in AWS's order.
class Definition {
public:
    explicit Definition(const json& input)
        : m_input(input)
    {
    }

    Result<Table> read();

private:
    Result<> readBilling();
    Result<> readDefinitions();
    Result<> readKeys();
    Result<> readLocalIndexes();
    Result<> readGlobalIndexes();
    Result<> checkUnusedDefinitions() const;
    Result<> checkMaximums(const json& holder, const std::string& what) const;
    Result<> checkWarm(const json& holder, const Throughput& throughput, const std::string& what) const;
    Result<> checkEncryption() const;
    Result<> checkStream() const;
    void readAdditions();
    Result<> readTags();
    Result<KeySchema> keySchema(const json& elements) const;
    Result<KeySchema> globalKeySchema(const json& elements) const;
    Result<> checkDefined(const std::vector<std::string>& names) const;
    Result<Index> readIndex(const json& description, bool global);
    Result<> readProjection(const json& description, Index& index) const;
    KeyAttribute keyAttribute(const std::string& name) const;

    const json& m_input;
    Table m_table;
    std::vector<std::string> m_defined;
    std::set<std::string> m_indexNames;
    std::size_t m_projected = 0;
};

Result<Throughput> throughputOf(const json& holder)
{
    Throughput throughput;
    const auto given = holder.find("ProvisionedThroughput");
    if (given == holder.end())
        return throughput;
    throughput.read = given->value("ReadCapacityUnits", std::int64_t{0});
    throughput.write = given->value("WriteCapacityUnits", std::int64_t{0});
    if (throughput.read > kMaxUnits)
        return fail(errors::validation(
            "Given value " + std::to_string(throughput.read) + " for ReadCapacityUnits is out of bounds"));
    if (throughput.write > kMaxUnits)
        return fail(errors::validation(
            "Given value " + std::to_string(throughput.write) + " for WriteCapacityUnits is out of bounds"));
    return throughput;
}

Result<> Definition::readBilling()
{
    m_table.onDemand = m_input.value("BillingMode", "") == "PAY_PER_REQUEST";
    const bool given = m_input.contains("ProvisionedThroughput");
    if (m_table.onDemand && given) {
        return invalid(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
            "PAY_PER_REQUEST");
    }
    if (!m_table.onDemand && !given) {
        return invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
                       "PROVISIONED");
    }
    CORE_TRY(m_table.throughput, throughputOf(m_input));
    return {};
}

Result<> Definition::readDefinitions()
{
    for (const auto& definition : m_input.value("AttributeDefinitions", json::array())) {
        const auto name = definition.value("AttributeName", "");
        if (std::find(m_defined.begin(), m_defined.end(), name) != m_defined.end())
            return fail(errors::validation("Attribute Name is duplicated: " + name));
        m_defined.push_back(name);
        m_table.definitions.emplace_back(
            name, typeNamed(definition.value("AttributeType", "")).value_or(AttributeType::S));
    }
    return {};
}

KeyAttribute Definition::keyAttribute(const std::string& name) const
{
    for (const auto& [defined, type] : m_table.definitions) {
        if (defined == name)
            return {name, type};
    }
    return {name, AttributeType::S};
}

Result<> Definition::checkDefined(const std::vector<std::string>& names) const
{
    for (const auto& name : names) {
        if (std::find(m_defined.begin(), m_defined.end(), name) == m_defined.end()) {
            return invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: "
                + listed(names) + ", AttributeDefinitions: " + listed(m_defined));
        }
    }
    return {};
}

// Of a table or a local index: HASH, or HASH and RANGE.
Result<KeySchema> Definition::keySchema(const json& elements) const
{
    const auto names = attributeNames(elements);
    CORE_CHECK(checkDefined(names));
    if (names.size() > 1 && names[0] == names[1]) {
        return fail(errors::validation(
            "Both the Hash Key and the Range Key element in the KeySchema have the same name"));
    }
    if (elements.at(0).value("KeyType", "") != "HASH")
        return fail(
            errors::validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
    if (names.size() > 1 && elements.at(1).value("KeyType", "") != "RANGE")
        return fail(
            errors::validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"));
    return KeySchema{
        keyAttribute(names[0]), names.size() > 1 ? keyAttribute(names[1]) : KeyAttribute{}, {}, {}};
}

// Of a global index: up to four HASH, then up to four RANGE.
Result<KeySchema> Definition::globalKeySchema(const json& elements) const
{
    const auto names = attributeNames(elements);
    CORE_CHECK(checkDefined(names));
    if (std::set(names.begin(), names.end()).size() != names.size()) {
        return fail(errors::validation(names.size() == 2
                ? "Both the Hash Key and the Range Key element in the KeySchema have the same name"
                : "The KeySchema contains multiple key attributes with the same name"));
    }
    std::vector<KeyAttribute> hashes;
    std::vector<KeyAttribute> ranges;
    for (const auto& element : elements) {
        const bool isHash = element.value("KeyType", "") == "HASH";
        if (!isHash && hashes.empty()) {
            return fail(
                errors::validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
        }
        if (isHash && !ranges.empty())
            return invalid("All HASH key attributes must precede RANGE key attributes in the KeySchema");
        (isHash ? hashes : ranges).push_back(keyAttribute(element.value("AttributeName", "")));
    }
    for (const auto* kind : {&hashes, &ranges}) {
        if (kind->size() > kMaxKeysOfAKind) {
            return invalid("The KeySchema exceeds the maximum allowed number of "
                + std::string(kind == &hashes ? "HASH" : "RANGE") + " key attributes");
        }
    }
    KeySchema keys{hashes.front(), ranges.empty() ? KeyAttribute{} : ranges.front(), {}, {}};
    keys.moreHashes.assign(hashes.begin() + 1, hashes.end());
    if (!ranges.empty())
        keys.moreRanges.assign(ranges.begin() + 1, ranges.end());
    return keys;
}

Result<> Definition::readKeys()
{
    const auto elements = m_input.value("KeySchema", json::array());
    if (elements.size() > m_defined.size())
        return fail(errors::validation("Invalid KeySchema: Some index key attribute have no definition"));
    CORE_TRY(m_table.keys, keySchema(elements));
    return {};
}

Result<> Definition::readProjection(const json& description, Index& index) const
{
    const auto projection = description.value("Projection", json::object());
    if (!projection.contains("ProjectionType"))
        return invalid("Unknown ProjectionType: null");
    const auto type = projection.value("ProjectionType", "");
    index.projection = type == "ALL" ? ProjectionType::All
        : type == "INCLUDE"          ? ProjectionType::Include
                                     : ProjectionType::KeysOnly;
    index.nonKeyAttributes = projection.value("NonKeyAttributes", std::vector<std::string>{});
    const bool include = index.projection == ProjectionType::Include;
    if (projection.contains("NonKeyAttributes") && !include)
        return invalid("ProjectionType is " + type + ", but NonKeyAttributes is specified");
    if (include && index.nonKeyAttributes.empty())
        return invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    return {};
}

Result<Index> Definition::readIndex(const json& description, bool global)
{
    Index index;
    index.name = description.value("IndexName", "");
    index.global = global;
    const auto elements = description.value("KeySchema", json::array());
    CORE_TRY(index.keys, global ? globalKeySchema(elements) : keySchema(elements));
    CORE_CHECK(readProjection(description, index));
    if (!m_indexNames.insert(index.name).second)
        return invalid("Duplicate index name: " + index.name);
    m_projected += index.nonKeyAttributes.size();
    return index;
}

Result<> Definition::readLocalIndexes()
{
    if (!m_input.contains("LocalSecondaryIndexes"))
        return {};
    const auto& indexes = m_input["LocalSecondaryIndexes"];
    if (indexes.empty())
        return invalid("List of LocalSecondaryIndexes is empty");
    if (!m_table.keys.hasRange()) {
        return invalid("Table KeySchema does not have a range key, which is required when specifying a "
                       "LocalSecondaryIndex");
    }
    for (const auto& description : indexes) {
        CORE_TRY(auto index, readIndex(description, false));
        if (!index.keys.hasRange())
            return invalid("Index KeySchema does not have a range key for index: " + index.name);
        if (index.keys.hash.name != m_table.keys.hash.name) {
            return invalid(
                "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                + index.name + ". index hash key: " + index.keys.hash.name
                + ", table hash key: " + m_table.keys.hash.name);
        }
        m_table.indexes.push_back(std::move(index));
    }
    if (indexes.size() > kMaxLocalIndexes)
        return invalid("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    return {};
}

Result<> Definition::readGlobalIndexes()
{
    if (!m_input.contains("GlobalSecondaryIndexes"))
        return {};
    const auto& indexes = m_input["GlobalSecondaryIndexes"];
    if (indexes.empty())
        return invalid("List of GlobalSecondaryIndexes is empty");
    for (const auto& description : indexes) {
        CORE_TRY(auto index, readIndex(description, true));
        const bool given = description.contains("ProvisionedThroughput");
        if (m_table.onDemand && given) {
            return invalid("ProvisionedThroughput should not be specified for index: " + index.name
                + " when BillingMode is PAY_PER_REQUEST");
        }
        if (!m_table.onDemand && !given)
            return invalid("ProvisionedThroughput is not specified for index: " + index.name);
        CORE_TRY(index.throughput, throughputOf(description));
        CORE_CHECK(checkMaximums(description, "index : " + index.name));
        CORE_CHECK(checkWarm(description, index.throughput, "index " + index.name));
        m_table.indexes.push_back(std::move(index));
    }
    if (indexes.size() > kMaxGlobalIndexes)
        return invalid("GlobalSecondaryIndex count exceeds the per-table limit of 20");
    if (m_projected > kMaxProjected) {
        return invalid(
            "The number of projected attributes exceeds the per-table limit of 100. Number of projected "
            "attributes: "
            + std::to_string(m_projected));
    }
    return {};
}

Result<> Definition::checkUnusedDefinitions() const
{
    std::set<std::string> used{m_table.keys.hash.name, m_table.keys.range.name};
    for (const auto& index : m_table.indexes) {
        index.keys.each([&used](const KeyAttribute& key, bool) { return used.insert(key.name), true; });
    }
    used.erase("");
    if (used.size() == m_defined.size())
        return {};
    if (m_table.indexes.empty()) {
        return invalid(
            "Number of attributes in KeySchema does not exactly match number of attributes defined in "
            "AttributeDefinitions");
    }
    const std::vector<std::string> keys(used.begin(), used.end());
    return invalid("Some AttributeDefinitions are not used. AttributeDefinitions: " + listed(m_defined)
        + ", keys used: " + listed(keys));
}

// OnDemandThroughput; -1 lifts a maximum.
Result<> Definition::checkMaximums(const json& holder, const std::string& what) const
{
    const auto maximums = holder.value("OnDemandThroughput", json::object());
    for (const auto& [member, value] : maximums.items()) {
        if (!m_table.onDemand) {
            return invalid(member
                + " for OnDemandThroughput cannot be specified when the table BillingMode is "
                  "PROVISIONED");
        }
        const auto units = value.get<std::int64_t>();
        if (units == 0 || units < -1) {
            return invalid(
                "Requested " + member + " for OnDemandThroughput for " + what + " is outside of valid range");
        }
    }
    return {};
}

Result<> Definition::checkWarm(
    const json& holder, const Throughput& throughput, const std::string& what) const
{
    const auto warm = holder.value("WarmThroughput", json::object());
    const auto check = [&](const char* member, const char* unit, std::int64_t least) -> Result<> {
        if (!warm.contains(member) || warm[member].get<std::int64_t>() >= least)
            return {};
        const auto requested = "Requested " + std::string(member) + " for WarmThroughput for " + what;
        if (m_table.onDemand)
            return invalid(requested + " is lower than initial throughput for OnDemand");
        return invalid(requested + " is lower than " + unit + " of ProvisionedThroughput");
    };
    CORE_CHECK(
        check("ReadUnitsPerSecond", "ReadCapacityUnits", m_table.onDemand ? kInitialReads : throughput.read));
    return check(
        "WriteUnitsPerSecond", "WriteCapacityUnits", m_table.onDemand ? kInitialWrites : throughput.write);
}

Result<> Definition::checkEncryption() const
{
    const auto given = m_input.value("SSESpecification", json::object());
    const bool enabled = given.value("Enabled", false);
    if (!enabled && given.contains("SSEType"))
        return invalid("SSEType can not be specified if Enabled is false");
    if (!enabled && given.contains("KMSMasterKeyId"))
        return invalid("KMSMasterKeyId can not be specified if Enabled is false");
    if (given.value("SSEType", "") == "AES256")
        return invalid("SSEType AES256 is not supported");
    if (given.contains("KMSMasterKeyId") && !given.contains("SSEType"))
        return invalid("SSEType KMS is required if KMSMasterKeyId is specified");
    return {};
}

Result<> Definition::checkStream() const
{
    const auto given = m_input.value("StreamSpecification", json::object());
    const bool enabled = given.value("StreamEnabled", false);
    if (enabled && !given.contains("StreamViewType"))
        return invalid("Table is being created with a stream enabled, UpdateViewType is required");
    if (!enabled && given.contains("StreamViewType"))
        return invalid(
            "Table is being created with a stream disabled, UpdateViewType should not be specified");
    return {};
}

Result<> Definition::readTags()
{
    CORE_TRY(const auto tags, mergeTags(json::array(), m_input.value("Tags", json::array())));
    for (const auto& tag : tags)
        m_table.tags.emplace_back(tag.value("Key", ""), tag.value("Value", ""));
    return {};
}

// Not of CreateTable: what UpdateTimeToLive and UpdateContinuousBackups have added.
void Definition::readAdditions()
{
    const auto given = m_input.value("TimeToLiveSpecification", json::object());
    if (given.value("Enabled", false))
        m_table.ttl = TimeToLive{given.value("AttributeName", ""), {}, {}};
    if (m_input.contains("PointInTimeRecovery")) {
        const auto& recovery = m_input["PointInTimeRecovery"];
        m_table.history = History{recovery.value("Days", 35), recovery.value("Since", Micros{0})};
    }
}

Result<Table> Definition::read()
{
    m_table.name = m_input.value("TableName", "");
    CORE_CHECK(readBilling());
    CORE_CHECK(readDefinitions());
    CORE_CHECK(readKeys());
    CORE_CHECK(readLocalIndexes());
    CORE_CHECK(readGlobalIndexes());
    CORE_CHECK(checkUnusedDefinitions());
    CORE_CHECK(checkMaximums(m_input, "table"));
    CORE_CHECK(checkWarm(m_input, m_table.throughput, "table"));
    CORE_CHECK(checkEncryption());
    CORE_CHECK(checkStream());
    readAdditions();
    CORE_CHECK(readTags());
    m_table.deletionProtected = m_input.value("DeletionProtectionEnabled", false);
    m_table.tableClass = m_input.value("TableClass", "");
    m_table.definition = m_input.dump();
    return std::move(m_table);
}

}

Result<Table> defineTable(const json& input)
{
    return Definition(input).read();
}

}
