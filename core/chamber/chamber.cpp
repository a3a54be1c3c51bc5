#include "core/chamber/chamber.h"

#include "core/aws/front_door.h"
#include "core/aws/log_book.h"
#include "core/aws/metric_book.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/base/work_pool.h"
#include "core/chamber/chamber_file.h"
#include "core/chamber/clock_keeper.h"
#include "core/chamber/local_pages.h"
#include "core/chamber/services.h"
#include "core/chamber/temporary_folder.h"
#include "core/chamber/track_archive.h"
#include "core/http/server.h"
#include "core/store/blob_store.h"

#include <nlohmann/json.hpp>

#include <mutex>

namespace core::chamber {

namespace {

// A request holds a thread while it waits for a function, and AWS admits 1,000 at once: others find more
// threads.
constexpr int kMostThreads = 1280;
constexpr int kMostQueued = 4096;
constexpr std::string_view kSamples = "chamber/samples";

std::string nameOf(const ChamberOptions& options)
{
    if (options.durability == store::Durability::Memory)
        return "memory";
    auto name = std::filesystem::absolute(options.folder).lexically_normal().filename().string();
    constexpr std::string_view suffix = ".chamber";
    if (name.size() > suffix.size() && name.ends_with(suffix))
        name.resize(name.size() - suffix.size());
    return name;
}

// The address that a client on this machine uses.
std::string endpointOf(const std::string& host, std::uint16_t port)
{
    std::string name = host;
    if (host == "0.0.0.0" || host.empty())
        name = "127.0.0.1";
    else if (host == "::")
        name = "[::1]";
    else if (host.find(':') != std::string::npos && !host.starts_with('['))
        name = '[' + host + ']';
    return "http://" + name + ':' + std::to_string(port);
}

}

struct Chamber::Impl {
    Impl(const ChamberOptions& given, std::filesystem::path at, TemporaryFolder kept, Clock::State start,
        std::unique_ptr<store::Store> opened)
        : options(given)
        , name(nameOf(given))
        , temporary(std::move(kept))
        , folder(std::move(at))
        , clock(start)
        , tracer(clock)
        , store(std::move(opened))
        , blobs(folder / "objects", options.durability == store::Durability::Full)
        , metrics(*store, clock)
        , pool(kMostThreads, kMostQueued)
        , server(http::ServerOptions{.threads = options.ioThreads})
        , door(*store, clock, tracer, pool, changes,
              {.defaultRegion = options.region,
                  .verifySignatures = options.verifySignatures,
                  .hosts = {options.host},
                  .endpoint = [this] { return endpoint(); }})
        , logs(door)
        , host{*store, blobs, clock, tracer, door, pool, server, changes, logs, folder,
              [this] { return endpoint(); }, &metrics}
        , pages({name, options.region, clock, tracer, [this] { return endpoint(); },
              [this] { return door.services(); }, [this] { keeper.saveNow(); }, [this] { return reset(); }})
        , keeper(clock, ChamberFile(folder), name)
    {
        if (options.durability != store::Durability::Memory)
            archive = std::make_unique<TrackArchive>(*store, tracer);
        services = makeServices(host);
        for (const auto& service : services)
            door.add(*service);
        door.setLocalPages(&pages);
    }

    ~Impl()
    {
        {
            std::unique_lock lock(mutex);
            auto closing = std::move(listener);
            lock.unlock();
        }
        for (const auto& service : services)
            service->stop();
        pool.stop();
        logs.close();
        // Writes in the queue answer through the services: let the last one out before these go.
        (void)store->commit([](store::Transaction&) -> Result<> { return {}; });
        archive.reset();
    }

    void wake()
    {
        pool.post([this] {
            for (const auto& service : services)
                service->wake();
        });
    }

    std::string endpoint() const
    {
        std::lock_guard guard(mutex);
        return listener ? endpointOf(options.host, listener->port()) : std::string();
    }

    Result<> reset()
    {
        logs.forget();
        CORE_CHECK(store->commit([](store::Transaction& transaction) -> Result<> {
            for (const auto& keyspace : transaction.keyspaces(""))
                transaction.dropKeyspace(keyspace);
            return {};
        }));
        for (const auto& service : services)
            service->reset();
        metrics.reset();
        tracer.clear();
        changes.publish({.service = "chamber", .action = "Reset", .region = {}, .resource = {}});
        return {};
    }

    const ChamberOptions options;
    const std::string name;
    TemporaryFolder temporary;
    const std::filesystem::path folder;
    Clock clock;
    trace::Tracer tracer;
    Publisher<aws::ResourceChanged> changes;
    std::unique_ptr<store::Store> store;
    store::BlobStore blobs;
    aws::MetricBook metrics;
    WorkPool pool;
    http::Server server;
    aws::FrontDoor door;
    aws::LogBook logs;
    aws::Host host;
    ChamberPages pages;
    ClockKeeper keeper;
    std::unique_ptr<TrackArchive> archive; // none for a chamber in memory
    std::vector<std::unique_ptr<aws::Service>> services;
    mutable std::mutex mutex;
    std::unique_ptr<http::Listener> listener;
};

Result<std::unique_ptr<Chamber>> Chamber::open(const ChamberOptions& options)
{
    TemporaryFolder temporary;
    auto folder = options.folder;
    if (options.durability == store::Durability::Memory) {
        CORE_TRY(temporary, TemporaryFolder::make());
        folder = temporary.path();
    }
    if (folder.empty())
        return fail(ErrorKind::Invalid, "InvalidFolder", "A chamber needs a folder");
    // The store makes the folder and holds its lock: first of all.
    CORE_TRY(auto store, store::Store::open({folder, options.durability}));
    CORE_TRY(const auto clock, ChamberFile(folder).readClock());
    try {
        auto impl =
            std::make_unique<Impl>(options, std::move(folder), std::move(temporary), clock, std::move(store));
        return std::unique_ptr<Chamber>(new Chamber(std::move(impl)));
    } catch (const std::exception& error) {
        return fail(
            ErrorKind::Internal, "InternalFailure", std::string("The chamber cannot start: ") + error.what());
    }
}

Chamber::Chamber(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
Chamber::~Chamber() = default;

Result<> Chamber::listen()
{
    CORE_TRY(auto listener, m_impl->server.listen(m_impl->options.host, m_impl->options.port, m_impl->door));
    {
        std::lock_guard guard(m_impl->mutex);
        m_impl->listener = std::move(listener);
    }
    m_impl->wake();
    return {};
}

std::string Chamber::endpoint() const
{
    return m_impl->endpoint();
}

std::string Chamber::name() const
{
    return m_impl->name;
}

const std::filesystem::path& Chamber::folder() const
{
    return m_impl->folder;
}

const std::string& Chamber::region() const
{
    return m_impl->options.region;
}

aws::Caller& Chamber::caller()
{
    return m_impl->door;
}

Clock& Chamber::clock()
{
    return m_impl->clock;
}

trace::Tracer& Chamber::tracer()
{
    return m_impl->tracer;
}

Publisher<aws::ResourceChanged>& Chamber::changes()
{
    return m_impl->changes;
}

std::vector<aws::Service*> Chamber::services() const
{
    return m_impl->door.services();
}

bool Chamber::hasSample(const std::string& sample) const
{
    return m_impl->store->get(kSamples, sample).has_value();
}

Result<> Chamber::noteSample(const std::string& sample)
{
    return m_impl->store->commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kSamples);
        transaction.put(kSamples, sample, "{}");
        return {};
    });
}

Result<> Chamber::reset()
{
    return m_impl->reset();
}

}
