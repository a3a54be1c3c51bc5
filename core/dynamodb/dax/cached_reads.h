#pragma once

#include "core/dynamodb/dax/cluster_store.h"
#include "core/dynamodb/service.h"

// The reads of a cached endpoint: `index` is the action's row.
namespace core::dynamodb::dax {

Result<aws::Outcome> cachedGetItem(DynamoDbService& service, const ClusterPtr& cluster, std::size_t index,
    aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> cachedBatchGetItem(DynamoDbService& service, const ClusterPtr& cluster,
    std::size_t index, aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> cachedQuery(DynamoDbService& service, const ClusterPtr& cluster, std::size_t index,
    aws::RequestContext& context, aws::Request& request);
Result<aws::Outcome> cachedScan(DynamoDbService& service, const ClusterPtr& cluster, std::size_t index,
    aws::RequestContext& context, aws::Request& request);
// Transactional reads are DynamoDB's alone.
Result<aws::Outcome> passThrough(DynamoDbService& service, const ClusterPtr& cluster, std::size_t index,
    aws::RequestContext& context, aws::Request& request);

// "5 min", "1.5 s", for the track.
std::string spelledOut(Micros duration);
// ", kept for 5 min": how long an entry stays that is stored now.
std::string keptFor(const Cluster& cluster, EntryKind kind);

}
