#include "core/events/rule_book.h"

#include "core/events/errors.h"

namespace core::events {

namespace {

constexpr std::string_view kBuses = "events/buses";
constexpr std::string_view kRules = "events/rules";

Result<> write(store::Store& store, std::string_view space, const std::string& key, const std::string& text)
{
    return store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(space);
        transaction.put(space, key, text);
        return {};
    });
}

Result<> remove(store::Store& store, std::string_view space, const std::string& key)
{
    return store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(space);
        transaction.erase(space, key);
        return {};
    });
}

Bus defaultBus(const std::string& region, const std::string& account)
{
    Bus bus;
    bus.name = kDefaultBus;
    bus.region = region;
    bus.account = account;
    return bus;
}

}

RuleBook::RuleBook(store::Store& store)
    : m_store(store)
{
    const auto reader = m_store.read();
    reader->scan(kBuses, store::Range::all(), store::Direction::Forward,
        [this](std::string_view key, std::string_view text) {
            m_buses[std::string(key)] = Bus::parse(text);
            return true;
        });
    reader->scan(kRules, store::Range::all(), store::Direction::Forward,
        [this](std::string_view key, std::string_view text) {
            m_rules[std::string(key)] = std::make_shared<const Rule>(Rule::parse(text));
            return true;
        });
}

Result<Bus> RuleBook::bus(
    const std::string& region, const std::string& account, const std::string& name) const
{
    const std::lock_guard guard(m_mutex);
    const auto found = m_buses.find(region + '/' + name);
    if (found != m_buses.end())
        return found->second;
    if (name == kDefaultBus)
        return defaultBus(region, account);
    return fail(errors::noBus(name));
}

std::vector<Bus> RuleBook::buses(const std::string& region, const std::string& account) const
{
    std::vector<Bus> all;
    const std::lock_guard guard(m_mutex);
    if (!m_buses.contains(region + '/' + std::string(kDefaultBus)))
        all.push_back(defaultBus(region, account));
    for (const auto& [key, bus] : m_buses) {
        if (bus.region == region)
            all.push_back(bus);
    }
    return all;
}

Result<> RuleBook::putBus(const Bus& bus)
{
    CORE_CHECK(write(m_store, kBuses, bus.key(), bus.text()));
    const std::lock_guard guard(m_mutex);
    m_buses[bus.key()] = bus;
    return {};
}

Result<> RuleBook::eraseBus(const std::string& key)
{
    CORE_CHECK(remove(m_store, kBuses, key));
    const std::lock_guard guard(m_mutex);
    m_buses.erase(key);
    return {};
}

RuleBook::RulePtr RuleBook::findRule(const std::string& key) const
{
    const std::lock_guard guard(m_mutex);
    const auto found = m_rules.find(key);
    return found == m_rules.end() ? nullptr : found->second;
}

std::vector<RuleBook::RulePtr> RuleBook::rulesOf(const std::string& region, const std::string& bus) const
{
    std::vector<RulePtr> rules;
    const auto prefix = region + '/' + bus + '/';
    const std::lock_guard guard(m_mutex);
    for (auto rule = m_rules.lower_bound(prefix); rule != m_rules.end() && rule->first.starts_with(prefix);
         ++rule)
        rules.push_back(rule->second);
    return rules;
}

std::vector<RuleBook::RulePtr> RuleBook::allRules() const
{
    std::vector<RulePtr> rules;
    const std::lock_guard guard(m_mutex);
    for (const auto& [key, rule] : m_rules)
        rules.push_back(rule);
    return rules;
}

Result<> RuleBook::putRule(Rule rule)
{
    rule.prepare();
    const auto key = rule.key();
    CORE_CHECK(write(m_store, kRules, key, rule.text()));
    const std::lock_guard guard(m_mutex);
    m_rules[key] = std::make_shared<const Rule>(std::move(rule));
    return {};
}

Result<> RuleBook::eraseRule(const std::string& key)
{
    CORE_CHECK(remove(m_store, kRules, key));
    const std::lock_guard guard(m_mutex);
    m_rules.erase(key);
    return {};
}

void RuleBook::reset()
{
    const std::lock_guard guard(m_mutex);
    m_buses.clear();
    m_rules.clear();
}

}
