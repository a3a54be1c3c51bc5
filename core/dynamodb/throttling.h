#pragma once

#include "core/dynamodb/capacity.h"
#include "core/dynamodb/item_version.h"
#include "core/dynamodb/page_reader.h"
#include "core/dynamodb/throughput_meter.h"
#include "core/trace/tracer.h"

#include <optional>
#include <string_view>

// What enforced throughput does to requests: which may begin, and what those that did have used. Where it is
// ignored each of these costs one load. A request asks before its work and pays after it, what it did turn
// out to need. Rows are keys of the table's or the index's keyspace; refusals are AWS's errors and steps of
// the track.
namespace core::dynamodb {

inline bool isMetered(const Table& table)
{
    return table.state->throughput.active() != nullptr;
}

Result<> admitRead(const TablePtr& table, std::string_view row, trace::SpanScope& span);
Result<> admitPage(const PageRequest& page, trace::SpanScope& span);
Result<> admitWrite(const TablePtr& table, std::string_view row, trace::SpanScope& span);
// A write whose global indexes cannot take what it brings them is refused. Those that it leaves alone do not
// matter.
Result<> admitIndexWrites(const TablePtr& table, std::string_view row, std::optional<ItemVersion>& before,
    std::optional<ItemVersion>& after, trace::SpanScope& span);

void spendRead(const TablePtr& table, std::string_view row, double units);
void spendPage(const PageRequest& page, const ReadTally& tally, double units);
void spendWrite(const TablePtr& table, std::string_view row, double units);
void spendWrite(const TablePtr& table, std::string_view row, std::optional<ItemVersion>& before,
    std::optional<ItemVersion>& after, const ConsumedCapacity& consumed);

bool isThrottled(const Error& error);

}
