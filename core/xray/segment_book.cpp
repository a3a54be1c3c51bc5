#include "core/xray/segment_book.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::xray {

using nlohmann::json;

SegmentBook::SegmentBook(store::Store& store)
    : m_store(store)
    , m_documents(store, "xray/segments")
{
    auto all = m_documents.below({});
    std::ranges::sort(all, {}, [](const auto& document) { return document->received; });
    for (const auto& document : all)
        m_order.push_back(recordKey(*document));
}

Result<> SegmentBook::keep(const SegmentDocument& document)
{
    const std::lock_guard guard(m_keeping);
    const auto key = recordKey(document);
    const bool fresh = !m_documents.find(key);
    const auto oldest = fresh && m_order.size() >= kMost ? m_order.front() : std::string();
    CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
        m_documents.put(transaction, document);
        if (!oldest.empty())
            m_documents.erase(transaction, oldest);
        return {};
    }));
    if (fresh)
        m_order.push_back(key);
    m_documents.refresh(key);
    if (!oldest.empty()) {
        m_order.pop_front();
        m_documents.refresh(oldest);
    }
    return {};
}

std::vector<json> SegmentBook::documentsOf(const std::string& traceId) const
{
    std::vector<json> documents;
    for (const auto& document : m_documents.below(traceId + '/'))
        documents.push_back(json::parse(document->text));
    std::ranges::sort(documents, {}, [](const json& one) { return one.at("start_time").get<double>(); });
    return documents;
}

std::vector<std::string> SegmentBook::traces() const
{
    std::vector<std::string> ids;
    for (const auto& document : m_documents.below({})) {
        if (ids.empty() || ids.back() != document->traceId)
            ids.push_back(document->traceId);
    }
    return ids;
}

void SegmentBook::reset()
{
    const std::lock_guard guard(m_keeping);
    m_order.clear();
    m_documents.reset();
}

}
