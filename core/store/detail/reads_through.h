#pragma once

#include "core/store/detail/keyspaces.h"

namespace core::store::detail {

// The reading half of a Reader or Transaction, by way of one connection's keyspaces.
template <typename Base> class ReadsThrough : public Base {
public:
    explicit ReadsThrough(Keyspaces& keyspaces)
        : m_keyspaces(keyspaces)
    {
    }

    std::optional<std::string> get(std::string_view keyspace, std::string_view key) override
    {
        return m_keyspaces.get(keyspace, key);
    }
    void scan(
        std::string_view keyspace, const Range& range, Direction direction, const Visitor& visit) override
    {
        m_keyspaces.scan(keyspace, range, direction, visit);
    }
    bool hasKeyspace(std::string_view keyspace) override { return m_keyspaces.has(keyspace); }
    std::vector<std::string> keyspaces(std::string_view prefix) override { return m_keyspaces.names(prefix); }
    std::uint64_t count(std::string_view keyspace) override { return m_keyspaces.count(keyspace); }

protected:
    Keyspaces& m_keyspaces;
};

}
