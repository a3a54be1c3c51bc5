#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

// arn:aws:<service>:<region>:<account>:<resource>; resource keeps its own colons and slashes.
struct Arn {
    std::string service;
    std::string region;
    std::string account;
    std::string resource;
    std::string partition = "aws";

    std::string text() const;
    static std::optional<Arn> parse(std::string_view text);
};

}
