#pragma once

#include "core/dynamodb/service.h"

#include <string_view>

// The cached endpoint: DynamoDB's JSON protocol at `{cluster}.dax.localhost`. Reads of items and pages go
// through the cluster's caches, writes go through to DynamoDB and then into the item cache; everything else
// DAX does not know. Any thread.
namespace core::dynamodb::dax {

// The name of the cluster in a Host header; "" when it names none.
std::string_view clusterOfHost(std::string_view host);

// Runs the service's action number `index` as that cluster does.
Result<aws::Outcome> runCached(DynamoDbService& service, std::string_view cluster, std::size_t index,
    aws::RequestContext& context, aws::Request& request);

// For programs whose system resolves no *.localhost: /_aws/dax/{cluster}/ is the same endpoint. Signatures
// are of the path then, so that a chamber which verifies them refuses it.
bool isPathOfEndpoint(std::string_view path);
http::Response serveByPath(DynamoDbService& service, http::Request request, trace::SpanScope& span);

}
