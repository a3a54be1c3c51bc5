#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace core::aws {

enum class Type { String, Integer, Long, Double, Boolean, Blob, Timestamp, List, Map, Structure, Document };

// How faithfully a member or an action follows AWS; the ledger and the README are made from it.
enum class Fidelity {
    Exact,
    Simplified, // works, with less than AWS does; `note` says what
    Unsupported, // using it is an error that names it
};

// Where a member travels in the REST protocols.
enum class In { Body, Path, Query, Header, HeaderPrefix, Payload };

struct Member;

// A constraint table for one AWS shape: constexpr data, checked before an action runs.
struct Shape {
    Type type = Type::Structure;
    std::int64_t min = std::numeric_limits<std::int64_t>::min(); // length, count or value
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::string_view pattern = {}; // ECMAScript regex over the whole text
    std::span<const std::string_view> values = {}; // enum
    std::span<const Member> members = {}; // Structure
    const Shape* element = nullptr; // List and Map values
    const Shape* key = nullptr; // Map keys
    std::string_view elementName = "member"; // rest-xml lists: "Path", "Quantity"-less name of one entry
    bool flattened = false; // rest-xml: no wrapping element around the entries
};

struct Member {
    std::string_view name;
    const Shape* shape;
    bool required = false;
    Fidelity fidelity = Fidelity::Exact;
    std::string_view note = {};
    In in = In::Body;
    // Header, query, XML or JSON body name when it differs from `name`, which is what input() has
    // (PutIntegration's integrationHttpMethod is "httpMethod" in the body, beside the path's httpMethod).
    std::string_view wireName = {};
};

inline constexpr Shape kString{Type::String};
inline constexpr Shape kInteger{Type::Integer};
inline constexpr Shape kLong{Type::Long};
inline constexpr Shape kDouble{Type::Double};
inline constexpr Shape kBoolean{Type::Boolean};
inline constexpr Shape kBlob{Type::Blob};
inline constexpr Shape kTimestamp{Type::Timestamp};
inline constexpr Shape kDocument{Type::Document};
inline constexpr Shape kStringList{.type = Type::List, .element = &kString};
inline constexpr Shape kStringMap{.type = Type::Map, .element = &kString, .key = &kString};

}
