#include "core/store/store.h"

#include "core/store/detail/committer.h"
#include "core/store/detail/folder_lock.h"
#include "core/store/detail/reader_pool.h"

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <utility>

namespace core::store {

namespace {

// "Cham" in ASCII: says what the file is to file(1) and to us.
constexpr std::int64_t kApplicationId = 0x4368616d;
constexpr std::int64_t kFormat = 1;

// One waiting caller of Store::commit.
struct Waiter {
    std::mutex mutex;
    std::condition_variable answered;
    std::optional<Result<>> outcome;

    Result<> wait()
    {
        std::unique_lock lock(mutex);
        answered.wait(lock, [&] { return outcome.has_value(); });
        return std::move(*outcome);
    }
};

class WaitedWrite : public Write {
public:
    WaitedWrite(std::function<Result<>(Transaction&)> change, Waiter& waiter)
        : m_change(std::move(change))
        , m_waiter(waiter)
    {
    }
    Result<> apply(Transaction& transaction) override { return m_change(transaction); }
    void done(Result<> outcome) override
    {
        // Notified under the lock: the waiter leaves, and takes the condition with it, as soon as it can.
        std::lock_guard guard(m_waiter.mutex);
        m_waiter.outcome = std::move(outcome);
        m_waiter.answered.notify_one();
    }

private:
    std::function<Result<>(Transaction&)> m_change;
    Waiter& m_waiter;
};

Result<> prepareFile(const std::filesystem::path& file, Durability durability)
{
    const detail::Connection connection(file, durability, detail::ConnectionUse::Write);
    const auto application = connection.number("PRAGMA application_id");
    const auto format = connection.number("PRAGMA user_version");
    if (application == kApplicationId && format == kFormat)
        return {};
    if (application == kApplicationId) {
        return fail(ErrorKind::Invalid, "ChamberFormat",
            "The chamber " + file.parent_path().string() + " was made by a newer Cloud Chamber (format "
                + std::to_string(format) + ").");
    }
    if (connection.number("SELECT count(*) FROM sqlite_master") != 0) {
        return fail(ErrorKind::Invalid, "ChamberFormat",
            "The file " + file.string() + " is not a chamber's database.");
    }
    connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
    connection.execute("PRAGMA user_version = " + std::to_string(kFormat));
    return {};
}

}

Range Range::prefix(std::string_view prefix)
{
    Range range{std::string(prefix), std::string(prefix)};
    while (!range.to.empty() && static_cast<unsigned char>(range.to.back()) == 0xff)
        range.to.pop_back();
    if (!range.to.empty())
        range.to.back() = static_cast<char>(static_cast<unsigned char>(range.to.back()) + 1);
    return range;
}

struct Store::Impl {
    Impl(detail::FolderLock folderLock, const StoreOptions& options, const std::filesystem::path& file)
        : lock(std::move(folderLock))
        , folder(options.folder)
        , readers(std::make_shared<detail::ReaderPool>(file, options.durability))
        , committer(std::make_unique<detail::Committer>(file, options.durability, *readers))
    {
    }

    detail::FolderLock lock;
    std::filesystem::path folder;
    std::shared_ptr<detail::ReaderPool> readers;
    std::unique_ptr<detail::Committer> committer;
};

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options)
{
    std::error_code problem;
    std::filesystem::create_directories(options.folder, problem);
    if (problem) {
        return fail(ErrorKind::Io, "InternalServerError",
            "The folder " + options.folder.string() + " cannot be made: " + problem.message());
    }
    CORE_TRY(auto lock, detail::FolderLock::take(options.folder));
    const auto file = options.folder / "chamber.sqlite";
    try {
        CORE_CHECK(prepareFile(file, options.durability));
        return std::unique_ptr<Store>(new Store(std::make_unique<Impl>(std::move(lock), options, file)));
    } catch (const detail::StoreFailure& failure) {
        return fail(ErrorKind::Io, "InternalServerError",
            "The database " + file.string() + " cannot be opened: " + failure.what());
    }
}

Store::Store(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

Store::~Store()
{
    m_impl->committer.reset();
    m_impl->readers->close();
}

std::unique_ptr<Reader> Store::read() const
{
    return m_impl->readers->snapshot();
}

std::optional<std::string> Store::get(std::string_view keyspace, std::string_view key) const
{
    return m_impl->readers->get(keyspace, key);
}

void Store::submit(std::unique_ptr<Write> write)
{
    m_impl->committer->submit(std::move(write));
}

Result<> Store::commit(std::function<Result<>(Transaction&)> change)
{
    if (m_impl->committer->isOwnThread()) {
        return fail(ErrorKind::Internal, "InternalServerError",
            "A write waited for another write on the committer's thread.");
    }
    Waiter waiter;
    submit(std::make_unique<WaitedWrite>(std::move(change), waiter));
    return waiter.wait();
}

const std::filesystem::path& Store::folder() const
{
    return m_impl->folder;
}

}
