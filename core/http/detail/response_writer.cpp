#include "core/http/detail/response_writer.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::http::detail {

namespace {

constexpr std::array<bool, 256> kTokenCharacters = [] {
    std::array<bool, 256> table{};
    for (const char c :
        std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

bool isToken(std::string_view name)
{
    return !name.empty()
        && std::ranges::all_of(name, [](char c) { return kTokenCharacters[static_cast<unsigned char>(c)]; });
}

bool breaksField(char c)
{
    return c == '\r' || c == '\n' || c == '\0';
}

enum class Own { No, ContentLength, Date, Connection, TransferEncoding };

Own ownField(std::string_view name)
{
    switch (name.size()) {
    case 4:
        return equalsIgnoreCase(name, "date") ? Own::Date : Own::No;
    case 10:
        return equalsIgnoreCase(name, "connection") || equalsIgnoreCase(name, "keep-alive") ? Own::Connection
                                                                                            : Own::No;
    case 14:
        return equalsIgnoreCase(name, "content-length") ? Own::ContentLength : Own::No;
    case 17:
        return equalsIgnoreCase(name, "transfer-encoding") ? Own::TransferEncoding : Own::No;
    default:
        return Own::No;
    }
}

void writeStatusLine(std::string& out, int status)
{
    if (status == 200) {
        out += "HTTP/1.1 200 OK\r\n";
        return;
    }
    out += "HTTP/1.1 ";
    out += std::to_string(status);
    out += ' ';
    out += reasonPhrase(status);
    out += "\r\n";
}

}

void writeField(std::string& out, std::string_view name, std::string_view value)
{
    if (!isToken(name))
        return;
    out += name;
    out += ": ";
    const auto start = out.size();
    out += value;
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), breaksField, ' ');
    out += "\r\n";
}

bool writeHead(std::string& out, const Response& response, const AnswerForm& form)
{
    const bool bodyless = response.status < 200 || response.status == 204 || response.status == 304;
    std::string_view givenLength;
    bool dated = false;
    writeStatusLine(out, response.status);
    for (const auto& [name, value] : response.headers) {
        const auto own = ownField(name);
        if (own == Own::ContentLength)
            givenLength = value;
        if (own == Own::Date)
            dated = true;
        if (own == Own::No || own == Own::Date)
            writeField(out, name, value);
    }
    if (!dated)
        out += form.date;
    if (response.source && response.sourceLength == kUnknownLength) {
        if (!bodyless && !form.http10)
            out += "Transfer-Encoding: chunked\r\n";
    } else if (!bodyless) {
        const auto length = response.source ? response.sourceLength : response.body.size();
        out += "Content-Length: ";
        if (form.toHead && parseInteger(givenLength).value_or(-1) >= 0)
            out += givenLength;
        else
            out += std::to_string(length);
        out += "\r\n";
    }
    if (!form.keepAlive)
        out += "Connection: close\r\n";
    else if (form.http10)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
    return !bodyless && !form.toHead;
}

void writeUpgrade(std::string& out, const Response& response, std::string_view key)
{
    constexpr std::string_view kMagic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 §1.3
    writeStatusLine(out, 101);
    out += "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    writeField(out, "Sec-WebSocket-Accept", base64(sha1(std::string(key).append(kMagic))));
    for (const auto& [name, value] : response.headers) {
        if (ownField(name) == Own::No && !equalsIgnoreCase(name, "Upgrade")
            && !equalsIgnoreCase(name, "Sec-WebSocket-Accept"))
            writeField(out, name, value);
    }
    out += "\r\n";
}

void writeChunkHead(std::string& out, std::size_t size)
{
    char digits[sizeof size * 2];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), size, 16).ptr;
    out.append(digits, end).append("\r\n");
}

}
