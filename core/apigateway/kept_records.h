#pragma once

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/store/store.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace core::apigateway {

// One kind of record beside the APIs (keys, usage plans, domain names): durable in a keyspace, with copies in
// memory so that a call reads no disk. A record has recordKey(), indexKey() ("" for none), encode() and
// decode(). Writers change it inside a transaction of the committer and call refresh() when that is durable.
// Any thread.
template <typename Record> class KeptRecords {
public:
    using Pointer = std::shared_ptr<const Record>;

    KeptRecords(store::Store& store, std::string_view keyspace)
        : m_store(store)
        , m_keyspace(keyspace)
    {
        m_store.read()->scan(m_keyspace, store::Range::all(), store::Direction::Forward,
            [this](std::string_view key, std::string_view text) {
                keep(std::string(key), text);
                return true;
            });
    }

    Pointer find(const std::string& key) const
    {
        const std::lock_guard guard(m_mutex);
        const auto place = m_records.find(key);
        return place == m_records.end() ? nullptr : place->second;
    }

    // Those whose keys begin with `prefix`, in order.
    std::vector<Pointer> below(const std::string& prefix) const
    {
        std::vector<Pointer> records;
        const std::lock_guard guard(m_mutex);
        for (auto place = m_records.lower_bound(prefix);
             place != m_records.end() && place->first.starts_with(prefix); ++place)
            records.push_back(place->second);
        return records;
    }

    std::vector<Pointer> indexed(const std::string& indexKey) const
    {
        std::vector<Pointer> records;
        const std::lock_guard guard(m_mutex);
        for (auto [place, end] = m_index.equal_range(indexKey); place != end; ++place)
            records.push_back(place->second);
        return records;
    }

    bool isEmpty() const
    {
        const std::lock_guard guard(m_mutex);
        return m_records.empty();
    }

    // The record as the transaction sees it; null when there is none.
    Pointer read(store::Transaction& transaction, const std::string& key) const
    {
        const auto text = transaction.get(m_keyspace, key);
        auto record = std::make_shared<Record>();
        return text && decode(*text, *record) ? record : nullptr;
    }

    std::vector<Pointer> readBelow(store::Transaction& transaction, const std::string& prefix) const
    {
        std::vector<Pointer> records;
        transaction.scan(m_keyspace, store::Range::prefix(prefix), store::Direction::Forward,
            [&](std::string_view, std::string_view text) {
                auto record = std::make_shared<Record>();
                if (decode(text, *record))
                    records.push_back(std::move(record));
                return true;
            });
        return records;
    }

    void put(store::Transaction& transaction, const Record& record) const
    {
        transaction.createKeyspace(m_keyspace);
        transaction.put(m_keyspace, recordKey(record), encode(record));
    }

    bool erase(store::Transaction& transaction, const std::string& key) const
    {
        return transaction.hasKeyspace(m_keyspace) && transaction.erase(m_keyspace, key);
    }

    // Takes what the store has now under this key.
    void refresh(const std::string& key)
    {
        const std::lock_guard refreshing(m_refreshing);
        const auto text = m_store.get(m_keyspace, key);
        const std::lock_guard guard(m_mutex);
        drop(key);
        if (text)
            keepLocked(key, *text);
    }

    // After the store was emptied.
    void reset()
    {
        const std::lock_guard refreshing(m_refreshing);
        const std::lock_guard guard(m_mutex);
        m_records.clear();
        m_index.clear();
    }

private:
    void keep(const std::string& key, std::string_view text)
    {
        const std::lock_guard guard(m_mutex);
        keepLocked(key, text);
    }

    void keepLocked(const std::string& key, std::string_view text)
    {
        auto record = std::make_shared<Record>();
        if (!decode(text, *record)) {
            log::error("apigateway", "The record " + key + " of " + m_keyspace + " cannot be read");
            return;
        }
        if (auto index = indexKey(*record); !index.empty())
            m_index.emplace(std::move(index), record);
        m_records[key] = std::move(record);
    }

    void drop(const std::string& key)
    {
        const auto place = m_records.find(key);
        if (place == m_records.end())
            return;
        auto [entry, end] = m_index.equal_range(indexKey(*place->second));
        for (; entry != end; ++entry) {
            if (entry->second == place->second) {
                m_index.erase(entry);
                break;
            }
        }
        m_records.erase(place);
    }

    store::Store& m_store;
    const std::string m_keyspace;
    std::mutex m_refreshing; // a later state is never overwritten by an earlier one
    mutable std::mutex m_mutex;
    std::map<std::string, Pointer> m_records;
    std::multimap<std::string, Pointer> m_index;
};

}
