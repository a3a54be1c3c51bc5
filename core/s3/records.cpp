#include "core/s3/records.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

namespace {

using Json = nlohmann::json;

Json headersJson(const ObjectHeaders& headers)
{
    return {{"standard", headers.standard}, {"metadata", headers.metadata},
        {"storageClass", headers.storageClass}};
}

ObjectHeaders parseHeaders(const Json& json)
{
    ObjectHeaders headers;
    headers.standard = json.at("standard").get<std::map<std::string, std::string>>();
    headers.metadata = json.at("metadata").get<std::map<std::string, std::string>>();
    headers.storageClass = json.at("storageClass").get<std::string>();
    return headers;
}

ChecksumType parseType(const Json& json)
{
    return json.get<std::string>() == "COMPOSITE" ? ChecksumType::Composite : ChecksumType::FullObject;
}

// Header values may hold any byte; what is no UTF-8 must not make a record unwritable.
std::string dump(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}

std::string_view checksumTypeName(ChecksumType type)
{
    return type == ChecksumType::Composite ? "COMPOSITE" : "FULL_OBJECT";
}

std::string BucketRecord::text() const
{
    return dump({{"region", region}, {"owner", owner}, {"created", created}});
}

BucketRecord BucketRecord::parse(std::string_view text)
{
    const auto json = Json::parse(text);
    return {json.at("region").get<std::string>(), json.at("owner").get<std::string>(),
        json.at("created").get<Micros>()};
}

std::vector<std::string> ObjectRecord::blobs() const
{
    std::vector<std::string> ids;
    for (const auto& segment : segments) {
        if (!segment.blob.empty())
            ids.push_back(segment.blob);
    }
    return ids;
}

std::string ObjectRecord::text() const
{
    Json json{{"size", size}, {"etag", etag}, {"modified", modified}, {"owner", owner},
        {"multipart", multipart}, {"headers", headersJson(headers)}, {"segments", Json::array()}};
    for (const auto& segment : segments) {
        Json entry{{"blob", segment.blob}, {"size", segment.size}};
        if (!segment.checksum.empty())
            entry["checksum"] = segment.checksum;
        json["segments"].push_back(std::move(entry));
    }
    if (checksum) {
        json["checksum"] = {{"algorithm", checksumName(checksum->algorithm)},
            {"type", checksumTypeName(checksum->type)}, {"value", checksum->value}};
    }
    return dump(json);
}

ObjectRecord ObjectRecord::parse(std::string_view text)
{
    const auto json = Json::parse(text);
    ObjectRecord record;
    record.size = json.at("size").get<std::uint64_t>();
    record.etag = json.at("etag").get<std::string>();
    record.modified = json.at("modified").get<Micros>();
    record.owner = json.at("owner").get<std::string>();
    record.multipart = json.at("multipart").get<bool>();
    record.headers = parseHeaders(json.at("headers"));
    for (const auto& entry : json.at("segments")) {
        record.segments.push_back({entry.at("blob").get<std::string>(), entry.at("size").get<std::uint64_t>(),
            entry.value("checksum", std::string())});
    }
    if (const auto found = json.find("checksum"); found != json.end()) {
        const auto algorithm = checksumByName(found->at("algorithm").get<std::string>());
        record.checksum = {algorithm.value_or(ChecksumAlgorithm::Crc64Nvme), parseType(found->at("type")),
            found->at("value").get<std::string>()};
    }
    return record;
}

std::string UploadRecord::text() const
{
    Json json{{"id", id}, {"key", key}, {"initiated", initiated}, {"owner", owner},
        {"headers", headersJson(headers)}, {"checksumType", checksumTypeName(checksumType)}};
    if (algorithm)
        json["algorithm"] = checksumName(*algorithm);
    return dump(json);
}

UploadRecord UploadRecord::parse(std::string_view text)
{
    const auto json = Json::parse(text);
    UploadRecord record;
    record.id = json.at("id").get<std::string>();
    record.key = json.at("key").get<std::string>();
    record.initiated = json.at("initiated").get<Micros>();
    record.owner = json.at("owner").get<std::string>();
    record.headers = parseHeaders(json.at("headers"));
    record.checksumType = parseType(json.at("checksumType"));
    if (json.contains("algorithm"))
        record.algorithm = checksumByName(json.at("algorithm").get<std::string>());
    return record;
}

std::string PartRecord::text() const
{
    return dump({{"number", number}, {"size", size}, {"etag", etag}, {"modified", modified}, {"blob", blob},
        {"algorithm", checksumName(algorithm)}, {"checksum", checksum}});
}

PartRecord PartRecord::parse(std::string_view text)
{
    const auto json = Json::parse(text);
    PartRecord record;
    record.number = json.at("number").get<int>();
    record.size = json.at("size").get<std::uint64_t>();
    record.etag = json.at("etag").get<std::string>();
    record.modified = json.at("modified").get<Micros>();
    record.blob = json.at("blob").get<std::string>();
    record.algorithm =
        checksumByName(json.at("algorithm").get<std::string>()).value_or(ChecksumAlgorithm::Crc64Nvme);
    record.checksum = json.at("checksum").get<std::string>();
    return record;
}

}
