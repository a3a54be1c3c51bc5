#include "core/apigateway/authorizer_cache.h"

namespace core::apigateway {

namespace {

constexpr std::size_t kMaxEntries = 10'000;

}

std::string AuthorizerCache::textOf(const Key& key)
{
    return key.apiId + '/' + key.stage + '/' + key.authorizerId + '/' + key.identity;
}

VerdictPtr AuthorizerCache::find(const Key& key, Micros now)
{
    std::lock_guard guard(m_mutex);
    const auto found = m_byKey.find(textOf(key));
    if (found == m_byKey.end())
        return nullptr;
    if (found->second->expires <= now) {
        m_entries.erase(found->second);
        m_byKey.erase(found);
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->verdict;
}

void AuthorizerCache::keep(const Key& key, VerdictPtr verdict, Micros expires)
{
    std::lock_guard guard(m_mutex);
    auto text = textOf(key);
    if (const auto before = m_byKey.find(text); before != m_byKey.end()) {
        m_entries.erase(before->second);
        m_byKey.erase(before);
    }
    m_entries.push_front({key, std::move(verdict), expires});
    m_byKey.emplace(std::move(text), m_entries.begin());
    if (m_entries.size() > kMaxEntries) {
        m_byKey.erase(textOf(m_entries.back().key));
        m_entries.pop_back();
    }
}

void AuthorizerCache::flushStage(const std::string& apiId, const std::string& stage)
{
    std::lock_guard guard(m_mutex);
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->key.apiId != apiId || entry->key.stage != stage) {
            ++entry;
            continue;
        }
        m_byKey.erase(textOf(entry->key));
        entry = m_entries.erase(entry);
    }
}

void AuthorizerCache::clear()
{
    std::lock_guard guard(m_mutex);
    m_byKey.clear();
    m_entries.clear();
}

std::size_t AuthorizerCache::size() const
{
    std::lock_guard guard(m_mutex);
    return m_entries.size();
}

}
