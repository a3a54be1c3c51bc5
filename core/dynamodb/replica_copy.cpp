#include "core/dynamodb/replica_copy.h"

#include "core/base/hash.h"
#include "core/dynamodb/replica_delivery.h"
#include "core/dynamodb/row_page.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::string_view kCopies = "dynamodb/replica-copies"; // by id of the new replica

// Keys, and what the items are; nothing for deletes.
using Items = std::vector<std::pair<std::string, std::optional<std::string>>>;

std::optional<ReplicaCopy> copyOf(std::string_view targetId, std::string_view text)
{
    const auto stored = json::parse(text, nullptr, false);
    if (!stored.is_object())
        return std::nullopt;
    return ReplicaCopy{stored.value("Table", ""), stored.value("From", ""), stored.value("To", ""),
        std::string(targetId), stored.value("Deletes", false),
        unhex(stored.value("Cursor", "")).value_or("")};
}

// Tells whether the items ended.
bool readItems(store::Reader& reader, const Table& source, std::string& cursor, Items& items)
{
    auto page = readPage(reader, source.keyspace, cursor);
    page.moveOn(cursor);
    for (auto& [key, text] : page.rows)
        items.emplace_back(std::move(key), std::move(text));
    return page.ended;
}

bool readDeleted(store::Reader& reader, const Table& source, std::string& cursor, Items& items)
{
    StepBounds bounds;
    bool ended = true;
    readDeletes(reader, source, cursor, [&](std::string_view place, std::string_view key) {
        if (!bounds.takes(key.size())) {
            ended = false;
            return false;
        }
        cursor = place;
        items.emplace_back(key, std::nullopt);
        return true;
    });
    return ended;
}

}

std::optional<ReplicaCopy> ReplicaCopy::find(store::Reader& reader, const std::string& targetId)
{
    const auto text = reader.get(kCopies, targetId);
    return text ? copyOf(targetId, *text) : std::nullopt;
}

std::vector<ReplicaCopy> ReplicaCopy::all(store::Reader& reader)
{
    std::vector<ReplicaCopy> copies;
    reader.scan(kCopies, store::Range::all(), store::Direction::Forward,
        [&copies](std::string_view key, std::string_view text) {
            if (auto copy = copyOf(key, text))
                copies.push_back(std::move(*copy));
            return true;
        });
    return copies;
}

void ReplicaCopy::put(store::Transaction& transaction) const
{
    transaction.createKeyspace(kCopies);
    transaction.put(kCopies, targetId,
        json{{"Table", table}, {"From", from}, {"To", to}, {"Deletes", deletes}, {"Cursor", hex(cursor)}}
            .dump());
}

void ReplicaCopy::erase(store::Transaction& transaction) const
{
    transaction.erase(kCopies, targetId);
}

bool copyStep(store::Transaction& transaction, ReplicaCopy& copy, const TablePtr& source,
    const TablePtr& target, ItemWriter& writer)
{
    Items items;
    const bool ended = copy.deletes ? readDeleted(transaction, *source, copy.cursor, items)
                                    : readItems(transaction, *source, copy.cursor, items);
    for (const auto& [key, text] : items)
        applyWrite(
            transaction, target, key, text, stampOf(transaction, *source, key).value_or(Stamp{}), writer);
    if (ended && copy.deletes)
        return true;
    if (ended) {
        copy.deletes = true;
        copy.cursor.clear();
    }
    return false;
}

}
