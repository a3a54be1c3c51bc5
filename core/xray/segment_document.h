#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::xray {

// A segment, or a subsegment on its own, that an SDK in a program sent. A plain value.
struct SegmentDocument {
    std::string traceId;
    std::string id;
    Micros received = 0;
    std::string text; // JSON
};

std::string recordKey(const SegmentDocument& document);
std::string encode(const SegmentDocument& document);
bool decode(std::string_view record, SegmentDocument& document);

// A document as X-Ray takes it, parsed; `received` is now. The error's code is that of
// UnprocessedTraceSegments, its message beside it, `id` what could be read of the document's own. Pure.
Result<SegmentDocument> readDocument(nlohmann::json document, Micros now, std::string& id);
// A member that is text; "" for others.
std::string textIn(const nlohmann::json& document, const char* name);
// The same moments on another clock, which is `by` later; what is inside it as well.
void shiftTimes(nlohmann::json& segment, double by);

}
