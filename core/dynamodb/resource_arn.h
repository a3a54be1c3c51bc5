#pragma once

#include "core/dynamodb/action_input.h"

#include <string>
#include <string_view>

namespace core::dynamodb {

// The table that a ResourceArn means, of tags and policies; touches it. Errors as AWS words them.
Result<TablePtr> findByArn(DynamoDbService& service, aws::RequestContext& context, std::string_view text);

}
