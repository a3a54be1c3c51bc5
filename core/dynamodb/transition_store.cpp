#include "core/dynamodb/transition_store.h"

#include <nlohmann/json.hpp>

#include <mutex>

namespace core::dynamodb {

namespace {

constexpr std::string_view kSettings = "dynamodb/settings";
constexpr std::string_view kTransitions = "transitions";

constexpr std::pair<const char*, Micros TransitionTimes::*> kMembers[] = {
    {"CreateTable", &TransitionTimes::createTable},
    {"UpdateTable", &TransitionTimes::updateTable},
    {"DeleteTable", &TransitionTimes::deleteTable},
    {"CreateIndex", &TransitionTimes::createIndex},
    {"DeleteIndex", &TransitionTimes::deleteIndex},
};

nlohmann::json described(const TransitionTimes& times)
{
    nlohmann::json json;
    for (const auto& [name, member] : kMembers)
        json[name] = static_cast<double>(times.*member) / static_cast<double>(kSecond);
    return json;
}

void read(TransitionTimes& times, const nlohmann::json& json)
{
    for (const auto& [name, member] : kMembers) {
        if (json.contains(name))
            times.*member = static_cast<Micros>(json[name].get<double>() * static_cast<double>(kSecond));
    }
}

}

TransitionStore::TransitionStore(store::Store& store)
    : m_store(store)
{
    reload();
}

TransitionTimes TransitionStore::times() const
{
    std::shared_lock lock(m_mutex);
    return m_times;
}

nlohmann::json TransitionStore::json() const
{
    return described(times());
}

TransitionTimes TransitionStore::changed(const nlohmann::json& input) const
{
    auto fresh = times();
    read(fresh, input);
    return fresh;
}

void TransitionStore::store(store::Transaction& transaction, const TransitionTimes& times)
{
    transaction.createKeyspace(kSettings);
    transaction.put(kSettings, kTransitions, described(times).dump());
}

void TransitionStore::publish(const TransitionTimes& times)
{
    std::unique_lock lock(m_mutex);
    m_times = times;
}

void TransitionStore::reload()
{
    TransitionTimes fresh;
    if (const auto text = m_store.get(kSettings, kTransitions))
        read(fresh, nlohmann::json::parse(*text, nullptr, false));
    publish(fresh);
}

}
