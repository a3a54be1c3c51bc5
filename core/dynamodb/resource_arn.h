#pragma once

#include "core/dynamodb/action_input.h"

#include <string>
#include <string_view>

namespace core::dynamodb {

// The table that a ResourceArn means, of tags and policies; touches it. Errors as AWS words them.
Result<TablePtr> findByArn(DynamoDbService& service, aws::RequestContext& context, std::string_view text);
// The table's own ARN, or its stream's, for one that findByArn found, whatever account that was written with.
std::string ownArn(const Table& table, std::string_view text);

}
