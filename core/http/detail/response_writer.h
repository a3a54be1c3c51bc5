#pragma once

#include "core/http/message.h"

#include <string>
#include <string_view>

namespace core::http::detail {

// What decides the form of an answer beside the Response itself.
struct AnswerForm {
    bool toHead = false; // of a HEAD request: no body
    bool keepAlive = true;
    bool http10 = false;
    std::string_view date = {}; // a whole field, "Date: …\r\n"
};

// Appends status line and fields. Content-Length and Connection are set here, Date unless the handler gave
// one; a handler's Content-Length counts for HEAD alone. True when the body follows.
bool writeHead(std::string& out, const Response& response, const AnswerForm& form);

// Appends the head that accepts a WebSocket, with the answer's own fields.
void writeUpgrade(std::string& out, const Response& response, std::string_view key);

void writeChunkHead(std::string& out, std::size_t size);

// Appends "name: value\r\n", with what would break out of the field made harmless; a name that is none is
// left out.
void writeField(std::string& out, std::string_view name, std::string_view value);

}
