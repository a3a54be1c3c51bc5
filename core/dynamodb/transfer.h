#pragma once

#include "core/dynamodb/service.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Exports to and imports from the chamber's buckets: records of them by ARN, and the objects. The records are
// the descriptions that DescribeExport and DescribeImport answer.
namespace core::dynamodb {

enum class TransferKind { Export, Import };

std::string transferId(Micros now); // "01700000000000-1a2b3c4d"

void putTransfer(store::Transaction& transaction, TransferKind kind, const nlohmann::json& description);
std::optional<nlohmann::json> findTransfer(store::Reader& reader, TransferKind kind, const std::string& arn);
// The one of this region that had the request's ClientToken, of any table.
std::optional<nlohmann::json> transferOfToken(
    store::Reader& reader, TransferKind kind, std::string_view region, const nlohmann::json& input);
// Whether a request that repeats a token asks for what was asked before, as far as the description tells.
bool asksTheSame(const nlohmann::json& description, const nlohmann::json& input);
std::vector<nlohmann::json> transfersOf(store::Reader& reader, TransferKind kind, std::string_view region);

// Through the Caller, under the request's span. Waits.
Result<> putObject(DynamoDbService& service, aws::RequestContext& context, const std::string& bucket,
    const std::string& key, std::string body);
Result<std::string> getObject(DynamoDbService& service, aws::RequestContext& context,
    const std::string& bucket, const std::string& key);
Result<std::vector<std::string>> listObjects(DynamoDbService& service, aws::RequestContext& context,
    const std::string& bucket, const std::string& prefix);

}
