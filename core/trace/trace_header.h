#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace core::trace {

// What an X-Amzn-Trace-Id header names: "Root=1-…;Parent=<16 hex>;Sampled=1", parts in any order, others left
// aside.
struct TraceHeader {
    std::string_view root; // "" when there is none
    std::string_view parent;

    static TraceHeader parse(std::string_view text);
};

// The last eight digits of a track's id count the tracks, so that the ring finds a track without an index.
std::string trackIdFor(std::string randomTraceId, std::uint64_t sequence);
// The count in an id of that form; UINT32_MAX + 1 when the text is no such id.
std::uint64_t countInTrackId(std::string_view id);

// A span's 16 digits as X-Ray's parent id: eight of its track's own, then the span's number.
std::string parentIdFor(std::string_view trackId, std::uint32_t span);
// 0 when the parent is not a span of this track, such as a segment of an X-Ray SDK.
std::uint32_t spanInParentId(std::string_view trackId, std::string_view parent);

}
