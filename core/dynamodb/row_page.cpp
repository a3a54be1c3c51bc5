#include "core/dynamodb/row_page.h"

namespace core::dynamodb {

RowPage readPage(store::Reader& reader, std::string_view keyspace, const std::string& cursor)
{
    RowPage page;
    std::size_t bytes = 0;
    const store::Range range{cursor.empty() ? std::string() : cursor + '\0', {}};
    reader.scan(
        keyspace, range, store::Direction::Forward, [&](std::string_view key, std::string_view value) {
            if (page.rows.size() >= kStepRows || bytes >= kStepBytes) {
                page.ended = false;
                return false;
            }
            bytes += key.size() + value.size();
            page.rows.emplace_back(key, value);
            return true;
        });
    return page;
}

}
