#include "core/xray/segment_document.h"

#include "core/aws/json_text.h"
#include "core/base/hash.h"

#include <nlohmann/json.hpp>

namespace core::xray {

using nlohmann::json;

namespace {

tl::unexpected<Error> unprocessed(const std::string& code)
{
    return fail(ErrorKind::Invalid, code, "Invalid segment. ErrorCode: " + code);
}

bool isId(const std::string& text)
{
    constexpr std::size_t kDigits = 16;
    return text.size() == kDigits && unhex(text);
}

// "1-58406520-a006649127e371903a2de979"
bool isTraceId(const std::string& text)
{
    constexpr std::size_t kLength = 35;
    return text.size() == kLength && text.starts_with("1-") && text[10] == '-' && unhex(text.substr(2, 8))
        && unhex(text.substr(11));
}

}

std::string textIn(const json& document, const char* name)
{
    const auto found = document.find(name);
    return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string recordKey(const SegmentDocument& document)
{
    return document.traceId + '/' + document.id;
}

std::string encode(const SegmentDocument& document)
{
    return aws::writeJson({{"traceId", document.traceId}, {"id", document.id},
        {"received", document.received}, {"text", document.text}});
}

bool decode(std::string_view record, SegmentDocument& document)
{
    const auto given = json::parse(record);
    given.at("traceId").get_to(document.traceId);
    given.at("id").get_to(document.id);
    given.at("received").get_to(document.received);
    given.at("text").get_to(document.text);
    return true;
}

Result<SegmentDocument> readDocument(json document, Micros now, std::string& id)
{
    if (!document.is_object())
        return unprocessed("ParseError");
    id = textIn(document, "id");
    if (id.empty())
        return unprocessed("MissingId");
    if (!isId(id))
        return unprocessed("InvalidId");
    if (textIn(document, "name").empty())
        return unprocessed("MissingName");
    const auto trace = textIn(document, "trace_id");
    if (trace.empty())
        return unprocessed("MissingTraceId");
    if (!isTraceId(trace))
        return unprocessed("InvalidTraceId");
    if (textIn(document, "type") == "subsegment" && textIn(document, "parent_id").empty())
        return unprocessed("MissingParentId");
    const auto start = document.find("start_time");
    if (start == document.end() || !start->is_number())
        return unprocessed("MissingStartTime");
    const auto end = document.find("end_time");
    const bool runs = document.value("in_progress", json()) == true;
    if (!runs && (end == document.end() || !end->is_number()))
        return unprocessed("MissingEndTime");
    if (end != document.end() && !end->is_number())
        document.erase(end);
    return SegmentDocument{trace, id, now, aws::writeJson(document)};
}

void shiftTimes(json& segment, double by)
{
    for (const char* name : {"start_time", "end_time"}) {
        if (const auto time = segment.find(name); time != segment.end() && time->is_number())
            *time = time->get<double>() + by;
    }
    const auto parts = segment.find("subsegments");
    if (parts == segment.end() || !parts->is_array())
        return;
    for (auto& part : *parts)
        shiftTimes(part, by);
}

}
