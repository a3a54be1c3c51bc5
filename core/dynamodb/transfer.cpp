#include "core/dynamodb/transfer.h"

#include "core/dynamodb/point_in_time.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::string_view kInProgress = "IN_PROGRESS";

std::string_view keyspaceOf(TransferKind kind)
{
    return kind == TransferKind::Export ? "dynamodb/exports" : "dynamodb/imports";
}

std::string arnOf(TransferKind kind, const json& description)
{
    return description.value(kind == TransferKind::Export ? "ExportArn" : "ImportArn", "");
}

const char* statusMember(TransferKind kind)
{
    return kind == TransferKind::Export ? "ExportStatus" : "ImportStatus";
}

}

void putTransfer(store::Transaction& transaction, TransferKind kind, const json& description)
{
    transaction.createKeyspace(keyspaceOf(kind));
    transaction.put(keyspaceOf(kind), arnOf(kind, description), description.dump());
}

std::optional<json> findTransfer(store::Reader& reader, TransferKind kind, const std::string& arn)
{
    const auto text = reader.get(keyspaceOf(kind), arn);
    return text ? std::optional(json::parse(*text, nullptr, false)) : std::nullopt;
}

std::optional<json> transferOfToken(
    store::Reader& reader, TransferKind kind, std::string_view region, const json& input)
{
    if (!input.contains("ClientToken"))
        return std::nullopt;
    for (auto& one : transfersOf(reader, kind, region)) {
        if (one.value("ClientToken", json()) == input["ClientToken"])
            return std::move(one);
    }
    return std::nullopt;
}

bool asksTheSame(const json& description, const json& input)
{
    for (const auto& [member, value] : input.items()) {
        const auto known = description.find(member);
        // The end of an increment may be left out.
        const bool same = known != description.end()
            && (member == "IncrementalExportSpecification" ? asksTheSame(*known, value) : *known == value);
        if (!same)
            return false;
    }
    return true;
}

std::vector<json> transfersOf(store::Reader& reader, TransferKind kind, std::string_view region)
{
    std::vector<json> all;
    reader.scan(keyspaceOf(kind), store::Range::prefix("arn:aws:dynamodb:" + std::string(region) + ":"),
        store::Direction::Forward, [&all](std::string_view, std::string_view text) {
            all.push_back(json::parse(text, nullptr, false));
            return true;
        });
    return all;
}

void failInterrupted(store::Transaction& transaction, TransferKind kind, Micros now)
{
    std::vector<json> interrupted;
    transaction.scan(keyspaceOf(kind), store::Range::all(), store::Direction::Forward,
        [&](std::string_view, std::string_view text) {
            auto one = json::parse(text, nullptr, false);
            if (one.is_object() && one.value(statusMember(kind), "") == kInProgress)
                interrupted.push_back(std::move(one));
            return true;
        });
    for (auto& one : interrupted) {
        one["EndTime"] = secondsOf(now);
        describeFailure(
            one, kind, {ErrorKind::Cancelled, "Interrupted", "The chamber was closed before this was done."});
        putTransfer(transaction, kind, one);
    }
}

void describeFailure(json& description, TransferKind kind, const Error& error)
{
    // Exports know no other end than FAILED.
    const bool cancelled = kind == TransferKind::Import && error.code == "Cancelled";
    description[statusMember(kind)] = cancelled ? "CANCELLED" : "FAILED";
    description["FailureCode"] = error.code;
    description["FailureMessage"] = error.message;
}

TransferBucket::TransferBucket(
    aws::Caller& caller, trace::SpanScope& span, std::string region, std::string bucket)
    : m_caller(caller)
    , m_span(span)
    , m_region(std::move(region))
    , m_bucket(std::move(bucket))
{
}

Result<aws::Reply> TransferBucket::call(const char* action, const json& input, std::string payload)
{
    auto reply = m_caller.call(
        "s3", action, input, {.parent = &m_span, .region = m_region, .from = "dynamodb"}, std::move(payload));
    if (!reply)
        reply.error().code = "S3" + reply.error().code;
    return reply;
}

Result<> TransferBucket::put(const std::string& key, std::string body)
{
    CORE_CHECK(call("PutObject", {{"Bucket", m_bucket}, {"Key", key}}, std::move(body)));
    return {};
}

Result<std::vector<TransferBucket::Object>> TransferBucket::list(const std::string& prefix)
{
    std::vector<Object> objects;
    json input = {{"Bucket", m_bucket}, {"Prefix", prefix}};
    for (;;) {
        CORE_TRY(const auto reply, call("ListObjectsV2", input));
        const auto page = reply.json();
        for (const auto& object : page.value("Contents", json::array()))
            objects.push_back({object.value("Key", ""), object.value("Size", std::int64_t{0})});
        if (!page.contains("NextContinuationToken"))
            return objects;
        input["ContinuationToken"] = page["NextContinuationToken"];
    }
}

Result<> TransferBucket::read(
    const std::string& key, const std::function<Result<>(std::string_view piece)>& take)
{
    CORE_TRY(const auto reply, call("GetObject", {{"Bucket", m_bucket}, {"Key", key}}));
    if (!reply.source)
        return take(reply.body);
    std::array<char, kPiece> buffer;
    for (;;) {
        CORE_TRY(const auto count, reply.source->read(buffer));
        if (count == 0)
            return {};
        CORE_CHECK(take({buffer.data(), count}));
    }
}

}
