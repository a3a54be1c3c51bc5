#include "core/dynamodb/item_keys.h"

#include "core/base/hash.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/key_encoding.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr std::size_t kMaxHashBytes = 2048;
constexpr std::size_t kMaxRangeBytes = 1024;
constexpr int kMaxWrappers = 31;

bool isText(AttributeType type)
{
    return type == AttributeType::S || type == AttributeType::B;
}

Result<> checkKeySize(const AttributeValue& value, bool isHash)
{
    if (!isText(value.type()))
        return {};
    if (isHash && value.text().size() > kMaxHashBytes)
        return fail(errors::hashKeyTooLong());
    if (!isHash && value.text().size() > kMaxRangeBytes)
        return fail(errors::rangeKeyTooLong());
    return {};
}

bool isEmptyText(const AttributeValue& value)
{
    return isText(value.type()) && value.text().empty();
}

Result<> checkOwnKey(const Attributes& item, const KeyAttribute& key, bool isHash)
{
    const auto* value = item.find(key.name);
    if (!value)
        return fail(errors::keyMissing(key.name));
    if (value->type() != key.type)
        return fail(errors::keyTypeMismatch(key.name, typeName(key.type), typeName(value->type())));
    if (isEmptyText(*value))
        return fail(errors::emptyKey(key.name, key.type == AttributeType::B));
    return checkKeySize(*value, isHash);
}

Result<> checkIndexKey(const Attributes& item, const KeyAttribute& key, bool isHash, const Index& index)
{
    const auto* value = item.find(key.name);
    if (!value)
        return {};
    if (value->type() != key.type) {
        return fail(
            errors::indexKeyTypeMismatch(key.name, typeName(key.type), typeName(value->type()), index.name));
    }
    if (isEmptyText(*value))
        return fail(errors::emptyIndexKey(key.name, key.type == AttributeType::B, index.name));
    return checkKeySize(*value, isHash);
}

Result<> checkIndexKeys(const Attributes& item, const Index& index)
{
    Result<> result;
    index.keys.each([&](const KeyAttribute& key, bool isHash) {
        result = checkIndexKey(item, key, isHash, index);
        return result.has_value();
    });
    return result;
}

// Lists and maps around the deepest value, an empty one of them counting as a value.
int depthOf(const AttributeValue& value)
{
    int deepest = 0;
    if (value.type() == AttributeType::L) {
        for (const auto& entry : value.list())
            deepest = std::max(deepest, 1 + depthOf(entry));
    } else if (value.type() == AttributeType::M) {
        for (const auto& [name, entry] : value.map())
            deepest = std::max(deepest, 1 + depthOf(entry));
    }
    return deepest;
}

// AWS names the index that comes first in the alphabet.
Result<> checkIndexKeys(const Attributes& item, const Table& table)
{
    Result<> first;
    std::string_view firstName;
    for (const auto& index : table.indexes) {
        auto checked = checkIndexKeys(item, index);
        if (!checked && (first || index.name < firstName)) {
            first = std::move(checked);
            firstName = index.name;
        }
    }
    return first;
}

void appendKey(std::string& out, const Attributes& attributes, const KeySchema& keys)
{
    if (keys.moreHashes.empty()) {
        out += keys::partition(*attributes.find(keys.hash.name));
    } else {
        std::vector<const AttributeValue*> hashes;
        for (const auto* key : keys.hashes())
            hashes.push_back(attributes.find(key->name));
        out += keys::partition(hashes);
    }
    keys.each([&](const KeyAttribute& key, bool isHash) {
        if (!isHash)
            keys::append(out, *attributes.find(key.name));
        return true;
    });
}

bool hasKeys(const Attributes& attributes, const KeySchema& keys)
{
    return keys.each([&](const KeyAttribute& key, bool) {
        const auto* value = attributes.find(key.name);
        return value && value->type() == key.type && !isEmptyText(*value);
    });
}

std::string plain(const AttributeValue& value)
{
    return value.type() == AttributeType::B ? base64(value.text()) : value.text();
}

}

Result<> checkKeyAttribute(const Attributes& key, const KeyAttribute& attribute, bool isHash)
{
    const auto* value = key.find(attribute.name);
    if (!value || value->type() != attribute.type)
        return fail(errors::keyMismatch());
    if (isEmptyText(*value))
        return fail(errors::emptyKey(attribute.name, attribute.type == AttributeType::B));
    return checkKeySize(*value, isHash);
}

Result<> checkKey(const Attributes& key, const Table& table)
{
    if (key.size() != (table.keys.hasRange() ? 2U : 1U))
        return fail(errors::keyMismatch());
    CORE_CHECK(checkKeyAttribute(key, table.keys.hash, true));
    return table.keys.hasRange() ? checkKeyAttribute(key, table.keys.range, false) : Result<>{};
}

Result<> checkItem(const Attributes& item, const Table& table)
{
    CORE_CHECK(checkOwnKey(item, table.keys.hash, true));
    if (table.keys.hasRange())
        CORE_CHECK(checkOwnKey(item, table.keys.range, false));
    return checkIndexKeys(item, table);
}

Result<> checkNoEmptyKeys(const Attributes& key, const Table& table)
{
    for (const auto* own : {&table.keys.hash, &table.keys.range}) {
        const auto* value = own->name.empty() ? nullptr : key.find(own->name);
        if (value && isEmptyText(*value))
            return fail(errors::emptyKey(own->name, value->type() == AttributeType::B));
    }
    return {};
}

Result<> checkNoEmptyIndexKeys(const Attributes& item, const Table& table)
{
    const Index* first = nullptr;
    const KeyAttribute* firstKey = nullptr;
    for (const auto& index : table.indexes) {
        auto indexKeys = index.keys.ranges();
        for (const auto* key : index.keys.hashes())
            indexKeys.push_back(key);
        for (const auto* key : indexKeys) {
            const auto* value = item.find(key->name);
            if (!value || !isEmptyText(*value) || (first && first->name < index.name))
                continue;
            first = &index;
            firstKey = key;
        }
    }
    if (!first)
        return {};
    return fail(errors::emptyIndexKey(firstKey->name, firstKey->type == AttributeType::B, first->name));
}

Result<> checkDepth(const Attributes& item)
{
    for (const auto& [name, value] : item) {
        if (depthOf(value) > kMaxWrappers)
            return fail(errors::nestedTooDeep());
    }
    return {};
}

std::string itemKey(const Attributes& attributes, const Table& table)
{
    std::string key;
    appendKey(key, attributes, table.keys);
    return key;
}

std::optional<std::string> indexKey(const Attributes& attributes, const Table& table, const Index& index)
{
    if (!hasKeys(attributes, index.keys))
        return std::nullopt;
    std::string key;
    appendKey(key, attributes, index.keys);
    appendKey(key, attributes, table.keys);
    return key;
}

bool isProjected(std::string_view attribute, const Table& table, const Index& index)
{
    return index.projection == ProjectionType::All || table.keys.contains(attribute)
        || index.keys.contains(attribute)
        || std::find(index.nonKeyAttributes.begin(), index.nonKeyAttributes.end(), attribute)
        != index.nonKeyAttributes.end();
}

Attributes projected(const Attributes& item, const Table& table, const Index& index)
{
    if (index.projection == ProjectionType::All)
        return item;
    Attributes result;
    for (const auto& [name, value] : item) {
        if (isProjected(name, table, index))
            result.append(name, value);
    }
    return result;
}

Attributes keyOf(const Attributes& item, const Table& table, const Index* index)
{
    Attributes key;
    for (const auto& [name, value] : item) {
        if (table.keys.contains(name) || (index && index->keys.contains(name)))
            key.append(name, value);
    }
    return key;
}

std::string keyText(const Attributes& attributes, const Table& table)
{
    std::string text;
    for (const auto* key : {&table.keys.hash, &table.keys.range}) {
        const auto* value = key->name.empty() ? nullptr : attributes.find(key->name);
        if (value)
            text += (text.empty() ? "" : ", ") + key->name + " = " + plain(*value);
    }
    return text;
}

}
