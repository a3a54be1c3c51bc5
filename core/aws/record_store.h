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

namespace core::aws {

// One kind of record of a service (keys, plans, aliases, layers): durable in a keyspace, with copies in
// memory so that a call reads no disk. A record brings recordKey(), encode(), decode(), which is false for
// what it cannot read, and indexKey() when it is also found by something else than its key ("": not). Changed
// either inside somebody's transaction, with refresh() or forget() when that is durable, or alone by put()
// and erase(), which wait until it is. Any thread.
template <typename Record> class RecordStore {
public:
    using Pointer = std::shared_ptr<const Record>;

    RecordStore(store::Store& store, std::string_view keyspace)
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

    // Those whose keys begin with `prefix`, in order, after the one named.
    std::vector<Pointer> below(const std::string& prefix, const std::string& after = {}) const
    {
        std::vector<Pointer> records;
        const std::lock_guard guard(m_mutex);
        auto place = after.empty() ? m_records.lower_bound(prefix) : m_records.upper_bound(prefix + after);
        for (; place != m_records.end() && place->first.starts_with(prefix); ++place)
            records.push_back(place->second);
        return records;
    }

    std::vector<Pointer> indexed(const std::string& index) const
    {
        std::vector<Pointer> records;
        const std::lock_guard guard(m_mutex);
        for (auto [place, end] = m_index.equal_range(index); place != end; ++place)
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

    void eraseBelow(store::Transaction& transaction, const std::string& prefix) const
    {
        for (const auto& record : below(prefix))
            erase(transaction, recordKey(*record));
    }

    // Whoever reads before it changes must keep others from changing meanwhile.
    Result<Pointer> put(const Record& record)
    {
        CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
            put(transaction, record);
            return {};
        }));
        const auto key = recordKey(record);
        refresh(key);
        return find(key);
    }

    Result<> erase(const std::string& key)
    {
        CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
            erase(transaction, key);
            return {};
        }));
        refresh(key);
        return {};
    }

    // Takes what the store has now under this key.
    void refresh(const std::string& key)
    {
        const std::lock_guard refreshing(m_refreshing);
        const auto text = m_store.get(m_keyspace, key);
        const std::lock_guard guard(m_mutex);
        if (const auto place = m_records.find(key); place != m_records.end())
            drop(place);
        if (text)
            keepLocked(key, *text);
    }

    // All below a prefix, once their end is durable.
    void forget(const std::string& prefix)
    {
        const std::lock_guard refreshing(m_refreshing);
        const std::lock_guard guard(m_mutex);
        for (auto place = m_records.lower_bound(prefix);
             place != m_records.end() && place->first.starts_with(prefix);)
            place = drop(place);
    }

    void reset() { forget({}); } // after the store was emptied

private:
    using Records = std::map<std::string, Pointer>;

    static std::string indexOf(const Record& record)
    {
        if constexpr (requires { indexKey(record); })
            return indexKey(record);
        else
            return {};
    }

    void keep(const std::string& key, std::string_view text)
    {
        const std::lock_guard guard(m_mutex);
        keepLocked(key, text);
    }

    void keepLocked(const std::string& key, std::string_view text)
    {
        auto record = std::make_shared<Record>();
        if (!decode(text, *record)) {
            log::error("records", "The record " + key + " of " + m_keyspace + " cannot be read");
            return;
        }
        if (auto index = indexOf(*record); !index.empty())
            m_index.emplace(std::move(index), record);
        m_records[key] = std::move(record);
    }

    typename Records::iterator drop(typename Records::iterator place)
    {
        auto [entry, end] = m_index.equal_range(indexOf(*place->second));
        for (; entry != end; ++entry) {
            if (entry->second == place->second) {
                m_index.erase(entry);
                break;
            }
        }
        return m_records.erase(place);
    }

    store::Store& m_store;
    const std::string m_keyspace;
    std::mutex m_refreshing; // a later state is never overwritten by an earlier one
    mutable std::mutex m_mutex;
    Records m_records;
    std::multimap<std::string, Pointer> m_index;
};

}
