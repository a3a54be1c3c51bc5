#include "core/dynamodb/throttling.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/partition_key.h"

#include <algorithm>
#include <cstdio>

namespace core::dynamodb {

namespace {

std::string_view limitName(LimitKind kind)
{
    switch (kind) {
    case LimitKind::Provisioned:
        return "ProvisionedThroughputExceeded";
    case LimitKind::Maximum:
        return "MaxOnDemandThroughputExceeded";
    case LimitKind::Account:
        return "AccountLimitExceeded";
    case LimitKind::OnDemand: // it has not enough partitions yet
    case LimitKind::KeyRange:
        break;
    }
    return "KeyRangeThroughputExceeded";
}

std::string reasonOf(const Table& table, const Refusal& refusal)
{
    std::string reason = refusal.index.empty() ? "Table" : "Index";
    reason += refusal.axis == Axis::Read ? "Read" : "Write";
    reason += limitName(refusal.limit.kind);
    std::string json = "{\"reason\":\"" + reason + "\",\"resource\":";
    appendJsonString(json, table.arn() + (refusal.index.empty() ? "" : "/index/" + refusal.index));
    return json + '}';
}

// All are of one table or index: a table on demand may have scaled to too little in the whole and in one
// partition, which is the same reason.
std::string reasonsOf(const Table& table, const std::vector<Refusal>& refusals)
{
    std::string json = "[" + reasonOf(table, refusals.front());
    for (const auto& refusal : refusals) {
        if (limitName(refusal.limit.kind) != limitName(refusals.front().limit.kind))
            json += "," + reasonOf(table, refusal);
    }
    return json + "]";
}

Error errorOf(const Table& table, const std::vector<Refusal>& refusals)
{
    const auto& first = refusals.front();
    const auto reasons = reasonsOf(table, refusals);
    if (!first.onDemand)
        return errors::provisionedThroughputExceeded(!first.index.empty(), reasons);
    if (first.limit.kind == LimitKind::Maximum)
        return errors::onDemandMaximumExceeded(reasons);
    if (first.limit.kind == LimitKind::Account)
        return errors::accountThroughputExceeded(reasons);
    return errors::onDemandStillScaling(!first.index.empty() && first.axis == Axis::Write, reasons);
}

std::string decimal(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string sourceOf(const ThroughputLimit& limit)
{
    const auto rate = unitsText(limit.rate);
    switch (limit.kind) {
    case LimitKind::Provisioned:
        return rate + " units a second are provisioned and five minutes' worth is kept";
    case LimitKind::OnDemand:
        return rate + " units a second are what it has scaled to";
    case LimitKind::Maximum:
        return rate + " units a second are its OnDemandThroughput";
    case LimitKind::Account:
        return rate + " units a second are the account's quota for a table";
    case LimitKind::KeyRange:
        break;
    }
    return rate + " units a second are what one partition bears, whatever the rest of it leaves unused";
}

std::string keyTextOf(const Table& table, const Refusal& refusal)
{
    if (refusal.row.size() <= keys::kHashBytes)
        return "the whole table from its first partition on";
    const auto* index = refusal.index.empty() ? nullptr : table.findIndex(refusal.index);
    const auto& key = index ? index->keys.hash : table.keys.hash;
    const auto value = keys::partitionKey(refusal.row, key.type);
    std::string json;
    if (value)
        encode(json, *value);
    return "key " + key.name + " = " + json + " (hash " + hashText(hashOfRow(refusal.row)) + ")";
}

void note(trace::SpanScope& span, const Table& table, const std::vector<Refusal>& refusals)
{
    if (!span.recording())
        return;
    for (const auto& refusal : refusals) {
        const bool partition = refusal.limit.kind == LimitKind::KeyRange;
        const auto title = "throttled: " + std::string(refusal.axis == Axis::Read ? "read" : "write")
            + " throughput of "
            + (partition ? "partition p-" + std::to_string(refusal.partition) + " of " : "")
            + (refusal.index.empty() ? "table " + table.name : "index " + refusal.index) + " is used up";
        span.step(title,
            sourceOf(refusal.limit) + "; " + decimal(refusal.level) + " are left, more than nothing again in "
                + decimal(static_cast<double>(refusal.wait) / static_cast<double>(kSecond))
                + " s; partition p-" + std::to_string(refusal.partition) + " (hash " + hashText(refusal.from)
                + " to " + hashText(refusal.to) + "), " + keyTextOf(table, refusal),
            trace::Verdict::Fail);
    }
}

Result<> admit(
    const TablePtr& known, std::string_view index, Axis axis, std::string_view row, trace::SpanScope& span)
{
    auto* meter = known->state->throughput.active();
    if (!meter)
        return {};
    const auto table = known->state->latest(known);
    const auto refusals = meter->refusals(*table, index, axis, row, table->now());
    if (refusals.empty())
        return {};
    note(span, *table, refusals);
    return fail(errorOf(*table, refusals));
}

void spend(const TablePtr& known, std::string_view index, Axis axis, std::string_view row, double units)
{
    auto* meter = known->state->throughput.active();
    if (!meter || units <= 0)
        return;
    const auto table = known->state->latest(known);
    meter->spend(*table, index, axis, row, units, table->now());
}

std::optional<std::string> rowIn(std::optional<ItemVersion>& version, const Table& table, const Index& index)
{
    return version ? indexKey(version->attributes(), table, index) : std::nullopt;
}

// Whether the write changes what the index holds of the item; `before` and `after` have a place in it.
bool changesEntry(ItemVersion& before, ItemVersion& after, const Table& table, const Index& index)
{
    if (index.projection == ProjectionType::All)
        return before.text != after.text;
    return !(projected(before.attributes(), table, index) == projected(after.attributes(), table, index));
}

// Local indexes are read at the table's own cost.
std::string_view meteredIndex(const PageRequest& page)
{
    return page.index && page.index->global ? std::string_view(page.index->name) : std::string_view{};
}

}

Result<> admitRead(const TablePtr& table, std::string_view row, trace::SpanScope& span)
{
    return isMetered(*table) ? admit(table, {}, Axis::Read, row, span) : Result<>{};
}

Result<> admitPage(const PageRequest& page, trace::SpanScope& span)
{
    if (!isMetered(*page.table))
        return {};
    const auto& row = page.range.from;
    return admit(page.table, meteredIndex(page), Axis::Read, row, span);
}

Result<> admitWrite(const TablePtr& table, std::string_view row, trace::SpanScope& span)
{
    return isMetered(*table) ? admit(table, {}, Axis::Write, row, span) : Result<>{};
}

Result<> admitIndexWrites(const TablePtr& known, std::string_view row, std::optional<ItemVersion>& before,
    std::optional<ItemVersion>& after, trace::SpanScope& span)
{
    if (!isMetered(*known))
        return {};
    const auto table = known->state->latest(known);
    for (const auto& index : table->indexes) {
        if (!index.global || (index.backfill && !index.backfill->hasReached(row)))
            continue;
        const auto old = rowIn(before, *table, index);
        const auto fresh = rowIn(after, *table, index);
        if ((!old && !fresh) || (old == fresh && !changesEntry(*before, *after, *table, index)))
            continue;
        // An entry that moves is written in two places.
        if (old && old != fresh)
            CORE_CHECK(admit(known, index.name, Axis::Write, *old, span));
        if (fresh)
            CORE_CHECK(admit(known, index.name, Axis::Write, *fresh, span));
    }
    return {};
}

void spendRead(const TablePtr& table, std::string_view row, double units)
{
    spend(table, {}, Axis::Read, row, units);
}

void spendPage(const PageRequest& page, const ReadTally& tally, double units)
{
    if (!isMetered(*page.table))
        return;
    const auto& parts = tally.parts();
    if (parts.size() < 2) {
        spend(page.table, meteredIndex(page), Axis::Read, parts.empty() ? page.range.from : parts[0].first,
            units);
        return;
    }
    double all = 0;
    for (const auto& [row, bytes] : parts)
        all += static_cast<double>(bytes);
    // A scan makes no key hot.
    for (const auto& [row, bytes] : parts) {
        spend(page.table, meteredIndex(page), Axis::Read, row.substr(0, keys::kHashBytes),
            units * static_cast<double>(bytes) / std::max(all, 1.0));
    }
}

void spendWrite(const TablePtr& table, std::string_view row, double units)
{
    spend(table, {}, Axis::Write, row, units);
}

void spendWrite(const TablePtr& known, std::string_view row, std::optional<ItemVersion>& before,
    std::optional<ItemVersion>& after, const ConsumedCapacity& consumed)
{
    if (!isMetered(*known))
        return;
    auto units = consumed.table;
    for (std::size_t i = 0; i < consumed.indexes.size(); ++i) {
        const auto& index = known->indexes[i];
        if (!index.global) {
            units += consumed.indexes[i];
            continue;
        }
        if (consumed.indexes[i] <= 0)
            continue;
        const auto old = rowIn(before, *known, index);
        const auto fresh = rowIn(after, *known, index);
        // An entry that moves is removed in one place and made in another one.
        const bool moved = old && fresh && *old != *fresh;
        const auto part = moved ? consumed.indexes[i] / 2 : consumed.indexes[i];
        if (moved)
            spend(known, index.name, Axis::Write, *old, part);
        if (old || fresh)
            spend(known, index.name, Axis::Write, fresh ? *fresh : *old, part);
    }
    spendWrite(known, row, units);
}

bool isThrottled(const Error& error)
{
    return error.kind == ErrorKind::Throttled;
}

}
