#pragma once

#include <span>
#include <vector>

namespace core::aws {

// Tables of actions behind each other: what a service has, and what it refuses by its name.
template <typename Row> std::vector<Row> joinedRows(std::span<const Row> first, std::span<const Row> second)
{
    std::vector<Row> rows(first.begin(), first.end());
    rows.insert(rows.end(), second.begin(), second.end());
    return rows;
}

}
