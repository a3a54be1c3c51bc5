#pragma once

#include "core/dynamodb/dax/cluster_store.h"
#include "core/dynamodb/service.h"

namespace core::dynamodb::dax {

// A write through the cluster: DynamoDB's action number `index`, and once its change is durable each item it
// wrote goes into the item cache as it was committed; a deleted one as one that is not there. A write that
// fails changes nothing in the cache; the query cache never learns of writes.
Result<aws::Outcome> writeThrough(DynamoDbService& service, const ClusterPtr& cluster, std::size_t index,
    aws::RequestContext& context, aws::Request& request);

}
