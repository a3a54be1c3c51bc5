#include "core/http/client.h"

#include "core/base/text.h"
#include "core/http/detail/native_socket.h"
#include "core/http/detail/parser.h"
#include "core/http/detail/response_writer.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <openssl/err.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <deque>
#include <optional>

namespace core::http {

namespace detail {

namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;

using asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using ErrorCode = boost::system::error_code;
using Moment = std::chrono::steady_clock::time_point;

constexpr std::size_t kMaxIdle = 8; // connections kept by one thread
constexpr std::size_t kReadPiece = 64 * 1024;

// How long an exchange is waited for.
struct Patience {
    Moment until = Moment::max();
    std::stop_token stop = {};
};

Moment momentAfter(Micros duration)
{
    return std::chrono::steady_clock::now() + std::chrono::microseconds(duration);
}

std::string placeOf(const Url& url)
{
    return url.host + ":" + std::to_string(url.port);
}

bool isLocalName(std::string_view host)
{
    return host == "localhost" || host.ends_with(".localhost");
}

bool isLoopback(const Url& url)
{
    return isLocalName(url.host) || url.host.starts_with("127.") || url.host == "::1";
}

// Why a wait ended before what it waited for.
Error gaveUp(const Patience& patience, const Url& url, std::string_view missed)
{
    if (patience.stop.stop_requested())
        return {ErrorKind::Io, "Stopped", "The exchange with " + placeOf(url) + " was given up"};
    return {ErrorKind::Io, "Timeout", placeOf(url) + std::string(missed)};
}

constexpr std::string_view kNoAnswer = " did not answer in time";

ssl::context& tlsContext()
{
    static ssl::context context = [] {
        ssl::context made(ssl::context::tls_client);
        ErrorCode ignored; // without authorities every peer fails its verification, which says so
        made.set_default_verify_paths(ignored);
        made.set_verify_mode(ssl::verify_peer, ignored);
        return made;
    }();
    return context;
}

// What is wrong with a certificate is its authority alone: nobody knows who signed it.
bool isForeign(int error)
{
    constexpr std::array kForeign{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
        X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
        X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
        X509_V_ERR_CERT_UNTRUSTED};
    return std::ranges::find(kForeign, error) != kForeign.end();
}

// Dates, the host's name, and the authority unless any will do.
auto verifier(const std::string& host, bool trustsAnyAuthority)
{
    return [named = ssl::host_name_verification(host), trustsAnyAuthority](
               bool good, ssl::verify_context& context) {
        auto* store = context.native_handle();
        if (!good && trustsAnyAuthority && isForeign(X509_STORE_CTX_get_error(store))) {
            X509_STORE_CTX_set_error(store, X509_V_OK);
            good = true;
        }
        return named(good, context);
    };
}

// How an operation ended. Shared with its handler, which may run after the wait for it was given up.
struct Ending {
    bool done = false;
    ErrorCode error;
    std::size_t count = 0;
};

// One connection of one thread.
class Connection {
public:
    explicit Connection(asio::io_context& context)
        : m_context(context)
        , m_socket(context)
    {
    }

    Result<> open(const Url& url, const Patience& connecting, const Patience& all, bool trustsAnyAuthority);

    struct Answer {
        Result<Response> response;
        bool stale = false; // closed by the peer before it said anything
        bool reusable = false;
    };
    Answer exchange(const Url& url, std::string bytes, std::string body, bool toHead, std::uint64_t maxBody,
        const Patience& patience);

    // False when the peer has closed an idle connection, or says something unasked.
    bool idleIsAlive()
    {
        char byte = 0;
        return ::recv(m_socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0
            && (errno == EAGAIN || errno == EWOULDBLOCK);
    }

    std::string key;

private:
    Result<std::vector<tcp::endpoint>> resolve(const Url& url, const Patience& patience);
    std::shared_ptr<Ending> connectTo(const tcp::endpoint& endpoint, ErrorCode& error);
    Result<> startTls(const Url& url, const Patience& patience, bool trustsAnyAuthority);
    std::shared_ptr<Ending> startWriting(std::string bytes, std::string body);
    bool waitFor(const Ending& ending, const Patience& patience);
    void abandon(const std::vector<std::shared_ptr<Ending>>& endings);

    asio::io_context& m_context;
    Socket m_socket;
    std::optional<ssl::stream<Socket&>> m_tls;
};

bool Connection::waitFor(const Ending& ending, const Patience& patience)
{
    m_context.restart();
    while (!ending.done && !patience.stop.stop_requested() && m_context.run_one_until(patience.until) != 0) {
    }
    return ending.done;
}

// Ends operations that use this connection, so that nothing refers to it any more.
void Connection::abandon(const std::vector<std::shared_ptr<Ending>>& endings)
{
    ErrorCode ignored;
    m_socket.close(ignored);
    for (const auto& ending : endings)
        waitFor(*ending, {});
}

Result<std::vector<tcp::endpoint>> Connection::resolve(const Url& url, const Patience& patience)
{
    // RFC 6761 §6.3: names below localhost are loopback, whatever the system's resolver knows.
    if (isLocalName(url.host))
        return std::vector<tcp::endpoint>{
            {asio::ip::address_v4::loopback(), url.port}, {asio::ip::address_v6::loopback(), url.port}};
    ErrorCode notAddress;
    if (const auto address = asio::ip::make_address(url.host, notAddress); !notAddress)
        return std::vector<tcp::endpoint>{{address, url.port}};

    struct Found : Ending {
        std::vector<tcp::endpoint> endpoints;
    };
    const auto found = std::make_shared<Found>();
    const auto resolver = std::make_shared<asio::ip::basic_resolver<tcp, Executor>>(m_context);
    resolver->async_resolve(
        url.host, std::to_string(url.port), [found, resolver](const ErrorCode& error, auto results) {
            found->done = true;
            found->error = error;
            for (const auto& entry : results)
                found->endpoints.push_back(entry.endpoint());
        });
    if (!waitFor(*found, patience))
        return fail(gaveUp(patience, url, " has a name that was not resolved in time"));
    if (found->error)
        return fail(ErrorKind::Io, "ConnectFailed",
            "The name " + url.host + " cannot be resolved: " + found->error.message());
    return std::move(found->endpoints);
}

Result<> Connection::open(
    const Url& url, const Patience& connecting, const Patience& all, bool trustsAnyAuthority)
{
    CORE_TRY(const auto endpoints, resolve(url, connecting));
    std::string reason = "it has no address";
    for (const auto& endpoint : endpoints) {
        ErrorCode error;
        const auto ending = connectTo(endpoint, error);
        if (!error && !waitFor(*ending, connecting)) {
            abandon({ending});
            return fail(gaveUp(connecting, url, " did not accept a connection in time"));
        }
        if (!error && !ending->error) {
            m_socket.set_option(tcp::no_delay(true), error);
            return url.scheme == "https" ? startTls(url, all, trustsAnyAuthority) : Result<>();
        }
        reason = (error ? error : ending->error).message();
    }
    return fail(ErrorKind::Io, "ConnectFailed", "Cannot connect to " + placeOf(url) + ": " + reason);
}

std::shared_ptr<Ending> Connection::connectTo(const tcp::endpoint& endpoint, ErrorCode& error)
{
    const auto ending = std::make_shared<Ending>();
    m_socket.close(error);
    const int native = openStream(endpoint.protocol().family(), error);
    if (!error)
        m_socket.assign(endpoint.protocol(), native, error);
    if (error)
        return ending;
    m_socket.async_connect(endpoint, [ending](const ErrorCode& failed) {
        ending->done = true;
        ending->error = failed;
    });
    return ending;
}

Result<> Connection::startTls(const Url& url, const Patience& patience, bool trustsAnyAuthority)
{
    m_tls.emplace(m_socket, tlsContext());
    ErrorCode error;
    m_tls->set_verify_callback(verifier(url.host, trustsAnyAuthority), error);
    SSL_set_tlsext_host_name(m_tls->native_handle(), url.host.c_str());
    const auto ending = std::make_shared<Ending>();
    m_tls->async_handshake(ssl::stream_base::client, [ending](const ErrorCode& failed) {
        ending->done = true;
        ending->error = failed;
    });
    if (!waitFor(*ending, patience)) {
        abandon({ending});
        return fail(gaveUp(patience, url, kNoAnswer));
    }
    if (!ending->error)
        return {};
    auto reason = ending->error.message();
    if (const auto verified = SSL_get_verify_result(m_tls->native_handle()); verified != X509_V_OK)
        reason = X509_verify_cert_error_string(verified);
    return fail(ErrorKind::Io, "TlsFailed", "No secure connection to " + placeOf(url) + ": " + reason);
}

std::shared_ptr<Ending> Connection::startWriting(std::string bytes, std::string body)
{
    struct Writing : Ending {
        std::string head;
        std::string body;
    };
    const auto writing = std::make_shared<Writing>();
    writing->head = std::move(bytes);
    writing->body = std::move(body);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(writing->head), asio::buffer(writing->body)};
    auto finished = [writing](const ErrorCode& error, std::size_t count) {
        writing->done = true;
        writing->error = error;
        writing->count = count;
    };
    if (m_tls)
        asio::async_write(*m_tls, buffers, std::move(finished));
    else
        asio::async_write(m_socket, buffers, std::move(finished));
    return writing;
}

// Reads while it still writes: a server may refuse a long body before it has all of it.
Connection::Answer Connection::exchange(const Url& url, std::string bytes, std::string body, bool toHead,
    std::uint64_t maxBody, const Patience& patience)
{
    const auto writing = startWriting(std::move(bytes), std::move(body));
    ResponseParser parser(toHead, maxBody);
    // Kept from call to call: to clear it each time would take longer than to read an answer.
    thread_local std::vector<char> buffer(kReadPiece);
    std::size_t kept = 0;
    for (;;) {
        const auto reading = std::make_shared<Ending>();
        auto finished = [reading](const ErrorCode& error, std::size_t count) {
            reading->done = true;
            reading->error = error;
            reading->count = count;
        };
        if (kept == buffer.size())
            buffer.resize(buffer.size() * 2); // the parser bounds a head that it leaves here
        const auto space = asio::buffer(buffer.data() + kept, buffer.size() - kept);
        if (m_tls)
            m_tls->async_read_some(space, std::move(finished));
        else
            m_socket.async_read_some(space, std::move(finished));
        if (!waitFor(*reading, patience)) {
            abandon({reading, writing});
            return {fail(gaveUp(patience, url, kNoAnswer))};
        }
        auto step = ParseStep::NeedMore;
        if (reading->error) {
            const bool ended =
                reading->error == asio::error::eof || reading->error == ssl::error::stream_truncated;
            step = ended ? parser.endOfInput() : ParseStep::Failed;
        } else {
            kept += reading->count;
            const auto progress = parser.put({buffer.data(), kept});
            kept -= progress.consumed;
            std::copy_n(buffer.data() + progress.consumed, kept, buffer.data());
            step = progress.step;
        }
        if (step == ParseStep::NeedMore)
            continue;
        const bool wrote = writing->done;
        if (!wrote)
            abandon({writing});
        if (step == ParseStep::Done)
            return {parser.take(), false, wrote && kept == 0 && !reading->error && parser.keepAlive()};
        if (parser.tooLarge())
            return {fail(ErrorKind::TooLarge, "BodyTooLarge",
                "The answer of " + placeOf(url) + " is longer than " + std::to_string(maxBody) + " bytes")};
        const auto reason = parser.failure().empty() ? reading->error.message() : parser.failure();
        return {fail(ErrorKind::Io, "BadResponse", "No valid answer from " + placeOf(url) + ": " + reason),
            !parser.started()};
    }
}

// What a thread keeps between calls: its io_context and the idle connections to loopback.
struct ThreadClient {
    asio::io_context context{1};
    std::deque<std::unique_ptr<Connection>> idle;

    static ThreadClient& current()
    {
        thread_local ThreadClient client;
        return client;
    }

    std::unique_ptr<Connection> take(const std::string& key)
    {
        for (auto it = idle.begin(); it != idle.end(); ++it) {
            if ((*it)->key != key)
                continue;
            auto connection = std::move(*it);
            idle.erase(it);
            return connection->idleIsAlive() ? std::move(connection) : take(key);
        }
        return nullptr;
    }

    void keep(std::unique_ptr<Connection> connection)
    {
        idle.push_front(std::move(connection));
        if (idle.size() > kMaxIdle)
            idle.pop_back();
    }
};

std::string headOf(const Url& url, const Request& request, bool keepAlive)
{
    std::string head = request.method + " " + request.target + " HTTP/1.1\r\n";
    if (!request.headers.has("host")) {
        const bool usual = url.port == (url.scheme == "https" ? 443 : 80);
        const auto name = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
        writeField(head, "Host", usual ? name : name + ":" + std::to_string(url.port));
    }
    for (const auto& [name, value] : request.headers) {
        if (!equalsIgnoreCase(name, "content-length") && !equalsIgnoreCase(name, "transfer-encoding")
            && !equalsIgnoreCase(name, "connection") && !equalsIgnoreCase(name, "expect"))
            writeField(head, name, value);
    }
    const bool carriesBody = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (!request.body.empty() || carriesBody)
        writeField(head, "Content-Length", std::to_string(request.body.size()));
    if (!keepAlive)
        writeField(head, "Connection", "close");
    return head += "\r\n";
}

Result<> checkRequest(const Request& request)
{
    const auto breaks = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
    if (request.method.empty() || std::ranges::any_of(request.method, breaks))
        return fail(ErrorKind::Invalid, "BadRequest", "\"" + request.method + "\" is not an HTTP method");
    if (!request.target.starts_with('/') || std::ranges::any_of(request.target, breaks))
        return fail(
            ErrorKind::Invalid, "BadRequest", "The path has to start with / and must not hold spaces");
    return {};
}

}

}

using namespace detail;

Result<Response> send(const Url& url, Request request, const ClientOptions& options)
{
    CORE_CHECK(checkRequest(request));
    const Patience patience{momentAfter(options.totalTimeout), options.stop};
    const Patience connecting{std::min(patience.until, momentAfter(options.connectTimeout)), options.stop};
    const bool reuse = url.scheme == "http" && isLoopback(url);
    const bool toHead = request.method == "HEAD";
    const auto head = headOf(url, request, reuse);
    auto& thread = ThreadClient::current();
    // Whoever waits wakes, and looks whether it is to stop.
    const std::stop_callback wake(options.stop, [&thread] { asio::post(thread.context, [] {}); });
    const auto key = placeOf(url);

    auto connection = reuse ? thread.take(key) : nullptr;
    std::optional<Connection::Answer> answer;
    if (connection) {
        answer = connection->exchange(url, head, request.body, toHead, options.maxBody, patience);
        if (answer->stale)
            answer.reset();
    }
    if (!answer) {
        connection = std::make_unique<Connection>(thread.context);
        connection->key = key;
        CORE_CHECK(connection->open(url, connecting, patience, options.trustsAnyAuthority));
        answer = connection->exchange(url, head, std::move(request.body), toHead, options.maxBody, patience);
    }
    if (reuse && answer->reusable)
        thread.keep(std::move(connection));
    return std::move(answer->response);
}

}
