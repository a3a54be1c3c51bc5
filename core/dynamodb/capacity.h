#pragma once

#include "core/dynamodb/table.h"

#include <cstddef>
#include <string>
#include <vector>

// DynamoDB's arithmetic of capacity units.
namespace core::dynamodb {

enum class ReturnCapacity { None, Total, Indexes };

double readUnits(std::size_t bytes, bool consistent); // of bytes read together; at least one unit's worth
double writeUnits(std::size_t bytes); // of one item

// What one request used of one table.
struct ConsumedCapacity {
    double table = 0;
    std::vector<double> indexes; // by position in Table::indexes; empty when none was touched

    double total() const;
    void add(const ConsumedCapacity& other);
    void addIndex(std::size_t position, std::size_t indexCount, double units);
};

// "{"TableName":…,"CapacityUnits":…}" in the detail asked for (not None).
void appendJson(
    std::string& out, const ConsumedCapacity& consumed, const Table& table, ReturnCapacity detail);
// "1.5": units as AWS's JSON has them.
std::string unitsText(double units);

}
