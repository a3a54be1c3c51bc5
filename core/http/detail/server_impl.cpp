#include "core/http/detail/door.h"
#include "core/http/detail/native_socket.h"
#include "core/http/server.h"

#include <algorithm>

namespace core::http {

namespace detail {

namespace {

using Endpoint = Door::Endpoint;
using ErrorCode = Door::ErrorCode;

Error bindError(const ErrorCode& error, const std::string& host, std::uint16_t port)
{
    const auto place = "port " + std::to_string(port) + " on " + host;
    if (error == asio::error::address_in_use)
        return {ErrorKind::Conflict, "PortInUse", place + " is in use"};
    if (error == asio::error::access_denied)
        return {ErrorKind::Denied, "PortDenied", place + " may not be opened by this user"};
    if (error == boost::system::errc::address_not_available)
        return {ErrorKind::Invalid, "AddressNotAvailable", host + " is not an address of this machine"};
    return {ErrorKind::Io, "ListenFailed", place + " cannot be opened: " + error.message()};
}

Result<asio::ip::address> parseHost(const std::string& host)
{
    if (host == "localhost")
        return asio::ip::address(asio::ip::address_v4::loopback());
    ErrorCode error;
    const auto address = asio::ip::make_address(host, error);
    if (error)
        return fail(ErrorKind::Invalid, "BadAddress", "\"" + host + "\" is not an IP address");
    return address;
}

}

// A listener's doors. Closed once, by its Listener or by the server, whichever comes first; the other waits.
class OpenPort {
public:
    OpenPort(std::shared_ptr<Errands> errands, std::vector<std::shared_ptr<Door>> doors)
        : m_errands(std::move(errands))
        , m_doors(std::move(doors))
        , m_port(m_doors.front()->port())
    {
    }

    std::uint16_t port() const { return m_port; }

    void accept()
    {
        forEachDoor([](Door& door) { door.accept(); });
    }

    void close()
    {
        bool first = false;
        m_errands->settle([&] { first = !std::exchange(m_closing, true); });
        if (!first) {
            m_errands->waitUntil([this] { return m_closed; });
            return;
        }
        forEachDoor([](Door& door) { door.close(); });
        m_doors.clear();
        m_errands->settle([this] { m_closed = true; });
    }

private:
    void forEachDoor(void (*work)(Door&))
    {
        std::vector<IoThread*> threads;
        std::vector<Errands::Work> errands;
        for (const auto& door : m_doors) {
            threads.push_back(&door->thread());
            errands.emplace_back([door, work] { work(*door); });
        }
        m_errands->runOn(threads, std::move(errands));
    }

    std::shared_ptr<Errands> m_errands;
    std::vector<std::shared_ptr<Door>> m_doors;
    const std::uint16_t m_port;
    bool m_closing = false; // both change in Errands::settle()
    bool m_closed = false;
};

namespace {

class PortListener final : public Listener {
public:
    explicit PortListener(std::shared_ptr<OpenPort> port)
        : m_port(std::move(port))
    {
    }
    ~PortListener() override { m_port->close(); }
    std::uint16_t port() const override { return m_port->port(); }
    void close() override { m_port->close(); }

private:
    std::shared_ptr<OpenPort> m_port;
};

}

}

using namespace detail;

struct Server::Impl {
    ServerOptions options;
    std::shared_ptr<Errands> errands = std::make_shared<Errands>();
    std::mutex mutex;
    std::vector<std::weak_ptr<OpenPort>> ports;
    std::uint64_t nextListener = 1;
    std::size_t nextThread = 0;
    std::vector<std::unique_ptr<IoThread>> threads;

    // SO_REUSEPORT lets a second server of the same user share the port in silence; a socket without it does
    // not.
    static ErrorCode probe(asio::io_context& context, const Endpoint& endpoint)
    {
        ErrorCode error;
        Acceptor socket(context);
        const int native = openStream(endpoint.protocol().family(), error);
        if (!error)
            socket.assign(endpoint.protocol(), native, error);
        if (!error)
            socket.set_option(asio::socket_base::reuse_address(true), error);
        if (!error)
            socket.bind(endpoint, error);
        return error;
    }

    Result<std::shared_ptr<OpenPort>> open(
        const std::string& host, const Endpoint& endpoint, Handler& handler, int wanted)
    {
        std::lock_guard guard(mutex);
        if (endpoint.port() != 0) {
            if (const auto error = probe(threads.front()->context(), endpoint))
                return fail(bindError(error, host, endpoint.port()));
        }
        const auto all = threads.size();
        const auto count = wanted <= 0 ? all : std::min(all, static_cast<std::size_t>(wanted));
        CORE_TRY(auto doors, openDoors(host, endpoint, handler, count));
        auto opened = std::make_shared<OpenPort>(errands, std::move(doors));
        std::erase_if(ports, [](const auto& weak) { return weak.expired(); });
        ports.push_back(opened);
        return opened;
    }

    Result<std::vector<std::shared_ptr<Door>>> openDoors(
        const std::string& host, Endpoint endpoint, Handler& handler, std::size_t count)
    {
        std::vector<std::shared_ptr<Door>> doors;
        const auto id = nextListener++;
        for (std::size_t i = 0; i < count; ++i) {
            auto& thread = *threads[nextThread++ % threads.size()];
            auto door = std::make_shared<Door>(thread, handler, options, id);
            if (const auto error = door->open(endpoint))
                return fail(bindError(error, host, endpoint.port()));
            endpoint.port(door->port());
            doors.push_back(std::move(door));
        }
        return doors;
    }
};

Server::Server(ServerOptions options)
    : m_impl(std::make_unique<Impl>())
{
    raiseFileLimit();
    m_impl->options = options;
    for (int i = 0; i < std::max(1, options.threads); ++i)
        m_impl->threads.push_back(std::make_unique<IoThread>(m_impl->errands));
}

Server::~Server()
{
    std::vector<std::weak_ptr<OpenPort>> ports;
    {
        std::lock_guard guard(m_impl->mutex);
        ports.swap(m_impl->ports);
    }
    for (const auto& weak : ports) {
        if (const auto port = weak.lock())
            port->close();
    }
    m_impl->threads.clear();
}

Result<std::unique_ptr<Listener>> Server::listen(
    const std::string& host, std::uint16_t port, Handler& handler, int threads)
{
    CORE_TRY(const auto address, parseHost(host));
    const Endpoint endpoint(address, port);
    CORE_TRY(auto opened, m_impl->open(host, endpoint, handler, threads));
    // Not under the lock: this waits for I/O threads, whose handlers may be opening ports too.
    opened->accept();
    return std::make_unique<PortListener>(std::move(opened));
}

}
