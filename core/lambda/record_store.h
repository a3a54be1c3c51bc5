#pragma once

#include "core/base/result.h"
#include "core/store/store.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace core::lambda {

// One kind of record that belongs to functions (aliases, versions, URLs): durable in a keyspace, with copies
// in memory so that an invocation reads no disk. A record brings recordKey(), encode() and decode(); its key
// begins with "region/function/". Any thread; changes wait until they are durable, and whoever reads before
// it changes holds LambdaService::changing().
template <typename Record> class RecordStore {
public:
    using Pointer = std::shared_ptr<const Record>;

    RecordStore(store::Store& store, std::string_view keyspace)
        : m_store(store)
        , m_keyspace(keyspace)
    {
        m_store.read()->scan(m_keyspace, store::Range::all(), store::Direction::Forward,
            [this](std::string_view key, std::string_view text) {
                auto record = std::make_shared<Record>();
                decode(text, *record);
                m_records[std::string(key)] = std::move(record);
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

    Result<Pointer> put(Record record)
    {
        const auto key = recordKey(record);
        const auto text = encode(record);
        CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
            transaction.createKeyspace(m_keyspace);
            transaction.put(m_keyspace, key, text);
            return {};
        }));
        Pointer kept = std::make_shared<const Record>(std::move(record));
        const std::lock_guard guard(m_mutex);
        m_records[key] = kept;
        return kept;
    }

    Result<> erase(const std::string& key)
    {
        CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
            transaction.createKeyspace(m_keyspace);
            transaction.erase(m_keyspace, key);
            return {};
        }));
        const std::lock_guard guard(m_mutex);
        m_records.erase(key);
        return {};
    }

    // All below a prefix, as a part of someone else's transaction; forget() when it is durable.
    void eraseBelow(store::Transaction& transaction, const std::string& prefix) const
    {
        transaction.createKeyspace(m_keyspace);
        const std::lock_guard guard(m_mutex);
        for (auto place = m_records.lower_bound(prefix);
             place != m_records.end() && place->first.starts_with(prefix); ++place)
            transaction.erase(m_keyspace, place->first);
    }

    void forget(const std::string& prefix)
    {
        const std::lock_guard guard(m_mutex);
        std::erase_if(m_records, [&](const auto& record) { return record.first.starts_with(prefix); });
    }

    // After the store was emptied.
    void reset() { forget({}); }

private:
    store::Store& m_store;
    const std::string m_keyspace;
    mutable std::mutex m_mutex;
    std::map<std::string, Pointer> m_records;
};

}
