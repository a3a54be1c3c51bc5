#include "core/sqs/message_index.h"

#include <algorithm>

namespace core::sqs {

void MessageIndex::put(const std::string& key, const MessageState& state, Micros now)
{
    forget(key);
    m_messages[key] = state;
    if (state.visible > now || state.inFlight)
        m_later.emplace(state.visible, key);
    else
        m_ready.insert(key);
    m_ages.emplace(state.sent, key);
    if (m_fifo)
        m_groups[state.group].insert(key);
    if (state.inFlight) {
        ++m_inFlight;
        ++m_flying[state.group];
    }
}

void MessageIndex::forget(const std::string& key)
{
    const auto found = m_messages.find(key);
    if (found == m_messages.end())
        return;
    const auto& state = found->second;
    m_ready.erase(key);
    m_later.erase({state.visible, key});
    m_ages.erase({state.sent, key});
    if (m_fifo) {
        auto& group = m_groups[state.group];
        group.erase(key);
        if (group.empty())
            m_groups.erase(state.group);
    }
    if (state.inFlight) {
        --m_inFlight;
        if (--m_flying[state.group] == 0)
            m_flying.erase(state.group);
    }
    m_messages.erase(found);
}

void MessageIndex::promote(Micros now)
{
    while (!m_later.empty() && m_later.begin()->first <= now) {
        const auto key = m_later.begin()->second;
        auto state = m_messages.at(key);
        state.inFlight = false;
        put(key, state, now);
    }
}

MessageIndex::Keys MessageIndex::takeExpired(Micros now, Micros retention)
{
    Keys expired;
    while (!m_ages.empty() && m_ages.begin()->first + retention <= now) {
        expired.push_back(m_ages.begin()->second);
        forget(expired.back());
    }
    return expired;
}

void MessageIndex::clear()
{
    m_messages.clear();
    m_ready.clear();
    m_later.clear();
    m_ages.clear();
    m_groups.clear();
    m_flying.clear();
    m_inFlight = 0;
}

const MessageState* MessageIndex::find(const std::string& key) const
{
    const auto found = m_messages.find(key);
    return found == m_messages.end() ? nullptr : &found->second;
}

// A message of a group is received after all before it are gone; those before it may come with the same call.
bool MessageIndex::isNextOfGroup(const std::string& key, const std::string& group, const Keys& chosen) const
{
    if (m_flying.contains(group))
        return false;
    for (const auto& before : m_groups.at(group)) {
        if (before == key)
            return true;
        if (std::find(chosen.begin(), chosen.end(), before) == chosen.end())
            return false;
    }
    return false;
}

MessageIndex::Keys MessageIndex::choose(std::size_t most) const
{
    Keys chosen;
    for (const auto& key : m_ready) {
        if (chosen.size() == most)
            break;
        if (!m_fifo || isNextOfGroup(key, m_messages.at(key).group, chosen))
            chosen.push_back(key);
    }
    return chosen;
}

std::optional<Micros> MessageIndex::oldest() const
{
    return firstOf(m_ages);
}

std::optional<Micros> MessageIndex::nextVisible() const
{
    return firstOf(m_later);
}

std::optional<Micros> MessageIndex::firstOf(const Moments& moments)
{
    if (moments.empty())
        return std::nullopt;
    return moments.begin()->first;
}

}
