#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core::aws::detail {

// CBOR from outside as JSON: nesting is bounded (of tags too, on which a reader recurses), byte strings
// become base64 text as in AWS's JSON, tags are passed over, so that a moment is a number. Pure.
class CborReader {
public:
    explicit CborReader(std::string_view bytes)
        : m_rest(bytes)
    {
    }

    // The whole text as one value; nothing when it is not that.
    std::optional<nlohmann::json> read();

private:
    struct Head {
        unsigned major = 0;
        unsigned info = 0; // the low five bits; 31 is "until the break"
        std::uint64_t value = 0;
    };

    std::optional<Head> head();
    std::optional<std::uint64_t> number(std::size_t bytes);
    bool atBreak();
    bool value(nlohmann::json& into, int depth);
    bool text(const Head& head, std::string& into);
    bool array(const Head& head, nlohmann::json& into, int depth);
    bool map(const Head& head, nlohmann::json& into, int depth);
    bool simple(const Head& head, nlohmann::json& into);

    std::string_view m_rest;
};

}
