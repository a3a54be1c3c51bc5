#pragma once

#include "core/store/store.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace core::apigateway {

// The states of APIs, kept in memory for calls and reads: immutable, by "<region>/<id>", restored from the
// store and replaced one by one when a write is durable. Any thread; the locks cover this cache alone.
template <typename State> class StateCache {
public:
    using Pointer = std::shared_ptr<const State>;
    // Reads the state of a key; null when there is none. `before` is what was kept until now, or null.
    using Load = Pointer (*)(store::Reader& reader, const std::string& key, const Pointer& before);

    // `keyspace` has one record for each API.
    StateCache(store::Store& store, std::string_view keyspace, Load load)
        : m_store(store)
        , m_load(load)
    {
        auto all = std::make_shared<States>();
        const auto reader = m_store.read();
        std::vector<std::string> keys;
        reader->scan(keyspace, store::Range::all(), store::Direction::Forward,
            [&](std::string_view key, std::string_view) {
                keys.emplace_back(key);
                return true;
            });
        for (const auto& key : keys) {
            if (auto state = m_load(*reader, key, nullptr))
                all->emplace(key, std::move(state));
        }
        m_states = std::move(all);
    }

    Pointer find(const std::string& region, const std::string& id) const // null when there is none
    {
        const auto all = states();
        const auto found = all->find(region + '/' + id);
        return found == all->end() ? nullptr : found->second;
    }

    // For calls, whose address need not name a region; ids are unique in the chamber.
    Pointer findById(const std::string& id) const
    {
        for (const auto all = states(); const auto& [key, state] : *all) {
            if (std::string_view(key).substr(key.find('/') + 1) == id)
                return state;
        }
        return nullptr;
    }

    std::vector<Pointer> list(const std::string& region) const // by id
    {
        const auto prefix = region + '/';
        const auto all = states();
        std::vector<Pointer> found;
        for (auto place = all->lower_bound(prefix); place != all->end() && place->first.starts_with(prefix);
             ++place)
            found.push_back(place->second);
        return found;
    }

    // Reads one API anew; called when a write of it is durable.
    void refresh(const std::string& region, const std::string& id)
    {
        std::lock_guard refreshing(m_refreshing);
        const auto key = region + '/' + id;
        auto next = std::make_shared<States>(*states());
        const auto before = next->contains(key) ? next->at(key) : nullptr;
        next->erase(key);
        if (auto state = m_load(*m_store.read(), key, before))
            next->emplace(key, std::move(state));
        std::lock_guard guard(m_mutex);
        m_states = std::move(next);
    }

    void reset() // after the store was emptied
    {
        std::lock_guard refreshing(m_refreshing);
        std::lock_guard guard(m_mutex);
        m_states = std::make_shared<States>();
    }

private:
    using States = std::map<std::string, Pointer>;

    std::shared_ptr<const States> states() const
    {
        std::lock_guard guard(m_mutex);
        return m_states;
    }

    store::Store& m_store;
    const Load m_load;
    std::mutex m_refreshing; // one refresh at a time, so that an earlier write never overwrites a later one
    mutable std::mutex m_mutex; // guards the pointer
    std::shared_ptr<const States> m_states;
};

}
