#include "core/dynamodb/row_page.h"

namespace core::dynamodb {

RowPage readPage(store::Reader& reader, std::string_view keyspace, const std::string& cursor)
{
    RowPage page;
    StepBounds bounds;
    const store::Range range{cursor.empty() ? std::string() : cursor + '\0', {}};
    reader.scan(
        keyspace, range, store::Direction::Forward, [&](std::string_view key, std::string_view value) {
            if (!bounds.takes(key.size() + value.size())) {
                page.ended = false;
                return false;
            }
            page.rows.emplace_back(key, value);
            return true;
        });
    return page;
}

}
