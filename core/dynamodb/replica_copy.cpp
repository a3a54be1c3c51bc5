#include "core/dynamodb/replica_copy.h"

#include "core/base/hash.h"
#include "core/dynamodb/replica_delivery.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::string_view kCopies = "dynamodb/replica-copies"; // by id of the new replica
// Some milliseconds of the committer's time.
constexpr std::size_t kStepItems = 250;
constexpr std::size_t kStepBytes = 512 * 1024;

using Rows = std::vector<std::pair<std::string, std::optional<std::string>>>;

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
bool readItems(store::Reader& reader, const Table& source, std::string& cursor, Rows& rows)
{
    std::size_t bytes = 0;
    bool ended = true;
    const store::Range range{cursor.empty() ? std::string() : cursor + '\0', {}};
    reader.scan(
        source.keyspace, range, store::Direction::Forward, [&](std::string_view key, std::string_view text) {
            if (rows.size() == kStepItems || bytes >= kStepBytes) {
                ended = false;
                return false;
            }
            bytes += text.size();
            cursor = key;
            rows.emplace_back(key, std::string(text));
            return true;
        });
    return ended;
}

bool readDeleted(store::Reader& reader, const Table& source, std::string& cursor, Rows& rows)
{
    bool ended = true;
    readDeletes(reader, source, cursor, [&](std::string_view place, std::string_view key) {
        if (rows.size() == kStepItems) {
            ended = false;
            return false;
        }
        cursor = place;
        rows.emplace_back(key, std::nullopt);
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
    Rows rows;
    const bool ended = copy.deletes ? readDeleted(transaction, *source, copy.cursor, rows)
                                    : readItems(transaction, *source, copy.cursor, rows);
    for (const auto& [key, text] : rows)
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
