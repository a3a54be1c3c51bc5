#pragma once

#include "core/aws/record_store.h"
#include "core/xray/segment_document.h"

#include <nlohmann/json_fwd.hpp>

#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace core::xray {

// The documents that programs sent, by their traces: as many as the chamber keeps tracks, the oldest go
// first. Durable. Any thread; keep() waits for the disk.
class SegmentBook {
public:
    static constexpr std::size_t kMost = 10'000;

    explicit SegmentBook(store::Store& store);

    // A later document of the same id takes the place of the earlier one.
    Result<> keep(const SegmentDocument& document);
    // In the order in which they begin.
    std::vector<nlohmann::json> documentsOf(const std::string& traceId) const;
    // The traces that have documents, in no order that means anything.
    std::vector<std::string> traces() const;
    bool isEmpty() const { return m_documents.isEmpty(); }
    void reset();

private:
    store::Store& m_store;
    aws::RecordStore<SegmentDocument> m_documents;
    std::mutex m_keeping;
    std::deque<std::string> m_order; // keys, oldest first
};

}
