#pragma once

#include "core/dynamodb/service.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Exports to and imports from the chamber's buckets: records of them by ARN, and the objects. The records are
// the descriptions that DescribeExport and DescribeImport answer.
namespace core::dynamodb {

enum class TransferKind { Export, Import };

void putTransfer(store::Transaction& transaction, TransferKind kind, const nlohmann::json& description);
std::optional<nlohmann::json> findTransfer(store::Reader& reader, TransferKind kind, const std::string& arn);
// The one of this region that had the request's ClientToken, of any table.
std::optional<nlohmann::json> transferOfToken(
    store::Reader& reader, TransferKind kind, std::string_view region, const nlohmann::json& input);
// Whether a request that repeats a token asks for what was asked before, as far as the description tells.
bool asksTheSame(const nlohmann::json& description, const nlohmann::json& input);
std::vector<nlohmann::json> transfersOf(store::Reader& reader, TransferKind kind, std::string_view region);

// Fails those that a crash, or the end of the chamber, left IN_PROGRESS; committer thread.
void failInterrupted(store::Transaction& transaction, TransferKind kind, Micros now);
// The end of one that failed, as its description tells it.
void describeFailure(nlohmann::json& description, TransferKind kind, const Error& error);

// The chamber's buckets as a transfer uses them, through the Caller, under its span. Error codes begin with
// "S3", as AWS's failure codes do. Waits. One thread at a time.
class TransferBucket {
public:
    struct Object {
        std::string key;
        std::int64_t size = 0;
    };

    TransferBucket(aws::Caller& caller, trace::SpanScope& span, std::string region, std::string bucket);

    Result<> put(const std::string& key, std::string body);
    Result<std::vector<Object>> list(const std::string& prefix);
    // Piece by piece, whatever its size; an error of `take` stops.
    Result<> read(const std::string& key, const std::function<Result<>(std::string_view piece)>& take);

private:
    Result<aws::Reply> call(const char* action, const nlohmann::json& input, std::string payload = {});

    aws::Caller& m_caller;
    trace::SpanScope& m_span;
    std::string m_region;
    std::string m_bucket;
};

}
