#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::http {

// Header fields in the order they came; names compare without case, several fields may share a name.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    Headers() = default;
    Headers(std::initializer_list<Field> fields)
        : m_fields(fields)
    {
    }

    void add(std::string name, std::string value)
    {
        m_fields.emplace_back(std::move(name), std::move(value));
    }
    void set(std::string_view name, std::string value); // replaces all fields of that name
    void remove(std::string_view name);
    std::string_view get(std::string_view name) const; // the first, "" when absent
    bool has(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    std::string joined(std::string_view name) const; // all values with ", " between
    auto begin() const { return m_fields.begin(); }
    auto end() const { return m_fields.end(); }
    std::size_t size() const { return m_fields.size(); }
    void reserve(std::size_t count) { m_fields.reserve(count); }

private:
    std::vector<Field> m_fields;
};

// Takes a request body as it arrives; called on one I/O thread. An error ends the request with 400 (TooLarge:
// 413).
class BodySink {
public:
    virtual ~BodySink() = default;
    virtual Result<> write(std::string_view bytes) = 0;
};

inline constexpr std::size_t kNothingYet = SIZE_MAX; // of BodySource::read()
inline constexpr std::uint64_t kUnknownLength = UINT64_MAX; // of Response::sourceLength

// Gives a response body piece by piece. 0 = end. May read files, never wait: a source that is still being
// filled says kNothingYet, and calls what onReady() gave it, from any thread, as soon as read() has more to
// say. An error ends the connection, so that the client sees the body is not whole. Dropped early when the
// client has gone.
class BodySource {
public:
    virtual ~BodySource() = default;
    virtual Result<std::size_t> read(std::span<char> into) = 0;
    // Before the first read, once. Sources that never say kNothingYet need not keep it.
    virtual void onReady(std::function<void()> /*wake*/) { }
};

class WebSocketHandler;

struct Request {
    std::string method = "GET";
    std::string target = "/"; // path and query as sent, still encoded
    Headers headers;
    std::string body; // empty when a sink took it
    std::shared_ptr<BodySink> sink; // what Handler::planBody gave
    std::string remoteAddress = "127.0.0.1";
    std::uint16_t remotePort = 0;
    Headers trailers = {}; // fields behind a chunked body, which planBody has not seen

    std::string_view path() const; // encoded, without the query
    std::string_view rawQuery() const; // without '?'
};

struct Response {
    int status = 200;
    Headers headers; // Content-Length, Date, Connection are the server's
    std::string body;
    std::shared_ptr<BodySource> source; // instead of body
    std::uint64_t sourceLength = 0; // or kUnknownLength: sent in chunks
    // Accepts an upgrade (core/http/web_socket.h): the connection goes on as a WebSocket; status is 101.
    std::shared_ptr<WebSocketHandler> webSocket = {};
};

// Whole text of a source, or TooLarge beyond `limit`. Waits for a source that waits.
Result<std::string> readAll(BodySource& source, std::uint64_t limit);
std::string_view reasonPhrase(int status);

using QueryParameters = std::vector<std::pair<std::string, std::string>>;
QueryParameters parseQuery(std::string_view rawQuery); // decoded, in order, duplicates kept
std::optional<std::string> queryValue(const QueryParameters& query, std::string_view name);
std::string writeQuery(const QueryParameters& query);

}
