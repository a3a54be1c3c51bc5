#pragma once

#include "core/base/result.h"
#include "core/events/rule.h"
#include "core/store/store.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace core::events {

// The buses and rules of a chamber: durable in "events/buses" and "events/rules", with copies in memory. The
// default bus of each region is there without a record. Any thread; changes wait until they are durable.
class RuleBook {
public:
    using RulePtr = std::shared_ptr<const Rule>;

    explicit RuleBook(store::Store& store);

    // Errors: ResourceNotFoundException.
    Result<Bus> bus(const std::string& region, const std::string& account, const std::string& name) const;
    std::vector<Bus> buses(const std::string& region, const std::string& account) const;
    Result<> putBus(const Bus& bus);
    Result<> eraseBus(const std::string& key);

    RulePtr findRule(const std::string& key) const; // null when there is none
    std::vector<RulePtr> rulesOf(const std::string& region, const std::string& bus) const; // by name
    std::vector<RulePtr> allRules() const;
    Result<> putRule(Rule rule);
    Result<> eraseRule(const std::string& key);

    // Held while something is read and then changed.
    std::mutex& changing() { return m_changing; }
    // After the store was emptied.
    void reset();

private:
    store::Store& m_store;
    std::mutex m_changing;
    mutable std::mutex m_mutex;
    std::map<std::string, Bus> m_buses;
    std::map<std::string, RulePtr> m_rules;
};

}
