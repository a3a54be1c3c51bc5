#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/legacy_parameters.h"
#include "core/dynamodb/page_reader.h"
#include "core/dynamodb/throttling.h"

namespace core::dynamodb {

namespace {

struct Segment {
    std::int64_t number = 0;
    std::int64_t total = 1;
};

Result<Segment> readSegment(const JsonView& input)
{
    const auto number = input.member("Segment");
    const auto total = input.member("TotalSegments");
    if (number && !total) {
        return fail(
            errors::validation("The TotalSegments parameter is required but was not present in the request "
                               "when Segment parameter is present"));
    }
    if (!total)
        return Segment{};
    if (!number) {
        return fail(
            errors::validation("The Segment parameter is required but was not present in the request when "
                               "parameter TotalSegments is present"));
    }
    const Segment segment{number->integer(), total->integer()};
    if (segment.number >= segment.total) {
        return fail(errors::validation("The Segment parameter is zero-based and must be less than parameter "
                                       "TotalSegments: Segment: "
            + std::to_string(segment.number)
            + " is not less than TotalSegments: " + std::to_string(segment.total)));
    }
    return segment;
}

// Segments share the hash space out evenly: part/total of it as a fraction of 2^64.
std::string boundOf(std::int64_t part, std::int64_t total)
{
    const auto step = UINT64_MAX / static_cast<std::uint64_t>(total);
    return keys::hashBound(step * static_cast<std::uint64_t>(part));
}

store::Range rangeOf(const Segment& segment)
{
    store::Range range;
    if (segment.number > 0)
        range.from = boundOf(segment.number, segment.total);
    if (segment.number + 1 < segment.total)
        range.to = boundOf(segment.number + 1, segment.total);
    return range;
}

bool contains(const store::Range& range, const std::string& row)
{
    return row >= range.from && (range.to.empty() || row < range.to);
}

}

Result<aws::Outcome> scan(DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto page, planScan(service, context, inputOf(request)));
    CORE_CHECK(admitPage(page, context.span));
    return readPage(page, service.store(), context.span);
}

Result<PageRequest> planScan(DynamoDbService& service, aws::RequestContext& context, const JsonView& input)
{
    CORE_CHECK(checkExpressionUse(input, kScanExpressions));
    CORE_TRY(auto legacy, parseLegacy(input));
    CORE_TRY(const auto startKey, readStartKey(input));
    CORE_TRY(const auto segment, readSegment(input));
    CORE_TRY(auto expressions, parseExpressions(input, kScanExpressions, std::move(legacy)));
    CORE_TRY(auto table, findTable(service, context, textOf(input, "TableName")));
    CORE_TRY(auto page, readPageRequest(input, std::move(table), expressions, "Scanning"));
    page.range = rangeOf(segment);
    if (startKey) {
        CORE_TRY(const auto row, startRow(*startKey, *page.table, page.index));
        if (!contains(page.range, row)) {
            return fail(errors::invalidStartKey("Invalid ExclusiveStartKey. Please use ExclusiveStartKey "
                                                "with correct Segment. TotalSegments: "
                + std::to_string(segment.total) + " Segment: " + std::to_string(segment.number)));
        }
        continueBehind(page, row);
    }
    return page;
}

}
