#pragma once

#include "core/base/result.h"
#include "core/dynamodb/transition_times.h"
#include "core/store/store.h"

#include <nlohmann/json_fwd.hpp>

#include <shared_mutex>

namespace core::dynamodb {

// The chamber's transition times: kept in memory, backed by the keyspace "dynamodb/settings". Any thread.
class TransitionStore {
public:
    explicit TransitionStore(store::Store& store);

    TransitionTimes times() const;
    // {"CreateTable": seconds, …}
    nlohmann::json json() const;
    // Members that are absent stay as they are.
    TransitionTimes changed(const nlohmann::json& input) const;
    static void store(store::Transaction& transaction, const TransitionTimes& times);
    void publish(const TransitionTimes& times);
    void reload();

private:
    store::Store& m_store;
    mutable std::shared_mutex m_mutex;
    TransitionTimes m_times;
};

}
