#pragma once

#include "core/http/message.h"

#include <optional>
#include <string>

namespace core::lambda {

// What a request to a function URL says of it.
struct UrlAddress {
    std::string id;
    std::string region; // "" when the address has none
    std::string target; // what the function gets as path and query
    std::string domain; // the Host as sent
    bool isForeign = false; // an AWS name: only of URLs that are here
};

// {id}.lambda-url.{region}.localhost, {id}.lambda-url.{region}.on.aws and /_aws/lambda-url/{id}/…; nothing
// for other requests. Pure.
std::optional<UrlAddress> parseUrlAddress(const http::Request& head);

}
