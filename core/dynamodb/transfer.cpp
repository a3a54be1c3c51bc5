#include "core/dynamodb/transfer.h"

#include "core/base/hash.h"
#include "core/base/ids.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kMostObjectBytes = std::size_t{1} << 30U;

std::string_view keyspaceOf(TransferKind kind)
{
    return kind == TransferKind::Export ? "dynamodb/exports" : "dynamodb/imports";
}

std::string arnOf(TransferKind kind, const json& description)
{
    return description.value(kind == TransferKind::Export ? "ExportArn" : "ImportArn", "");
}

aws::CallOptions optionsOf(aws::RequestContext& context)
{
    return {.parent = &context.span, .region = context.region, .from = "dynamodb"};
}

}

std::string transferId(Micros now)
{
    char moment[32];
    std::snprintf(moment, sizeof moment, "%014lld", static_cast<long long>(now / kMillisecond));
    return std::string(moment) + "-" + hex(randomBytes(4));
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

Result<> putObject(DynamoDbService& service, aws::RequestContext& context, const std::string& bucket,
    const std::string& key, std::string body)
{
    CORE_CHECK(service.host().caller.call(
        "s3", "PutObject", {{"Bucket", bucket}, {"Key", key}}, optionsOf(context), std::move(body)));
    return {};
}

Result<std::string> getObject(
    DynamoDbService& service, aws::RequestContext& context, const std::string& bucket, const std::string& key)
{
    CORE_TRY(auto reply,
        service.host().caller.call(
            "s3", "GetObject", {{"Bucket", bucket}, {"Key", key}}, optionsOf(context)));
    if (reply.source)
        return http::readAll(*reply.source, kMostObjectBytes);
    return std::move(reply.body);
}

Result<std::vector<std::string>> listObjects(DynamoDbService& service, aws::RequestContext& context,
    const std::string& bucket, const std::string& prefix)
{
    std::vector<std::string> keys;
    json input = {{"Bucket", bucket}, {"Prefix", prefix}};
    for (;;) {
        CORE_TRY(
            const auto reply, service.host().caller.call("s3", "ListObjectsV2", input, optionsOf(context)));
        const auto page = reply.json();
        for (const auto& object : page.value("Contents", json::array()))
            keys.push_back(object.value("Key", ""));
        if (!page.contains("NextContinuationToken"))
            return keys;
        input["ContinuationToken"] = page["NextContinuationToken"];
    }
}

}
