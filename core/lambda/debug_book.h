#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

// How a function is to be started for a debugger.
struct DebugWish {
    int port = 0; // on the loopback
    bool wait = false; // for the debugger, before the handler is loaded
};

// Which functions are debugged, by their keys; forgotten when the chamber closes. Any thread.
class DebugBook {
public:
    void set(const std::string& functionKey, DebugWish wish)
    {
        const std::lock_guard guard(m_mutex);
        m_wishes[functionKey] = wish;
    }
    // False when it was not debugged.
    bool clear(const std::string& functionKey)
    {
        const std::lock_guard guard(m_mutex);
        return m_wishes.erase(functionKey) > 0;
    }
    std::optional<DebugWish> find(const std::string& functionKey) const
    {
        const std::lock_guard guard(m_mutex);
        const auto found = m_wishes.find(functionKey);
        return found == m_wishes.end() ? std::nullopt : std::optional(found->second);
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, DebugWish> m_wishes;
};

}
