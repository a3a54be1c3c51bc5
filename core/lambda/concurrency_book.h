#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/lambda/function.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace core::lambda {

// AWS's quotas of a region, for an account that has been in use for a while.
inline constexpr int kAccountConcurrency = 1000;
// What reserved and provisioned concurrency must leave to functions without.
inline constexpr int kMinUnreserved = 100;
// New environments of one function: so many in ten seconds.
inline constexpr int kBurst = 1000;
inline constexpr Micros kBurstPeriod = 10 * kSecond;
// Synchronous requests in a second, for each concurrent execution that there may be.
inline constexpr int kRequestsEach = 10;

// Fills steadily on the chamber's clock, to `size` in `period`.
class TokenBucket {
public:
    TokenBucket(double size, Micros period)
        : m_size(size)
        , m_period(period)
        , m_tokens(size)
    {
    }
    bool take(Micros now);

private:
    double m_size;
    Micros m_period;
    double m_tokens;
    Micros m_last = 0;
};

// Who may run at once: reserved and provisioned concurrency, the account's limit in a region, the burst of
// new environments and the rate of requests. Counts what runs; decides nothing about processes. Any thread.
class ConcurrencyBook {
public:
    // One running invocation; counted until it dies.
    class Ticket {
    public:
        Ticket() = default;
        Ticket(ConcurrencyBook* book, std::string region, std::string function, std::string version,
            bool spilled)
            : m_book(book)
            , m_region(std::move(region))
            , m_function(std::move(function))
            , m_version(std::move(version))
            , m_spilled(spilled)
        {
        }
        ~Ticket();
        Ticket(Ticket&& other) noexcept;
        Ticket& operator=(Ticket&& other) noexcept;
        // It has no provisioned environment to run in.
        bool spilled() const { return m_spilled; }

    private:
        ConcurrencyBook* m_book = nullptr;
        std::string m_region;
        std::string m_function;
        std::string m_version;
        bool m_spilled = true;
    };

    // -1: none.
    void setReserved(const Function& function, int reserved);
    // 0: none.
    void setProvisioned(const Function& version, int provisioned);
    void forget(const std::string& region, const std::string& functionKey);
    void clear();

    // Fails with TooManyRequestsException and AWS's reason.
    Result<Ticket> admit(const Function& function, bool synchronous);
    // Whether one more environment of the function may be started now.
    bool mayStart(const std::string& functionKey, Micros now);

    // What is reserved or provisioned in a region, and what is left to functions without.
    int claimed(const std::string& region) const;
    int unreserved(const std::string& region) const { return kAccountConcurrency - claimed(region); }
    int provisionedOf(const std::string& region, const std::string& functionKey) const;

private:
    struct Version {
        int provisioned = 0;
        int inside = 0; // runs in a provisioned environment
    };
    struct Entry {
        int reserved = -1;
        int spilled = 0;
        std::map<std::string, Version> versions;
        std::unique_ptr<TokenBucket> requests; // of a reserved one
        int provisioned() const;
        int claim() const; // on the account's limit
    };
    struct Region {
        std::map<std::string, Entry> entries;
        int claimed = 0; // by all entries
        int spilled = 0; // of functions without a reservation
        TokenBucket requests{double{kAccountConcurrency} * kRequestsEach, kSecond};
    };

    static void count(Region& region);
    static void release(Region& region, Entry& entry);
    void giveBack(
        const std::string& region, const std::string& function, const std::string& version, bool spilled);

    mutable std::mutex m_mutex;
    std::map<std::string, Region> m_regions;
    std::map<std::string, TokenBucket> m_starts;
};

}
