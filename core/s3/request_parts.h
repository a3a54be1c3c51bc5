#pragma once

#include "core/aws/request.h"
#include "core/s3/object_sink.h"
#include "core/s3/records.h"
#include "core/s3/service.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

// What several actions read from a request in the same way, and write to an answer.
namespace core::s3 {

// A text member, "" when absent.
std::string textOf(const aws::Request& request, std::string_view member);
// Error: InvalidArgument in the words of the listing actions when it is outside 0…2147483647.
Result<int> countOf(
    const aws::Request& request, std::string_view member, std::string_view wireName, int fallback);

// The bucket and key of a request. Errors: KeyTooLongError, InvalidURI, AccessDenied when
// x-amz-expected-bucket-owner is not who owns the bucket, InvalidArgument for a version other than "null".
struct ObjectName {
    std::string bucket;
    std::string key;

    std::string text() const { return bucket + '/' + key; }
};
Result<> checkKey(std::string_view key);
Result<ObjectName> objectName(S3Service& service, aws::RequestContext& context, const aws::Request& request);
Result<> checkOwner(S3Service& service, std::string_view bucket, std::string_view expectedOwner);
// The bucket of a request about the bucket itself. Error: AccessDenied as above.
Result<std::string> bucketName(S3Service& service, aws::RequestContext& context, const aws::Request& request);
Result<> checkVersion(std::string_view versionId);

// Canonical user id of an account, and the Owner element.
std::string canonicalId(std::string_view account);
nlohmann::json ownerJson(std::string_view account);

// Content-Type and its kin, user metadata, storage class. Errors: MetadataTooLarge, InvalidStorageClass,
// AccessControlListNotSupported, NotImplemented for an encryption that needs keys.
Result<ObjectHeaders> objectHeaders(const aws::Request& request);
Result<> checkObjectAcl(std::string_view acl);

// "8 388 608" and "8 388 608 bytes", for steps.
std::string grouped(std::uint64_t number);
std::string byteCount(std::uint64_t bytes);

// The record of an object, or of a part, that came in one body.
ObjectRecord plainRecord(const StoredBody& body, ObjectHeaders headers, const aws::RequestContext& context);
PartRecord partRecord(const StoredBody& body, int number, const aws::RequestContext& context);
// Error: InvalidArgument outside 1…10000.
Result<int> partNumber(const aws::Request& request);
// Error: InvalidRequest for a checksum that the chamber lacks.
Result<ChecksumAlgorithm> algorithmNamed(std::string_view name);

// encoding-type: how keys are shown in a listing. Error: InvalidArgument for any value but "url".
Result<> checkEncodingType(const aws::Request& request);
class KeyText {
public:
    explicit KeyText(const aws::Request& request);
    bool encodes() const { return m_encodes; }
    std::string operator()(std::string_view key) const;

private:
    bool m_encodes;
};

// Puts the members that each answer about an object has: ETag, checksum, encryption.
void writeChecksum(nlohmann::json& output, const ObjectChecksum& checksum);
void writeEncryption(nlohmann::json& output, const ObjectHeaders& headers);
std::string quotedEtag(std::string_view etag);

// Content-MD5, x-amz-content-sha256 and x-amz-checksum-… of a body that came over the wire and was collected.
// Errors: those of BodyClaims and ObjectSink.
Result<> verifyPayload(const aws::Request& request);

// The body of an upload, from the sink of the wire or from the payload of a call in process.
Result<StoredBody> receiveBody(
    S3Service& service, aws::Request& request, ChecksumAlgorithm fallback = ChecksumAlgorithm::Crc64Nvme);

}
