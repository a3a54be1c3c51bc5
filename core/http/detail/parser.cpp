#include "core/http/detail/parser.h"

#include "core/base/text.h"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <optional>

namespace core::http::detail {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

namespace {

using ErrorCode = beast::error_code;
using View = beast::string_view;

std::string text(View view)
{
    return {view.data(), view.size()};
}

constexpr std::size_t kReserve = 256 * 1024; // of an announced length that nobody has paid for yet

// Beast's parser with our Request as its target.
class RequestFeed final : public bhttp::basic_parser<true> {
public:
    Request request;
    std::optional<Error> sinkError;
    bool http10 = false;

private:
    void on_request_impl(bhttp::verb, View method, View target, int version, ErrorCode&) override
    {
        request.method.assign(method.data(), method.size());
        request.target.assign(target.data(), target.size());
        request.headers.reserve(16);
        http10 = version == 10;
    }
    void on_response_impl(int, View, int, ErrorCode&) override { }
    void on_field_impl(bhttp::field, View name, View value, ErrorCode&) override
    {
        // Fields after a chunked body must not change what planBody saw (RFC 9110 §6.5.1).
        (is_header_done() ? request.trailers : request.headers).add(text(name), text(value));
    }
    void on_header_impl(ErrorCode&) override { }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override
    {
        if (length && !request.sink)
            request.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, kReserve)));
    }
    std::size_t on_body_impl(View body, ErrorCode& error) override { return take(body, error); }
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode& error) override
    {
        return take(body, error);
    }
    void on_finish_impl(ErrorCode&) override { }

    std::size_t take(View body, ErrorCode& error)
    {
        if (!request.sink) {
            request.body.append(body.data(), body.size());
            return body.size();
        }
        if (body.empty())
            return 0;
        if (auto written = request.sink->write({body.data(), body.size()}); !written) {
            sinkError = std::move(written).error();
            error = bhttp::error::body_limit;
        }
        return body.size();
    }
};

class ResponseFeed final : public bhttp::basic_parser<false> {
public:
    Response response;

private:
    void on_request_impl(bhttp::verb, View, View, int, ErrorCode&) override { }
    void on_response_impl(int code, View, int, ErrorCode&) override { response.status = code; }
    void on_field_impl(bhttp::field, View name, View value, ErrorCode&) override
    {
        if (!is_header_done())
            response.headers.add(text(name), text(value));
    }
    void on_header_impl(ErrorCode&) override { }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override
    {
        if (length)
            response.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, kReserve)));
    }
    std::size_t on_body_impl(View body, ErrorCode&) override
    {
        response.body.append(body.data(), body.size());
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode&) override
    {
        response.body.append(body.data(), body.size());
        return body.size();
    }
    void on_finish_impl(ErrorCode&) override { }
};

}

struct RequestParser::Impl {
    std::uint32_t maxHeaderBytes;
    std::optional<RequestFeed> feed;
    ParseFailure failure;
    std::size_t headBytes = 0;
    bool headReported = false;

    void reset()
    {
        feed.emplace();
        feed->header_limit(maxHeaderBytes);
        feed->body_limit(boost::none);
        headBytes = 0;
        headReported = false;
    }

    ParseStep fail(int status, std::string message)
    {
        failure = {status, std::move(message)};
        return ParseStep::Failed;
    }

    ParseStep failed(const ErrorCode& error)
    {
        if (feed->sinkError)
            return fail(feed->sinkError->kind == ErrorKind::TooLarge ? 413 : 400, feed->sinkError->message);
        if (error == bhttp::error::header_limit)
            return headTooLarge();
        if (error == bhttp::error::body_limit)
            return fail(413, "The body is too large");
        if (error == bhttp::error::bad_version)
            return fail(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here");
        return fail(400, "The request is malformed: " + error.message());
    }

    ParseStep headTooLarge()
    {
        return fail(431, "The head is longer than " + std::to_string(maxHeaderBytes) + " bytes");
    }

    // What Beast lets pass although it leaves open where the message ends or whom it is for (RFC 9112 §3.2,
    // §6.1).
    ParseStep checkHead()
    {
        const auto& headers = feed->request.headers;
        if (const auto coding = headers.get("transfer-encoding");
            !coding.empty() && !equalsIgnoreCase(trimmed(coding), "chunked"))
            return fail(501, "Transfer-Encoding other than chunked is not implemented");
        if (!feed->http10 && headers.all("host").size() != 1)
            return fail(400, "An HTTP/1.1 request needs one Host field");
        if (const auto expect = headers.get("expect");
            !expect.empty() && !equalsIgnoreCase(expect, "100-continue"))
            return fail(417, "The only expectation met here is 100-continue");
        feed->eager(true);
        return ParseStep::HeadDone;
    }

    ParseStep stepAfter(const ErrorCode& error, std::size_t consumed, std::size_t left)
    {
        if (!headReported)
            headBytes += consumed;
        if (error && error != bhttp::error::need_more)
            return failed(error);
        if (!headReported && feed->is_header_done()) {
            headReported = true;
            return headBytes > maxHeaderBytes ? headTooLarge() : checkHead();
        }
        if (!headReported && headBytes + left > maxHeaderBytes)
            return headTooLarge();
        if (feed->is_done())
            return ParseStep::Done;
        // A chunk's line or the fields after the last chunk: Beast sets them no bound of its own.
        return left > maxHeaderBytes ? fail(400, "A chunk's head is too long") : ParseStep::NeedMore;
    }
};

RequestParser::RequestParser(std::uint32_t maxHeaderBytes)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->maxHeaderBytes = maxHeaderBytes;
    m_impl->reset();
}

RequestParser::~RequestParser() = default;

ParseProgress RequestParser::put(std::string_view bytes)
{
    if (m_impl->feed->is_done())
        return {ParseStep::Done, 0};
    ErrorCode error;
    const auto consumed = m_impl->feed->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    return {m_impl->stepAfter(error, consumed, bytes.size() - consumed), consumed};
}

bool RequestParser::started() const
{
    return m_impl->feed->got_some();
}

bool RequestParser::headDone() const
{
    return m_impl->headReported;
}

const ParseFailure& RequestParser::failure() const
{
    return m_impl->failure;
}

Request& RequestParser::request()
{
    return m_impl->feed->request;
}

bool RequestParser::keepAlive() const
{
    return m_impl->headReported && m_impl->feed->keep_alive();
}

bool RequestParser::http10() const
{
    return m_impl->feed->http10;
}

bool RequestParser::expectsBody() const
{
    return !m_impl->feed->is_done();
}

bool RequestParser::plan(const BodyPlan& plan)
{
    auto& feed = *m_impl->feed;
    feed.request.sink = plan.sink;
    if (feed.content_length().value_or(0) > plan.maxBytes) {
        m_impl->fail(413, "The body is longer than " + std::to_string(plan.maxBytes) + " bytes");
        return false;
    }
    feed.body_limit(plan.maxBytes);
    return true;
}

Request RequestParser::take()
{
    Request request = std::move(m_impl->feed->request);
    m_impl->reset();
    return request;
}

struct ResponseParser::Impl {
    bool toHead;
    std::uint64_t limit;
    std::optional<ResponseFeed> feed;
    std::string failure;
    bool tooLarge = false;
    bool any = false;

    void reset()
    {
        feed.emplace();
        feed->header_limit(256 * 1024);
        feed->body_limit(limit);
        feed->skip(toHead);
        feed->eager(true);
    }

    // 100 and 103 come before the answer itself (RFC 9110 §15.2).
    bool isInterim() const { return feed->is_done() && feed->response.status / 100 == 1; }

    ParseStep failed(const ErrorCode& error)
    {
        tooLarge = error == bhttp::error::body_limit;
        failure = error.message();
        return ParseStep::Failed;
    }
};

ResponseParser::ResponseParser(bool toHead, std::uint64_t limit)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->toHead = toHead;
    m_impl->limit = limit;
    m_impl->reset();
}

ResponseParser::~ResponseParser() = default;

ParseProgress ResponseParser::put(std::string_view bytes)
{
    std::size_t consumed = 0;
    while (consumed < bytes.size()) {
        m_impl->any = true;
        const auto rest = bytes.substr(consumed);
        ErrorCode error;
        consumed += m_impl->feed->put(boost::asio::const_buffer(rest.data(), rest.size()), error);
        if (error && error != bhttp::error::need_more)
            return {m_impl->failed(error), consumed};
        if (m_impl->isInterim()) {
            m_impl->reset();
            continue;
        }
        if (m_impl->feed->is_done())
            return {ParseStep::Done, consumed};
        if (error)
            break;
    }
    return {ParseStep::NeedMore, consumed};
}

ParseStep ResponseParser::endOfInput()
{
    if (!m_impl->feed->got_some()) {
        m_impl->failure = "the connection was closed before an answer came";
        return ParseStep::Failed;
    }
    ErrorCode error;
    m_impl->feed->put_eof(error);
    return error ? m_impl->failed(error) : ParseStep::Done;
}

bool ResponseParser::started() const
{
    return m_impl->any;
}

bool ResponseParser::tooLarge() const
{
    return m_impl->tooLarge;
}

const std::string& ResponseParser::failure() const
{
    return m_impl->failure;
}

bool ResponseParser::keepAlive() const
{
    return m_impl->feed->keep_alive();
}

Response ResponseParser::take()
{
    return std::move(m_impl->feed->response);
}

}
