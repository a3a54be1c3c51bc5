#pragma once

#include "core/aws/request.h"
#include "core/dynamodb/new_descriptors.h"
#include "core/dynamodb/service.h"

#include <nlohmann/json_fwd.hpp>

namespace core::dynamodb {

// A change of one table's descriptor: takes the newest on the committer thread, stores what change() makes of
// it, publishes that once it is durable. Owned by the call; committer thread, then the answering thread.
class TableChange : public aws::PendingWrite {
public:
    TableChange(DynamoDbService& service, aws::RequestContext& context, TablePtr table);

    Result<> apply(store::Transaction& transaction) final;
    Result<aws::Reply> answer() final;

protected:
    // Checks first, then changes `after`, which begins as a copy of `before` with the next revision.
    virtual Result<> change(store::Transaction& transaction, const Table& before, Table& after) = 0;
    // Behind the descriptor that is stored already: what belongs to the same change. May replace it once
    // more.
    virtual void follow(store::Transaction& /*transaction*/, TablePtr& /*after*/) { }
    virtual nlohmann::json output(const Table& after) = 0; // null: an empty body
    // Once durable and published.
    virtual void afterwards(const TablePtr& /*after*/) { }
    virtual Error notFound(const Table& table) const;

    DynamoDbService& service() { return m_service; }
    aws::RequestContext& context() { return m_context; }

private:
    DynamoDbService& m_service;
    aws::RequestContext& m_context;
    TablePtr m_known;
    TablePtr m_after;
    NewDescriptors m_made;
};

// ResourceInUseException while the table is on its way from one status to another.
Result<> checkIdle(const Table& table, Micros now);

}
