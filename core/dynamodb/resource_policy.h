#pragma once

#include "core/base/result.h"
#include "core/store/store.h"

#include <optional>
#include <string>

// Policies of tables and streams, by ARN in the keyspace "dynamodb/policies". They are kept and shown; nobody
// is refused by one.
namespace core::dynamodb {

struct ResourcePolicy {
    std::string policy;
    std::string revision;
};

Result<> checkPolicy(const std::string& text);
std::optional<ResourcePolicy> findPolicy(store::Reader& reader, const std::string& arn);
void putPolicy(store::Transaction& transaction, const std::string& arn, const ResourcePolicy& policy);
void erasePolicy(store::Transaction& transaction, const std::string& arn);

}
