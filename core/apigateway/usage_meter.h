#pragma once

#include "core/apigateway/quota_period.h"
#include "core/base/result.h"
#include "core/store/store.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace core::apigateway {

// How much of a plan each of its keys has used, day by day and in the quota's period. Counts are in memory;
// a thread writes those that changed to the store at most once a second and when it stops, so that a crash
// forgets one second of counting at most. Any thread.
class UsageMeter {
public:
    explicit UsageMeter(store::Store& store); // takes what the store has
    ~UsageMeter();

    struct Count {
        bool isAdmitted = true;
        std::int64_t used = 0; // in the period, this request included
        std::int64_t left = 0;
    };
    // One request of a key in a plan. A plan without a quota admits and counts.
    Count take(const UsagePlan& plan, const std::string& keyId, Micros now);

    struct Day {
        std::int64_t used = 0;
        std::int64_t remaining = 0; // of the quota when the day ended
    };
    // One for each day of [from, to].
    std::vector<Day> days(
        const UsagePlan& plan, const std::string& keyId, DayNumber from, DayNumber to, Micros now) const;
    // UpdateUsage: what is left of the current period from now on.
    void setRemaining(const UsagePlan& plan, const std::string& keyId, std::int64_t remaining, Micros now);

    void forget(const std::string& prefix); // "<region>/<plan>/[<key>]"
    void eraseKept(store::Transaction& transaction, const std::string& prefix) const;

    Result<> write(); // what has changed, now
    void stop();
    void reset();

private:
    struct Account {
        DayNumber period = 0; // its first day
        std::int64_t used = 0; // in it
        std::int64_t granted = 0; // by UpdateUsage, above or below the limit
        std::map<DayNumber, Day> days;
    };

    static std::string encode(const Account& account);
    static bool decode(std::string_view text, Account& account);
    static std::int64_t left(const UsagePlan& plan, const Account& account);
    static void enterPeriod(const UsagePlan& plan, Account& account, DayNumber today);
    void markChanged(const std::string& name); // with m_mutex held
    void run();

    store::Store& m_store;
    std::mutex m_writing; // one write at a time
    mutable std::mutex m_mutex; // guards what follows
    std::map<std::string, Account> m_accounts; // by "<region>/<plan>/<key>"
    std::set<std::string> m_changed;
    std::condition_variable m_wake;
    bool m_isStopping = false;
    std::thread m_writer; // started by the first change
};

}
