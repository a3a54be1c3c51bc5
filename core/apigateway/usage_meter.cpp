#include "core/apigateway/usage_meter.h"

#include "core/base/log.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace core::apigateway {

using nlohmann::json;

namespace {

constexpr std::string_view kUsage = "apigateway/usage";
constexpr std::string_view kPlanKeys = "apigateway/usageplankeys";
constexpr std::chrono::seconds kWriteEvery{1};
constexpr std::size_t kDaysKept = 400;

std::string nameOf(const UsagePlan& plan, const std::string& keyId)
{
    return plan.region + "/" + plan.id + "/" + keyId;
}

}

UsageMeter::UsageMeter(store::Store& store)
    : m_store(store)
{
    m_store.read()->scan(kUsage, store::Range::all(), store::Direction::Forward,
        [this](std::string_view name, std::string_view text) {
            Account account;
            if (decode(text, account))
                m_accounts.emplace(std::string(name), std::move(account));
            return true;
        });
}

UsageMeter::~UsageMeter()
{
    stop();
}

UsageMeter::Count UsageMeter::take(const UsagePlan& plan, const std::string& keyId, Micros now)
{
    const auto today = dayOf(now);
    const auto name = nameOf(plan, keyId);
    const std::lock_guard guard(m_mutex);
    auto& account = m_accounts[name];
    enterPeriod(plan, account, today);
    if (plan.quota && left(plan, account) <= 0)
        return {false, account.used, 0};
    ++account.used;
    auto& day = account.days[today];
    ++day.used;
    day.remaining = left(plan, account);
    if (account.days.size() > kDaysKept)
        account.days.erase(account.days.begin());
    markChanged(name);
    return {true, account.used, day.remaining};
}

std::vector<UsageMeter::Day> UsageMeter::days(
    const UsagePlan& plan, const std::string& keyId, DayNumber from, DayNumber to, Micros now) const
{
    const std::lock_guard guard(m_mutex);
    const auto found = m_accounts.find(nameOf(plan, keyId));
    auto account = found == m_accounts.end() ? Account{} : found->second;
    const auto today = dayOf(now);
    std::vector<Day> listed;
    std::int64_t before = plan.quota ? plan.quota->limit : 0;
    if (auto later = account.days.lower_bound(from); plan.quota && later != account.days.begin()) {
        const auto& [day, entry] = *std::prev(later);
        if (day >= periodBegin(*plan.quota, from))
            before = entry.remaining;
    }
    for (auto day = from; day <= to; ++day) {
        const auto known = account.days.find(day);
        // A day without calls has what its period had left the day before.
        if (plan.quota && periodBegin(*plan.quota, day) == day)
            before = plan.quota->limit;
        Day entry{0, before};
        if (known != account.days.end())
            entry = known->second;
        if (day == today) {
            enterPeriod(plan, account, today);
            entry.remaining = left(plan, account);
        }
        before = entry.remaining;
        listed.push_back(entry);
    }
    return listed;
}

void UsageMeter::setRemaining(
    const UsagePlan& plan, const std::string& keyId, std::int64_t remaining, Micros now)
{
    const auto today = dayOf(now);
    const auto name = nameOf(plan, keyId);
    const std::lock_guard guard(m_mutex);
    auto& account = m_accounts[name];
    enterPeriod(plan, account, today);
    account.granted += remaining - left(plan, account);
    account.days[today].remaining = remaining;
    markChanged(name);
}

void UsageMeter::forget(const std::string& prefix)
{
    const std::lock_guard guard(m_mutex);
    std::erase_if(m_accounts, [&](const auto& entry) { return entry.first.starts_with(prefix); });
    std::erase_if(m_changed, [&](const auto& name) { return name.starts_with(prefix); });
}

void UsageMeter::eraseKept(store::Transaction& transaction, const std::string& prefix) const
{
    std::vector<std::string> names;
    transaction.scan(kUsage, store::Range::prefix(prefix), store::Direction::Forward,
        [&](std::string_view name, std::string_view) {
            names.emplace_back(name);
            return true;
        });
    for (const auto& name : names)
        transaction.erase(kUsage, name);
}

Result<> UsageMeter::write()
{
    const std::lock_guard writing(m_writing);
    std::map<std::string, std::string> texts;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& name : m_changed)
            texts[name] = encode(m_accounts[name]);
        m_changed.clear();
    }
    if (texts.empty())
        return {};
    auto written = m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kUsage);
        for (const auto& [name, text] : texts) {
            // A key that has left its plan meanwhile has no usage any more.
            if (transaction.get(kPlanKeys, name))
                transaction.put(kUsage, name, text);
        }
        return {};
    });
    if (!written) {
        log::error("apigateway", "Usage was not written: " + written.error().message);
        const std::lock_guard guard(m_mutex);
        for (const auto& [name, text] : texts)
            m_changed.insert(name);
    }
    return written;
}

void UsageMeter::stop()
{
    {
        const std::lock_guard guard(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    if (m_writer.joinable())
        m_writer.join();
    // Logged where it fails; there is nobody left to tell. Calls that ended after a first stop are written by
    // the destructor's.
    static_cast<void>(write());
}

void UsageMeter::reset()
{
    const std::lock_guard writing(m_writing);
    const std::lock_guard guard(m_mutex);
    m_accounts.clear();
    m_changed.clear();
}

std::string UsageMeter::encode(const Account& account)
{
    json out{{"period", account.period}, {"used", account.used}, {"granted", account.granted},
        {"days", json::object()}};
    for (const auto& [day, entry] : account.days)
        out["days"][dateText(day)] = {entry.used, entry.remaining};
    return out.dump();
}

bool UsageMeter::decode(std::string_view text, Account& account)
{
    const auto from = json::parse(text, nullptr, false);
    if (!from.is_object())
        return false;
    account.period = from.value("period", DayNumber{0});
    account.used = from.value("used", std::int64_t{0});
    account.granted = from.value("granted", std::int64_t{0});
    const auto days = from.value("days", json::object());
    for (const auto& [date, entry] : days.items()) {
        if (const auto day = parseDate(date); day && entry.is_array() && entry.size() == 2)
            account.days[*day] = {entry[0].get<std::int64_t>(), entry[1].get<std::int64_t>()};
    }
    return true;
}

std::int64_t UsageMeter::left(const UsagePlan& plan, const Account& account)
{
    if (!plan.quota)
        return 0;
    return std::max<std::int64_t>(plan.quota->limit + account.granted - account.used, 0);
}

void UsageMeter::enterPeriod(const UsagePlan& plan, Account& account, DayNumber today)
{
    const auto begin = plan.quota ? periodBegin(*plan.quota, today) : 0;
    if (account.period == begin)
        return;
    account.period = begin;
    account.granted = 0;
    // A plan whose period has changed counts what the days of the new one have had.
    account.used = 0;
    for (auto day = account.days.lower_bound(begin); day != account.days.end(); ++day)
        account.used += day->second.used;
}

void UsageMeter::markChanged(const std::string& name)
{
    m_changed.insert(name);
    if (m_isStopping)
        return;
    if (!m_writer.joinable())
        m_writer = std::thread([this] { run(); });
    m_wake.notify_one();
}

void UsageMeter::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_isStopping) {
        m_wake.wait(lock, [this] { return m_isStopping || !m_changed.empty(); });
        if (m_isStopping)
            return;
        lock.unlock();
        static_cast<void>(write());
        lock.lock();
        m_wake.wait_for(lock, kWriteEvery, [this] { return m_isStopping; });
    }
}

}
