#include "core/lambda/concurrency_book.h"

#include "core/lambda/errors.h"

#include <algorithm>

namespace core::lambda {

bool TokenBucket::take(Micros now)
{
    if (now > m_last) {
        m_tokens += m_size * static_cast<double>(now - m_last) / static_cast<double>(m_period);
        m_tokens = std::min(m_tokens, m_size);
        m_last = now;
    }
    if (m_tokens < 1)
        return false;
    m_tokens -= 1;
    return true;
}

ConcurrencyBook::Ticket::~Ticket()
{
    if (m_book)
        m_book->giveBack(m_region, m_function, m_version, m_spilled);
}

ConcurrencyBook::Ticket::Ticket(Ticket&& other) noexcept
    : m_book(std::exchange(other.m_book, nullptr))
    , m_region(std::move(other.m_region))
    , m_function(std::move(other.m_function))
    , m_version(std::move(other.m_version))
    , m_spilled(other.m_spilled)
{
}

ConcurrencyBook::Ticket& ConcurrencyBook::Ticket::operator=(Ticket&& other) noexcept
{
    std::swap(m_book, other.m_book);
    std::swap(m_region, other.m_region);
    std::swap(m_function, other.m_function);
    std::swap(m_version, other.m_version);
    std::swap(m_spilled, other.m_spilled);
    return *this;
}

int ConcurrencyBook::Entry::provisioned() const
{
    int sum = 0;
    for (const auto& [name, version] : versions)
        sum += version.provisioned;
    return sum;
}

// Provisioned concurrency comes out of the function's reservation where there is one.
int ConcurrencyBook::Entry::claim() const
{
    return reserved >= 0 ? reserved : provisioned();
}

// After a change of claims: invocations only read the sum.
void ConcurrencyBook::count(Region& region)
{
    region.claimed = 0;
    for (const auto& [key, entry] : region.entries)
        region.claimed += entry.claim();
}

void ConcurrencyBook::setReserved(const Function& function, int reserved)
{
    const std::lock_guard guard(m_mutex);
    auto& region = m_regions[function.region];
    auto& entry = region.entries[function.key()];
    // What runs now counts where it belongs from now on.
    if ((entry.reserved < 0) != (reserved < 0))
        region.spilled += reserved < 0 ? entry.spilled : -entry.spilled;
    entry.reserved = reserved;
    entry.requests =
        reserved > 0 ? std::make_unique<TokenBucket>(double{kRequestsEach} * reserved, kSecond) : nullptr;
    count(region);
}

void ConcurrencyBook::setProvisioned(const Function& version, int provisioned)
{
    const std::lock_guard guard(m_mutex);
    auto& region = m_regions[version.region];
    region.entries[version.key()].versions[version.version].provisioned = provisioned;
    count(region);
}

// Under the mutex. What runs on still counts; its claims are gone.
void ConcurrencyBook::release(Region& region, Entry& entry)
{
    if (entry.reserved >= 0)
        region.spilled += entry.spilled;
    entry.reserved = -1;
    entry.requests.reset();
    for (auto& [number, version] : entry.versions)
        version.provisioned = 0;
}

void ConcurrencyBook::forget(const std::string& regionName, const std::string& functionKey)
{
    const std::lock_guard guard(m_mutex);
    auto& region = m_regions[regionName];
    if (const auto place = region.entries.find(functionKey); place != region.entries.end())
        release(region, place->second);
    count(region);
    m_starts.erase(functionKey);
}

void ConcurrencyBook::clear()
{
    const std::lock_guard guard(m_mutex);
    for (auto& [name, region] : m_regions) {
        for (auto& [key, entry] : region.entries)
            release(region, entry);
        count(region);
    }
    m_starts.clear();
}

Result<ConcurrencyBook::Ticket> ConcurrencyBook::admit(const Function& function, bool synchronous)
{
    const std::lock_guard guard(m_mutex);
    auto& region = m_regions[function.region];
    auto& entry = region.entries[function.key()];
    auto& version = entry.versions[function.version];
    const bool inside = version.inside < version.provisioned;
    const bool isReserved = entry.reserved >= 0;
    if (!inside && isReserved && entry.spilled >= entry.reserved - entry.provisioned())
        return fail(errors::tooManyRequests("ReservedFunctionConcurrentInvocationLimitExceeded"));
    if (!inside && !isReserved && region.spilled >= kAccountConcurrency - region.claimed)
        return fail(errors::tooManyRequests("ConcurrentInvocationLimitExceeded"));
    // The rates are those of real time: a chamber whose clock stands still must not run out of requests.
    if (synchronous && isReserved && entry.requests && !entry.requests->take(steadyMicros()))
        return fail(errors::tooManyRequests("ReservedFunctionInvocationRateLimitExceeded"));
    if (synchronous && !isReserved && !region.requests.take(steadyMicros()))
        return fail(errors::tooManyRequests("CallerRateLimitExceeded"));
    if (inside) {
        ++version.inside;
    } else {
        ++entry.spilled;
        region.spilled += isReserved ? 0 : 1;
    }
    return Ticket(this, function.region, function.key(), function.version, !inside);
}

void ConcurrencyBook::giveBack(
    const std::string& regionName, const std::string& function, const std::string& versionName, bool spilled)
{
    const std::lock_guard guard(m_mutex);
    auto& region = m_regions[regionName];
    auto& entry = region.entries[function];
    if (!spilled) {
        --entry.versions[versionName].inside;
        return;
    }
    --entry.spilled;
    region.spilled -= entry.reserved >= 0 ? 0 : 1;
}

bool ConcurrencyBook::mayStart(const std::string& functionKey, Micros now)
{
    const std::lock_guard guard(m_mutex);
    return m_starts.try_emplace(functionKey, double{kBurst}, kBurstPeriod).first->second.take(now);
}

int ConcurrencyBook::claimed(const std::string& region) const
{
    const std::lock_guard guard(m_mutex);
    const auto place = m_regions.find(region);
    return place == m_regions.end() ? 0 : place->second.claimed;
}

int ConcurrencyBook::provisionedOf(const std::string& region, const std::string& functionKey) const
{
    const std::lock_guard guard(m_mutex);
    const auto place = m_regions.find(region);
    if (place == m_regions.end())
        return 0;
    const auto entry = place->second.entries.find(functionKey);
    return entry == place->second.entries.end() ? 0 : entry->second.provisioned();
}

}
