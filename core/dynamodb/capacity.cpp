#include "core/dynamodb/capacity.h"

#include "core/dynamodb/item_encoder.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace core::dynamodb {

namespace {

constexpr std::size_t kReadUnitBytes = 4096;
constexpr std::size_t kWriteUnitBytes = 1024;

double unitsOf(std::size_t bytes, std::size_t unit)
{
    return static_cast<double>(std::max<std::size_t>(1, (bytes + unit - 1) / unit));
}

void appendUnits(std::string& out, double units)
{
    out += "{\"CapacityUnits\":" + unitsText(units) + "}";
}

void appendIndexes(std::string& out, const ConsumedCapacity& consumed, const Table& table, bool global,
    std::string_view member)
{
    bool first = true;
    for (std::size_t i = 0; i < consumed.indexes.size(); ++i) {
        if (consumed.indexes[i] <= 0 || table.indexes[i].global != global)
            continue;
        if (std::exchange(first, false)) {
            out += ",\"";
            out += member;
            out += "\":{";
        } else {
            out += ',';
        }
        appendJsonString(out, table.indexes[i].name);
        out += ':';
        appendUnits(out, consumed.indexes[i]);
    }
    if (!first)
        out += '}';
}

}

double readUnits(std::size_t bytes, bool consistent)
{
    return unitsOf(bytes, kReadUnitBytes) * (consistent ? 1.0 : 0.5);
}

double writeUnits(std::size_t bytes)
{
    return unitsOf(bytes, kWriteUnitBytes);
}

double ConsumedCapacity::total() const
{
    double sum = table;
    for (const auto units : indexes)
        sum += units;
    return sum;
}

void ConsumedCapacity::add(const ConsumedCapacity& other)
{
    table += other.table;
    for (std::size_t i = 0; i < other.indexes.size(); ++i)
        addIndex(i, other.indexes.size(), other.indexes[i]);
}

void ConsumedCapacity::addIndex(std::size_t position, std::size_t indexCount, double units)
{
    indexes.resize(std::max(indexes.size(), indexCount));
    indexes[position] += units;
}

std::string unitsText(double units)
{
    char text[32];
    const auto end = std::to_chars(std::begin(text), std::end(text), units, std::chars_format::fixed, 1).ptr;
    return {text, end};
}

void appendJson(std::string& out, const ConsumedCapacity& consumed, const Table& table, ReturnCapacity detail)
{
    out += "{\"TableName\":";
    appendJsonString(out, table.name);
    out += ",\"CapacityUnits\":" + unitsText(consumed.total());
    if (detail == ReturnCapacity::Indexes) {
        out += ",\"Table\":";
        appendUnits(out, consumed.table);
        appendIndexes(out, consumed, table, true, "GlobalSecondaryIndexes");
        appendIndexes(out, consumed, table, false, "LocalSecondaryIndexes");
    }
    out += '}';
}

}
