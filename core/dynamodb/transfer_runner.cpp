#include "core/dynamodb/transfer_runner.h"

#include "core/base/log.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/retry_moment.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::string_view kTransfers = "dynamodb/transfers"; // by id
constexpr int kMostAtOnce = 2;
constexpr int kMostWaiting = 500;
constexpr std::size_t kMostKept = 100;
constexpr const char* kInterrupted =
    "The chamber was closed before this was done. What was half made of it has been removed.";

std::string idOf(Micros number)
{
    char text[32];
    std::snprintf(text, sizeof text, "%017lld", static_cast<long long>(number));
    return text;
}

json storedForm(const Transfer& transfer)
{
    return {{"Kind", transfer.kind}, {"Table", transfer.table}, {"Region", transfer.region},
        {"Resource", transfer.resource}, {"Source", transfer.source}, {"StartedAt", transfer.startedAt},
        {"Items", transfer.items.load()}, {"TotalItems", transfer.totalItems.load()},
        {"Bytes", transfer.bytes.load()}, {"TotalBytes", transfer.totalBytes.load()},
        {"Errors", transfer.errors.load()}, {"FinishedAt", transfer.finishedAt},
        {"Failure", transfer.failure}};
}

TransferPtr fromStoredForm(std::string_view id, std::string_view text)
{
    const auto stored = json::parse(text, nullptr, false);
    if (!stored.is_object())
        return nullptr;
    auto transfer = std::make_shared<Transfer>();
    transfer->id = id;
    transfer->kind = stored.value("Kind", "");
    transfer->table = stored.value("Table", "");
    transfer->region = stored.value("Region", "");
    transfer->resource = stored.value("Resource", "");
    transfer->source = stored.value("Source", "");
    transfer->startedAt = stored.value("StartedAt", Micros{0});
    transfer->items = stored.value("Items", std::int64_t{0});
    transfer->totalItems = stored.value("TotalItems", std::int64_t{-1});
    transfer->bytes = stored.value("Bytes", std::int64_t{0});
    transfer->totalBytes = stored.value("TotalBytes", std::int64_t{-1});
    transfer->errors = stored.value("Errors", std::int64_t{0});
    transfer->finishedAt = stored.value("FinishedAt", Micros{0});
    transfer->failure = stored.value("Failure", "");
    return transfer;
}

json rowOf(const Transfer& transfer)
{
    const auto known = [](std::int64_t count) { return count < 0 ? json() : json(count); };
    const auto* status = transfer.finishedAt == 0 ? (transfer.running ? "RUNNING" : "WAITING")
        : transfer.failure.empty()                ? "COMPLETED"
                                                  : "FAILED";
    return {{"Id", transfer.id}, {"Kind", transfer.kind}, {"Status", status}, {"Table", transfer.table},
        {"Region", transfer.region}, {"Resource", transfer.resource},
        {"Source", transfer.source.empty() ? json() : json(transfer.source)},
        {"Items", transfer.items.load()}, {"TotalItems", known(transfer.totalItems)},
        {"Bytes", transfer.bytes.load()}, {"TotalBytes", known(transfer.totalBytes)},
        {"Errors", transfer.errors.load()}, {"Started", secondsOf(transfer.startedAt)},
        {"Finished", transfer.finishedAt == 0 ? json() : json(secondsOf(transfer.finishedAt))},
        {"Failure", transfer.failure.empty() ? json() : json(transfer.failure)}};
}

tl::unexpected<Error> cancelled()
{
    return fail(ErrorKind::Cancelled, "Cancelled", "It was cancelled.");
}

}

struct TransferRunner::Job {
    TransferPtr transfer;
    std::unique_ptr<TransferWork> work;
    Result<> outcome;
};

TransferRunner::TransferRunner(const aws::Host& host)
    : m_host(host)
    , m_retries(host.clock)
    , m_pool(kMostAtOnce, kMostWaiting)
{
    load();
}

void TransferRunner::load()
{
    std::deque<TransferPtr> transfers;
    m_host.store.read()->scan(kTransfers, store::Range::all(), store::Direction::Forward,
        [&](std::string_view id, std::string_view text) {
            if (auto transfer = fromStoredForm(id, text))
                transfers.push_back(std::move(transfer));
            return true;
        });
    std::lock_guard guard(m_mutex);
    m_transfers = std::move(transfers);
    m_lastId = m_transfers.empty() ? 0 : std::stoll(m_transfers.back()->id);
}

TransferPtr TransferRunner::make(
    std::string_view kind, std::string table, std::string region, std::string resource, std::string source)
{
    auto transfer = std::make_shared<Transfer>();
    transfer->kind = kind;
    transfer->table = std::move(table);
    transfer->region = std::move(region);
    transfer->resource = std::move(resource);
    transfer->source = std::move(source);
    transfer->startedAt = m_host.clock.now();
    std::lock_guard guard(m_mutex);
    m_lastId = std::max(m_lastId + 1, transfer->startedAt);
    transfer->id = idOf(m_lastId);
    return transfer;
}

void TransferRunner::keep(const TransferPtr& transfer)
{
    std::lock_guard guard(m_mutex);
    m_transfers.push_back(transfer);
    if (m_transfers.size() > kMostKept) {
        const auto over = std::find_if(m_transfers.begin(), m_transfers.end(),
            [](const TransferPtr& one) { return one->finishedAt != 0; });
        if (over != m_transfers.end())
            m_transfers.erase(over);
    }
}

void TransferRunner::forget(const TransferPtr& transfer)
{
    std::lock_guard guard(m_mutex);
    std::erase(m_transfers, transfer);
}

Result<> TransferRunner::start(const TransferPtr& transfer, std::unique_ptr<TransferWork> work)
{
    keep(transfer);
    const auto begun = m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        CORE_CHECK(work->begin(transaction, *transfer));
        transaction.createKeyspace(kTransfers);
        transaction.put(kTransfers, transfer->id, storedForm(*transfer).dump());
        trim(transaction);
        return {};
    });
    if (!begun) {
        forget(transfer);
        work->forget();
        return begun;
    }
    work->begun();
    const auto job = std::make_shared<Job>(Job{transfer, std::move(work), {}});
    if (!m_pool.post([this, job] { run(job); }) && !m_stopping) {
        job->outcome = fail(ErrorKind::Throttled, "LimitExceededException",
            "Too many backups, restores, exports and imports wait already.");
        finish(job);
    }
    return {};
}

// Only those that are over: nobody else's row may go.
void TransferRunner::trim(store::Transaction& transaction) const
{
    std::vector<std::string> over;
    std::size_t count = 0;
    transaction.scan(kTransfers, store::Range::all(), store::Direction::Forward,
        [&](std::string_view id, std::string_view text) {
            ++count;
            const auto transfer = fromStoredForm(id, text);
            if (!transfer || transfer->finishedAt != 0)
                over.emplace_back(id);
            return true;
        });
    for (std::size_t i = 0; i < over.size() && count > kMostKept; ++i, --count)
        transaction.erase(kTransfers, over[i]);
}

Result<> TransferRunner::check(const Transfer& transfer) const
{
    return transfer.cancelled || m_stopping ? Result<>(cancelled()) : Result<>();
}

Result<> TransferRunner::commit(
    Transfer& transfer, const std::function<Result<>(store::Transaction&)>& change)
{
    CORE_CHECK(check(transfer));
    return m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        // It goes with the rest when the chamber is reset.
        if (!transaction.get(kTransfers, transfer.id))
            return cancelled();
        return change(transaction);
    });
}

void TransferRunner::run(const std::shared_ptr<Job>& job)
{
    auto& transfer = *job->transfer;
    transfer.running = true;
    auto span = m_host.tracer.open(
        {"TRANSFER", transfer.kind + " " + transfer.table, "dynamodb", "dynamodb", transfer.kind});
    span.setResource(transfer.table);
    job->outcome = check(transfer);
    if (job->outcome)
        job->outcome = job->work->run(*this, transfer, span);
    if (m_stopping)
        return; // the next start tidies up
    const auto items = std::to_string(transfer.items.load());
    if (job->outcome)
        span.step("done", items + (transfer.items == 1 ? " item" : " items"));
    else
        span.step("stopped after " + items + (transfer.items == 1 ? " item" : " items"),
            job->outcome.error().message, trace::Verdict::Fail);
    finish(job);
}

void TransferRunner::finish(const std::shared_ptr<Job>& job)
{
    auto& transfer = *job->transfer;
    const auto failure = job->outcome ? std::string() : job->outcome.error().message;
    const auto now = m_host.clock.now();
    bool known = true;
    const auto ended = m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        known = transaction.get(kTransfers, transfer.id).has_value();
        if (!known)
            return {};
        job->work->finish(transaction, job->outcome);
        auto stored = storedForm(transfer);
        stored["FinishedAt"] = now;
        stored["Failure"] = failure;
        transaction.put(kTransfers, transfer.id, stored.dump());
        return {};
    });
    if (!ended)
        return finishLater(job, ended.error());
    transfer.ended = true;
    if (known)
        job->work->finished(job->outcome);
    else
        job->work->forget();
    {
        std::lock_guard guard(m_mutex);
        transfer.finishedAt = now;
        transfer.failure = failure;
    }
    m_host.changes.publish({.service = "dynamodb",
        .action = transfer.kind,
        .region = transfer.region,
        .resource = transfer.table});
}

void TransferRunner::finishLater(const std::shared_ptr<Job>& job, const Error& error)
{
    log::error("dynamodb", job->transfer->kind + " of " + job->transfer->table + " could not be ended");
    const auto moment = retryMoment(m_host.clock, error);
    if (!moment)
        return;
    m_retries.at(job->transfer->id, *moment, [this, job] {
        if (!m_stopping)
            (void)m_pool.post([this, job] { finish(job); });
    });
}

TransferPtr TransferRunner::findUnderWay(std::string_view resource) const
{
    std::lock_guard guard(m_mutex);
    for (const auto& transfer : m_transfers) {
        if (transfer->finishedAt == 0 && transfer->resource == resource)
            return transfer;
    }
    return nullptr;
}

bool TransferRunner::isReadUnderWay(std::string_view source) const
{
    std::lock_guard guard(m_mutex);
    return std::any_of(m_transfers.begin(), m_transfers.end(), [source](const TransferPtr& transfer) {
        return transfer->finishedAt == 0 && !transfer->ended && transfer->source == source;
    });
}

bool TransferRunner::cancel(std::string_view id)
{
    std::lock_guard guard(m_mutex);
    for (const auto& transfer : m_transfers) {
        if (transfer->id != id || transfer->finishedAt != 0)
            continue;
        transfer->cancelled = true;
        return true;
    }
    return false;
}

json TransferRunner::rows() const
{
    json rows = json::array();
    std::lock_guard guard(m_mutex);
    for (auto at = m_transfers.rbegin(); at != m_transfers.rend(); ++at)
        rows.push_back(rowOf(**at));
    return rows;
}

void TransferRunner::failInterrupted(store::Transaction& transaction)
{
    std::lock_guard guard(m_mutex);
    for (const auto& transfer : m_transfers) {
        if (transfer->finishedAt != 0)
            continue;
        log::warning("dynamodb", transfer->kind + " of " + transfer->table + ": " + kInterrupted);
        transfer->failure = kInterrupted;
        transfer->finishedAt = m_host.clock.now();
        transaction.put(kTransfers, transfer->id, storedForm(*transfer).dump());
    }
}

void TransferRunner::stop()
{
    m_stopping = true;
    m_retries.cancelAll();
    m_pool.stop();
}

void TransferRunner::reset()
{
    std::lock_guard guard(m_mutex);
    for (const auto& transfer : m_transfers)
        transfer->cancelled = true;
    m_transfers.clear();
}

}
