#pragma once

#include "core/dynamodb/capacity.h"
#include "core/dynamodb/expressions.h"
#include "core/dynamodb/json_document.h"
#include "core/dynamodb/service.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

// What actions read from their requests in the same way.
namespace core::dynamodb {

JsonView inputOf(const aws::Request& request); // checked against the action's shape
nlohmann::json jsonOf(const aws::Request& request); // the same for actions on tables

// The table that TableName (a name or an ARN) means; touches it. ResourceNotFoundException when there is
// none.
Result<TablePtr> findTable(
    DynamoDbService& service, aws::RequestContext& context, std::string_view nameOrArn);
// The name in a name or an ARN, checked as AWS checks it.
// With a region, an ARN must be of it.
Result<std::string> tableNameOf(std::string_view nameOrArn, std::string_view region = {});
// What a batch says of its map when a name in it is none.
Result<> checkTableNames(const JsonView& requestItems);

std::string_view textOf(const JsonView& input, std::string_view member); // "" when absent
bool flagOf(const JsonView& input, std::string_view member); // false when absent
ReturnCapacity returnCapacityOf(const JsonView& input);

// A primary key from the request's `member`.
Result<Attributes> readKey(const JsonView& input, std::string_view member);

// As inspectors' answers have durations.
double millisOf(Micros duration);

// "1 item", "42 items".
std::string counted(std::size_t count, std::string_view noun);

}
