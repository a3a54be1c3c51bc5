#include "core/s3/shapes.h"

namespace core::s3::shapes {

namespace {

using aws::Fidelity;
using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Member inHeader(std::string_view name, std::string_view header)
{
    return {name, &aws::kString, false, Fidelity::Exact, {}, In::Header, header};
}

constexpr Member entries(std::string_view name, const Shape& list)
{
    return {name, &list, false, Fidelity::Exact, {}, In::Body, list.elementName};
}

constexpr Member kOwnerMembers[] = {{"ID", &aws::kString}, {"DisplayName", &aws::kString}};
constexpr Shape kOwner{.members = kOwnerMembers};

constexpr Member kBucketMembers[] = {{"Name", &aws::kString}, {"CreationDate", &aws::kString},
    {"BucketRegion", &aws::kString}, {"BucketArn", &aws::kString}};
constexpr Shape kBucket{.members = kBucketMembers};
constexpr Shape kBuckets{.type = Type::List, .element = &kBucket, .elementName = "Bucket"};

constexpr Member kCreateBucketMembers[] = {
    inHeader("Location", "Location"), inHeader("BucketArn", "x-amz-bucket-arn")};
constexpr Member kListBucketsMembers[] = {{"Owner", &kOwner}, {"Buckets", &kBuckets},
    {"ContinuationToken", &aws::kString}, {"Prefix", &aws::kString}};
constexpr Member kHeadBucketMembers[] = {inHeader("BucketArn", "x-amz-bucket-arn"),
    inHeader("BucketRegion", "x-amz-bucket-region"),
    inHeader("AccessPointAlias", "x-amz-access-point-alias")};
constexpr Member kGetBucketLocationMembers[] = {{"LocationConstraint", &aws::kString}};

constexpr Member kPutObjectMembers[] = {
    inHeader("ETag", "ETag"),
    inHeader("ChecksumCRC32", "x-amz-checksum-crc32"),
    inHeader("ChecksumCRC32C", "x-amz-checksum-crc32c"),
    inHeader("ChecksumCRC64NVME", "x-amz-checksum-crc64nvme"),
    inHeader("ChecksumSHA1", "x-amz-checksum-sha1"),
    inHeader("ChecksumSHA256", "x-amz-checksum-sha256"),
    inHeader("ChecksumType", "x-amz-checksum-type"),
    inHeader("ServerSideEncryption", "x-amz-server-side-encryption"),
};
constexpr Member kGetObjectMembers[] = {
    inHeader("AcceptRanges", "accept-ranges"),
    inHeader("LastModified", "Last-Modified"),
    inHeader("ContentLength", "Content-Length"),
    inHeader("ETag", "ETag"),
    inHeader("ChecksumCRC32", "x-amz-checksum-crc32"),
    inHeader("ChecksumCRC32C", "x-amz-checksum-crc32c"),
    inHeader("ChecksumCRC64NVME", "x-amz-checksum-crc64nvme"),
    inHeader("ChecksumSHA1", "x-amz-checksum-sha1"),
    inHeader("ChecksumSHA256", "x-amz-checksum-sha256"),
    inHeader("ChecksumType", "x-amz-checksum-type"),
    inHeader("CacheControl", "Cache-Control"),
    inHeader("ContentDisposition", "Content-Disposition"),
    inHeader("ContentEncoding", "Content-Encoding"),
    inHeader("ContentLanguage", "Content-Language"),
    inHeader("ContentRange", "Content-Range"),
    inHeader("ContentType", "Content-Type"),
    inHeader("Expires", "Expires"),
    inHeader("WebsiteRedirectLocation", "x-amz-website-redirect-location"),
    inHeader("ServerSideEncryption", "x-amz-server-side-encryption"),
    {"Metadata", &aws::kStringMap, false, Fidelity::Exact, {}, In::HeaderPrefix, "x-amz-meta-"},
    inHeader("StorageClass", "x-amz-storage-class"),
    inHeader("PartsCount", "x-amz-mp-parts-count"),
};

constexpr Member kTagMembers[] = {{"Key", &aws::kString}, {"Value", &aws::kString}};
constexpr Shape kTag{.members = kTagMembers};
constexpr Shape kTags{.type = Type::List, .element = &kTag, .elementName = "Tag"};
constexpr Member kGetObjectTaggingMembers[] = {{"TagSet", &kTags}};

constexpr Member kDeletedMembers[] = {{"Key", &aws::kString}, {"VersionId", &aws::kString}};
constexpr Shape kDeletedEntry{.members = kDeletedMembers};
constexpr Shape kDeleted{
    .type = Type::List, .element = &kDeletedEntry, .elementName = "Deleted", .flattened = true};
constexpr Member kErrorMembers[] = {{"Key", &aws::kString}, {"VersionId", &aws::kString},
    {"Code", &aws::kString}, {"Message", &aws::kString}};
constexpr Shape kErrorEntry{.members = kErrorMembers};
constexpr Shape kErrors{
    .type = Type::List, .element = &kErrorEntry, .elementName = "Error", .flattened = true};
constexpr Member kDeleteObjectsMembers[] = {entries("Deleted", kDeleted), entries("Errors", kErrors)};

constexpr Shape kAlgorithms{
    .type = Type::List, .element = &aws::kString, .elementName = "ChecksumAlgorithm", .flattened = true};
constexpr Member kObjectMembers[] = {{"Key", &aws::kString}, {"LastModified", &aws::kString},
    {"ETag", &aws::kString}, entries("ChecksumAlgorithm", kAlgorithms), {"ChecksumType", &aws::kString},
    {"Size", &aws::kLong}, {"Owner", &kOwner}, {"StorageClass", &aws::kString}};
constexpr Shape kObject{.members = kObjectMembers};
constexpr Shape kContents{
    .type = Type::List, .element = &kObject, .elementName = "Contents", .flattened = true};
constexpr Member kPrefixMembers[] = {{"Prefix", &aws::kString}};
constexpr Shape kPrefix{.members = kPrefixMembers};
constexpr Shape kPrefixes{
    .type = Type::List, .element = &kPrefix, .elementName = "CommonPrefixes", .flattened = true};
constexpr Member kListObjectsV2Members[] = {{"Name", &aws::kString}, {"Prefix", &aws::kString},
    {"Delimiter", &aws::kString}, {"EncodingType", &aws::kString}, {"ContinuationToken", &aws::kString},
    {"NextContinuationToken", &aws::kString}, {"StartAfter", &aws::kString}, {"KeyCount", &aws::kInteger},
    {"MaxKeys", &aws::kInteger}, {"IsTruncated", &aws::kBoolean}, entries("Contents", kContents),
    entries("CommonPrefixes", kPrefixes)};
constexpr Member kListObjectsMembers[] = {{"Name", &aws::kString}, {"Prefix", &aws::kString},
    {"Marker", &aws::kString}, {"NextMarker", &aws::kString}, {"MaxKeys", &aws::kInteger},
    {"Delimiter", &aws::kString}, {"EncodingType", &aws::kString}, {"IsTruncated", &aws::kBoolean},
    entries("Contents", kContents), entries("CommonPrefixes", kPrefixes)};

constexpr Member kCopyResultMembers[] = {{"LastModified", &aws::kString}, {"ETag", &aws::kString},
    {"ChecksumType", &aws::kString}, {"ChecksumCRC32", &aws::kString}, {"ChecksumCRC32C", &aws::kString},
    {"ChecksumCRC64NVME", &aws::kString}, {"ChecksumSHA1", &aws::kString}, {"ChecksumSHA256", &aws::kString}};
constexpr Shape kCopyResult{.members = kCopyResultMembers};
constexpr Member kCopyObjectMembers[] = {inHeader("ServerSideEncryption", "x-amz-server-side-encryption"),
    {"CopyObjectResult", &kCopyResult, false, Fidelity::Exact, {}, In::Payload}};
constexpr Member kUploadPartCopyMembers[] = {
    {"CopyPartResult", &kCopyResult, false, Fidelity::Exact, {}, In::Payload}};

constexpr Member kCreateUploadMembers[] = {inHeader("ServerSideEncryption", "x-amz-server-side-encryption"),
    inHeader("ChecksumAlgorithm", "x-amz-checksum-algorithm"),
    inHeader("ChecksumType", "x-amz-checksum-type"), {"Bucket", &aws::kString}, {"Key", &aws::kString},
    {"UploadId", &aws::kString}};
constexpr Member kCompleteUploadMembers[] = {inHeader("ServerSideEncryption", "x-amz-server-side-encryption"),
    {"Location", &aws::kString}, {"Bucket", &aws::kString}, {"Key", &aws::kString}, {"ETag", &aws::kString},
    {"ChecksumCRC32", &aws::kString}, {"ChecksumCRC32C", &aws::kString}, {"ChecksumCRC64NVME", &aws::kString},
    {"ChecksumSHA1", &aws::kString}, {"ChecksumSHA256", &aws::kString}, {"ChecksumType", &aws::kString}};

constexpr Member kPartMembers[] = {{"PartNumber", &aws::kInteger}, {"LastModified", &aws::kString},
    {"ETag", &aws::kString}, {"Size", &aws::kLong}, {"ChecksumCRC32", &aws::kString},
    {"ChecksumCRC32C", &aws::kString}, {"ChecksumCRC64NVME", &aws::kString}, {"ChecksumSHA1", &aws::kString},
    {"ChecksumSHA256", &aws::kString}};
constexpr Shape kPart{.members = kPartMembers};
constexpr Shape kParts{.type = Type::List, .element = &kPart, .elementName = "Part", .flattened = true};
constexpr Member kListPartsMembers[] = {{"Bucket", &aws::kString}, {"Key", &aws::kString},
    {"UploadId", &aws::kString}, {"Initiator", &kOwner}, {"Owner", &kOwner}, {"StorageClass", &aws::kString},
    {"PartNumberMarker", &aws::kInteger}, {"NextPartNumberMarker", &aws::kInteger},
    {"MaxParts", &aws::kInteger}, {"IsTruncated", &aws::kBoolean}, {"ChecksumAlgorithm", &aws::kString},
    {"ChecksumType", &aws::kString}, entries("Parts", kParts)};

constexpr Member kUploadMembers[] = {{"Key", &aws::kString}, {"UploadId", &aws::kString},
    {"Initiator", &kOwner}, {"Owner", &kOwner}, {"StorageClass", &aws::kString}, {"Initiated", &aws::kString},
    {"ChecksumAlgorithm", &aws::kString}, {"ChecksumType", &aws::kString}};
constexpr Shape kUpload{.members = kUploadMembers};
constexpr Shape kUploads{.type = Type::List, .element = &kUpload, .elementName = "Upload", .flattened = true};
constexpr Member kListUploadsMembers[] = {{"Bucket", &aws::kString}, {"KeyMarker", &aws::kString},
    {"UploadIdMarker", &aws::kString}, {"NextKeyMarker", &aws::kString},
    {"NextUploadIdMarker", &aws::kString}, {"Prefix", &aws::kString}, {"Delimiter", &aws::kString},
    {"EncodingType", &aws::kString}, {"MaxUploads", &aws::kInteger}, {"IsTruncated", &aws::kBoolean},
    entries("Uploads", kUploads), entries("CommonPrefixes", kPrefixes)};

}

const Shape kCreateBucketOutput{.members = kCreateBucketMembers};
const Shape kListBucketsOutput{.members = kListBucketsMembers};
const Shape kHeadBucketOutput{.members = kHeadBucketMembers};
const Shape kGetBucketLocationOutput{.members = kGetBucketLocationMembers};
const Shape kGetBucketVersioningOutput{};
const Shape kPutObjectOutput{.members = kPutObjectMembers};
const Shape kGetObjectTaggingOutput{.members = kGetObjectTaggingMembers};
const Shape kGetObjectOutput{.members = kGetObjectMembers};
const Shape kDeleteObjectsOutput{.members = kDeleteObjectsMembers};
const Shape kListObjectsV2Output{.members = kListObjectsV2Members};
const Shape kListObjectsOutput{.members = kListObjectsMembers};
const Shape kCopyObjectOutput{.members = kCopyObjectMembers};
const Shape kCreateMultipartUploadOutput{.members = kCreateUploadMembers};
const Shape kUploadPartOutput{.members = kPutObjectMembers};
const Shape kUploadPartCopyOutput{.members = kUploadPartCopyMembers};
const Shape kCompleteMultipartUploadOutput{.members = kCompleteUploadMembers};
const Shape kListPartsOutput{.members = kListPartsMembers};
const Shape kListMultipartUploadsOutput{.members = kListUploadsMembers};

}
