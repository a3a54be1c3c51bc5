#pragma once

#include "core/dynamodb/item_writer.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <vector>

// The first copy of a new replica: a bounded step in the store at a time, so that other writes go on in
// between; where it stands is stored with each step. Writes of the other replicas may arrive meanwhile: each
// item is what its last writer made of it. Committer thread, unless it takes a Reader.
namespace core::dynamodb {

struct ReplicaCopy {
    std::string table;
    std::string from;
    std::string to;
    std::string targetId;
    bool deletes = false; // the items are done; their deletes follow
    std::string cursor;

    static std::optional<ReplicaCopy> find(store::Reader& reader, const std::string& targetId);
    static std::vector<ReplicaCopy> all(store::Reader& reader);
    void put(store::Transaction& transaction) const;
    void erase(store::Transaction& transaction) const;
};

// Tells whether the copy is complete.
bool copyStep(store::Transaction& transaction, ReplicaCopy& copy, const TablePtr& source,
    const TablePtr& target, ItemWriter& writer);

}
