#pragma once

#include "core/store/store.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::dynamodb {

using Rows = std::vector<std::pair<std::string, std::string>>; // keys and values

// What one step of background work takes: some milliseconds of the committer's time, or of a reader's.
class StepBounds {
public:
    static constexpr std::size_t kRows = 250;
    static constexpr std::size_t kBytes = 512 * 1024;

    // Whether a row still fits, and counts it then. The last one may be beyond the bytes.
    bool takes(std::size_t bytes)
    {
        if (isFull())
            return false;
        ++m_rows;
        m_bytes += bytes;
        return true;
    }
    bool isFull() const { return m_rows >= kRows || m_bytes >= kBytes; }

private:
    std::size_t m_rows = 0;
    std::size_t m_bytes = 0;
};

// Rows of a keyspace behind a cursor ("" for the beginning), as many as fit a step.
struct RowPage {
    Rows rows;
    bool ended = true;

    // Where the next one begins.
    void moveOn(std::string& cursor) const
    {
        if (!rows.empty())
            cursor = rows.back().first;
    }
};

RowPage readPage(store::Reader& reader, std::string_view keyspace, const std::string& cursor);

}
