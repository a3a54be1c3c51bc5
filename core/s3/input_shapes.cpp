#include "core/s3/shapes.h"

namespace core::s3::shapes {

namespace {

using aws::Fidelity;
using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kExact = Fidelity::Exact;
constexpr auto kSimple = Fidelity::Simplified;
constexpr auto kNo = Fidelity::Unsupported;

constexpr std::string_view kNoOnePays = "accepted: nothing costs anything here";
constexpr std::string_view kClassNote = "kept and shown; every class is stored alike and read at once";
constexpr std::string_view kEncryptionNote = "AES256 is accepted and shown; files are not encrypted";

constexpr Member kCreateBucketConfigurationMembers[] = {
    {"LocationConstraint", &aws::kString},
    {"Location", &aws::kDocument, false, kNo},
    {"Bucket", &aws::kDocument, false, kNo},
    {"Tags", &aws::kDocument, false, kNo},
};
constexpr Shape kCreateBucketConfiguration{.members = kCreateBucketConfigurationMembers};

constexpr Member kObjectIdentifierMembers[] = {
    {"Key", &aws::kString, true},
    {"VersionId", &aws::kString},
    {"ETag", &aws::kString},
    {"LastModifiedTime", &aws::kString, false, kNo},
    {"Size", &aws::kLong, false, kNo},
};
constexpr Shape kObjectIdentifier{.members = kObjectIdentifierMembers};
constexpr Shape kObjectIdentifiers{.type = Type::List, .element = &kObjectIdentifier, .flattened = true};
constexpr Member kDeleteMembers[] = {
    {"Objects", &kObjectIdentifiers, true, kExact, {}, In::Body, "Object"},
    {"Quiet", &aws::kBoolean},
};
constexpr Shape kDelete{.members = kDeleteMembers};

constexpr Member kCompletedPartMembers[] = {
    {"ETag", &aws::kString},
    {"PartNumber", &aws::kInteger},
    {"ChecksumCRC32", &aws::kString},
    {"ChecksumCRC32C", &aws::kString},
    {"ChecksumCRC64NVME", &aws::kString},
    {"ChecksumSHA1", &aws::kString},
    {"ChecksumSHA256", &aws::kString},
    {"ChecksumSHA512", &aws::kString, false, kNo},
    {"ChecksumMD5", &aws::kString, false, kNo},
    {"ChecksumXXHASH64", &aws::kString, false, kNo},
    {"ChecksumXXHASH3", &aws::kString, false, kNo},
    {"ChecksumXXHASH128", &aws::kString, false, kNo},
};
constexpr Shape kCompletedPart{.members = kCompletedPartMembers};
constexpr Shape kCompletedParts{.type = Type::List, .element = &kCompletedPart, .flattened = true};
constexpr Member kCompletedUploadMembers[] = {
    {"Parts", &kCompletedParts, false, kExact, {}, In::Body, "Part"}};
constexpr Shape kCompletedUpload{.members = kCompletedUploadMembers};

constexpr Member kCreateBucketMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"ACL", &aws::kString, false, kExact, {}, In::Header, "x-amz-acl"},
    {"CreateBucketConfiguration", &kCreateBucketConfiguration, false, kExact, {}, In::Payload},
    {"GrantFullControl", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-full-control"},
    {"GrantRead", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-read"},
    {"GrantReadACP", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-read-acp"},
    {"GrantWrite", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-write"},
    {"GrantWriteACP", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-write-acp"},
    {"ObjectLockEnabledForBucket", &aws::kBoolean, false, kNo, {}, In::Header,
        "x-amz-bucket-object-lock-enabled"},
    {"ObjectOwnership", &aws::kString, false, kSimple, "BucketOwnerEnforced, the default, is the only one",
        In::Header, "x-amz-object-ownership"},
    {"BucketNamespace", &aws::kString, false, kNo, {}, In::Header, "x-amz-bucket-namespace"},
};
constexpr Member kListBucketsMembers[] = {
    {"MaxBuckets", &aws::kInteger, false, kExact, {}, In::Query, "max-buckets"},
    {"ContinuationToken", &aws::kString, false, kExact, {}, In::Query, "continuation-token"},
    {"Prefix", &aws::kString, false, kExact, {}, In::Query, "prefix"},
    {"BucketRegion", &aws::kString, false, kExact, {}, In::Query, "bucket-region"},
};
constexpr Member kHeadBucketMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
};
constexpr Member kDeleteBucketMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
};
constexpr Member kGetBucketLocationMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
};
constexpr Member kGetBucketVersioningMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
};
constexpr Member kPutBucketPolicyMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Policy", &aws::kString, false, kExact, {}, In::Payload},
    {"ContentMD5", &aws::kString, false, Fidelity::Simplified, "not compared", In::Header, "Content-MD5"},
    {"ChecksumAlgorithm", &aws::kString, false, Fidelity::Simplified, "not compared", In::Header,
        "x-amz-sdk-checksum-algorithm"},
    {"ConfirmRemoveSelfBucketAccess", &aws::kBoolean, false, Fidelity::Simplified, "nothing is denied",
        In::Header, "x-amz-confirm-remove-self-bucket-access"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
};
constexpr Member kPutObjectMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"ACL", &aws::kString, false, kExact, {}, In::Header, "x-amz-acl"},
    {"Body", &aws::kBlob, false, kExact, {}, In::Payload},
    {"CacheControl", &aws::kString, false, kExact, {}, In::Header, "Cache-Control"},
    {"ContentDisposition", &aws::kString, false, kExact, {}, In::Header, "Content-Disposition"},
    {"ContentEncoding", &aws::kString, false, kExact, {}, In::Header, "Content-Encoding"},
    {"ContentLanguage", &aws::kString, false, kExact, {}, In::Header, "Content-Language"},
    {"ContentLength", &aws::kLong, false, kExact, {}, In::Header, "Content-Length"},
    {"ContentMD5", &aws::kString, false, kExact, {}, In::Header, "Content-MD5"},
    {"ContentType", &aws::kString, false, kExact, {}, In::Header, "Content-Type"},
    {"ChecksumAlgorithm", &aws::kString, false, kExact, {}, In::Header, "x-amz-sdk-checksum-algorithm"},
    {"ChecksumCRC32", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc32"},
    {"ChecksumCRC32C", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc32c"},
    {"ChecksumCRC64NVME", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc64nvme"},
    {"ChecksumSHA1", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-sha1"},
    {"ChecksumSHA256", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-sha256"},
    {"ChecksumSHA512", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-sha512"},
    {"ChecksumMD5", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-md5"},
    {"ChecksumXXHASH64", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash64"},
    {"ChecksumXXHASH3", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash3"},
    {"ChecksumXXHASH128", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash128"},
    {"Expires", &aws::kString, false, kExact, {}, In::Header},
    {"IfMatch", &aws::kString, false, kExact, {}, In::Header, "If-Match"},
    {"IfNoneMatch", &aws::kString, false, kExact, {}, In::Header, "If-None-Match"},
    {"GrantFullControl", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-full-control"},
    {"GrantRead", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-read"},
    {"GrantReadACP", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-read-acp"},
    {"GrantWriteACP", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-write-acp"},
    {"WriteOffsetBytes", &aws::kLong, false, kNo, {}, In::Header, "x-amz-write-offset-bytes"},
    {"Metadata", &aws::kStringMap, false, kExact, {}, In::HeaderPrefix, "x-amz-meta-"},
    {"ServerSideEncryption", &aws::kString, false, kSimple, kEncryptionNote, In::Header,
        "x-amz-server-side-encryption"},
    {"StorageClass", &aws::kString, false, kSimple, kClassNote, In::Header, "x-amz-storage-class"},
    {"WebsiteRedirectLocation", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-website-redirect-location"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
    {"SSEKMSKeyId", &aws::kString, false, kNo, {}, In::Header, "x-amz-server-side-encryption-aws-kms-key-id"},
    {"SSEKMSEncryptionContext", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-context"},
    {"BucketKeyEnabled", &aws::kBoolean, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-bucket-key-enabled"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"Tagging", &aws::kString, false, kNo, {}, In::Header, "x-amz-tagging"},
    {"ObjectLockMode", &aws::kString, false, kNo, {}, In::Header, "x-amz-object-lock-mode"},
    {"ObjectLockRetainUntilDate", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-object-lock-retain-until-date"},
    {"ObjectLockLegalHoldStatus", &aws::kString, false, kNo, {}, In::Header, "x-amz-object-lock-legal-hold"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
};
constexpr Member kGetObjectMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"IfMatch", &aws::kString, false, kExact, {}, In::Header, "If-Match"},
    {"IfModifiedSince", &aws::kString, false, kExact, {}, In::Header, "If-Modified-Since"},
    {"IfNoneMatch", &aws::kString, false, kExact, {}, In::Header, "If-None-Match"},
    {"IfUnmodifiedSince", &aws::kString, false, kExact, {}, In::Header, "If-Unmodified-Since"},
    {"Range", &aws::kString, false, kExact, {}, In::Header},
    {"ResponseCacheControl", &aws::kString, false, kExact, {}, In::Query, "response-cache-control"},
    {"ResponseContentDisposition", &aws::kString, false, kExact, {}, In::Query,
        "response-content-disposition"},
    {"ResponseContentEncoding", &aws::kString, false, kExact, {}, In::Query, "response-content-encoding"},
    {"ResponseContentLanguage", &aws::kString, false, kExact, {}, In::Query, "response-content-language"},
    {"ResponseContentType", &aws::kString, false, kExact, {}, In::Query, "response-content-type"},
    {"ResponseExpires", &aws::kString, false, kExact, {}, In::Query, "response-expires"},
    {"VersionId", &aws::kString, false, kExact, {}, In::Query, "versionId"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"PartNumber", &aws::kInteger, false, kExact, {}, In::Query, "partNumber"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"ChecksumMode", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-mode"},
};
constexpr Member kGetObjectTaggingMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"VersionId", &aws::kString, false, kExact, {}, In::Query, "versionId"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
};
constexpr Member kHeadObjectMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"IfMatch", &aws::kString, false, kExact, {}, In::Header, "If-Match"},
    {"IfModifiedSince", &aws::kString, false, kExact, {}, In::Header, "If-Modified-Since"},
    {"IfNoneMatch", &aws::kString, false, kExact, {}, In::Header, "If-None-Match"},
    {"IfUnmodifiedSince", &aws::kString, false, kExact, {}, In::Header, "If-Unmodified-Since"},
    {"Range", &aws::kString, false, kExact, {}, In::Header},
    {"ResponseCacheControl", &aws::kString, false, kExact, {}, In::Query, "response-cache-control"},
    {"ResponseContentDisposition", &aws::kString, false, kExact, {}, In::Query,
        "response-content-disposition"},
    {"ResponseContentEncoding", &aws::kString, false, kExact, {}, In::Query, "response-content-encoding"},
    {"ResponseContentLanguage", &aws::kString, false, kExact, {}, In::Query, "response-content-language"},
    {"ResponseContentType", &aws::kString, false, kExact, {}, In::Query, "response-content-type"},
    {"ResponseExpires", &aws::kString, false, kExact, {}, In::Query, "response-expires"},
    {"VersionId", &aws::kString, false, kExact, {}, In::Query, "versionId"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"PartNumber", &aws::kInteger, false, kExact, {}, In::Query, "partNumber"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"ChecksumMode", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-mode"},
};
constexpr Member kDeleteObjectMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"MFA", &aws::kString, false, kNo, {}, In::Header, "x-amz-mfa"},
    {"VersionId", &aws::kString, false, kExact, {}, In::Query, "versionId"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"BypassGovernanceRetention", &aws::kBoolean, false, kNo, {}, In::Header,
        "x-amz-bypass-governance-retention"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"IfMatch", &aws::kString, false, kExact, {}, In::Header, "If-Match"},
    {"IfMatchLastModifiedTime", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-if-match-last-modified-time"},
    {"IfMatchSize", &aws::kLong, false, kNo, {}, In::Header, "x-amz-if-match-size"},
};
constexpr Member kDeleteObjectsMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Delete", &kDelete, true, kExact, {}, In::Payload},
    {"MFA", &aws::kString, false, kNo, {}, In::Header, "x-amz-mfa"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"BypassGovernanceRetention", &aws::kBoolean, false, kNo, {}, In::Header,
        "x-amz-bypass-governance-retention"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"ChecksumAlgorithm", &aws::kString, false, kExact, {}, In::Header, "x-amz-sdk-checksum-algorithm"},
};
constexpr Member kListObjectsV2Members[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Delimiter", &aws::kString, false, kExact, {}, In::Query, "delimiter"},
    {"EncodingType", &aws::kString, false, kExact, {}, In::Query, "encoding-type"},
    {"MaxKeys", &aws::kInteger, false, kExact, {}, In::Query, "max-keys"},
    {"Prefix", &aws::kString, false, kExact, {}, In::Query, "prefix"},
    {"ContinuationToken", &aws::kString, false, kExact, {}, In::Query, "continuation-token"},
    {"FetchOwner", &aws::kBoolean, false, kExact, {}, In::Query, "fetch-owner"},
    {"StartAfter", &aws::kString, false, kExact, {}, In::Query, "start-after"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"OptionalObjectAttributes", &aws::kStringList, false, kNo, {}, In::Header,
        "x-amz-optional-object-attributes"},
};
constexpr Member kListObjectsMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Delimiter", &aws::kString, false, kExact, {}, In::Query, "delimiter"},
    {"EncodingType", &aws::kString, false, kExact, {}, In::Query, "encoding-type"},
    {"Marker", &aws::kString, false, kExact, {}, In::Query, "marker"},
    {"MaxKeys", &aws::kInteger, false, kExact, {}, In::Query, "max-keys"},
    {"Prefix", &aws::kString, false, kExact, {}, In::Query, "prefix"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"OptionalObjectAttributes", &aws::kStringList, false, kNo, {}, In::Header,
        "x-amz-optional-object-attributes"},
};
constexpr Member kCopyObjectMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"ACL", &aws::kString, false, kExact, {}, In::Header, "x-amz-acl"},
    {"CacheControl", &aws::kString, false, kExact, {}, In::Header, "Cache-Control"},
    {"ChecksumAlgorithm", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-algorithm"},
    {"ContentDisposition", &aws::kString, false, kExact, {}, In::Header, "Content-Disposition"},
    {"ContentEncoding", &aws::kString, false, kExact, {}, In::Header, "Content-Encoding"},
    {"ContentLanguage", &aws::kString, false, kExact, {}, In::Header, "Content-Language"},
    {"ContentType", &aws::kString, false, kExact, {}, In::Header, "Content-Type"},
    {"CopySource", &aws::kString, true, kExact, {}, In::Header, "x-amz-copy-source"},
    {"CopySourceIfMatch", &aws::kString, false, kExact, {}, In::Header, "x-amz-copy-source-if-match"},
    {"CopySourceIfModifiedSince", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-copy-source-if-modified-since"},
    {"CopySourceIfNoneMatch", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-copy-source-if-none-match"},
    {"CopySourceIfUnmodifiedSince", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-copy-source-if-unmodified-since"},
    {"Expires", &aws::kString, false, kExact, {}, In::Header},
    {"GrantFullControl", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-full-control"},
    {"GrantRead", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-read"},
    {"GrantReadACP", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-read-acp"},
    {"GrantWriteACP", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-write-acp"},
    {"IfMatch", &aws::kString, false, kExact, {}, In::Header, "If-Match"},
    {"IfNoneMatch", &aws::kString, false, kExact, {}, In::Header, "If-None-Match"},
    {"Metadata", &aws::kStringMap, false, kExact, {}, In::HeaderPrefix, "x-amz-meta-"},
    {"MetadataDirective", &aws::kString, false, kExact, {}, In::Header, "x-amz-metadata-directive"},
    {"TaggingDirective", &aws::kString, false, kNo, {}, In::Header, "x-amz-tagging-directive"},
    {"ServerSideEncryption", &aws::kString, false, kSimple, kEncryptionNote, In::Header,
        "x-amz-server-side-encryption"},
    {"StorageClass", &aws::kString, false, kSimple, kClassNote, In::Header, "x-amz-storage-class"},
    {"WebsiteRedirectLocation", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-website-redirect-location"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
    {"SSEKMSKeyId", &aws::kString, false, kNo, {}, In::Header, "x-amz-server-side-encryption-aws-kms-key-id"},
    {"SSEKMSEncryptionContext", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-context"},
    {"BucketKeyEnabled", &aws::kBoolean, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-bucket-key-enabled"},
    {"CopySourceSSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-copy-source-server-side-encryption-customer-algorithm"},
    {"CopySourceSSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-copy-source-server-side-encryption-customer-key"},
    {"CopySourceSSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-copy-source-server-side-encryption-customer-key-MD5"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"Tagging", &aws::kString, false, kNo, {}, In::Header, "x-amz-tagging"},
    {"ObjectLockMode", &aws::kString, false, kNo, {}, In::Header, "x-amz-object-lock-mode"},
    {"ObjectLockRetainUntilDate", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-object-lock-retain-until-date"},
    {"ObjectLockLegalHoldStatus", &aws::kString, false, kNo, {}, In::Header, "x-amz-object-lock-legal-hold"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"ExpectedSourceBucketOwner", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-source-expected-bucket-owner"},
};
constexpr Member kCreateMultipartUploadMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"ACL", &aws::kString, false, kExact, {}, In::Header, "x-amz-acl"},
    {"CacheControl", &aws::kString, false, kExact, {}, In::Header, "Cache-Control"},
    {"ContentDisposition", &aws::kString, false, kExact, {}, In::Header, "Content-Disposition"},
    {"ContentEncoding", &aws::kString, false, kExact, {}, In::Header, "Content-Encoding"},
    {"ContentLanguage", &aws::kString, false, kExact, {}, In::Header, "Content-Language"},
    {"ContentType", &aws::kString, false, kExact, {}, In::Header, "Content-Type"},
    {"Expires", &aws::kString, false, kExact, {}, In::Header},
    {"GrantFullControl", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-full-control"},
    {"GrantRead", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-read"},
    {"GrantReadACP", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-read-acp"},
    {"GrantWriteACP", &aws::kString, false, kNo, {}, In::Header, "x-amz-grant-write-acp"},
    {"Metadata", &aws::kStringMap, false, kExact, {}, In::HeaderPrefix, "x-amz-meta-"},
    {"ServerSideEncryption", &aws::kString, false, kSimple, kEncryptionNote, In::Header,
        "x-amz-server-side-encryption"},
    {"StorageClass", &aws::kString, false, kSimple, kClassNote, In::Header, "x-amz-storage-class"},
    {"WebsiteRedirectLocation", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-website-redirect-location"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
    {"SSEKMSKeyId", &aws::kString, false, kNo, {}, In::Header, "x-amz-server-side-encryption-aws-kms-key-id"},
    {"SSEKMSEncryptionContext", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-context"},
    {"BucketKeyEnabled", &aws::kBoolean, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-bucket-key-enabled"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"Tagging", &aws::kString, false, kNo, {}, In::Header, "x-amz-tagging"},
    {"ObjectLockMode", &aws::kString, false, kNo, {}, In::Header, "x-amz-object-lock-mode"},
    {"ObjectLockRetainUntilDate", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-object-lock-retain-until-date"},
    {"ObjectLockLegalHoldStatus", &aws::kString, false, kNo, {}, In::Header, "x-amz-object-lock-legal-hold"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"ChecksumAlgorithm", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-algorithm"},
    {"ChecksumType", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-type"},
};
constexpr Member kUploadPartMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"Body", &aws::kBlob, false, kExact, {}, In::Payload},
    {"ContentLength", &aws::kLong, false, kExact, {}, In::Header, "Content-Length"},
    {"ContentMD5", &aws::kString, false, kExact, {}, In::Header, "Content-MD5"},
    {"ChecksumAlgorithm", &aws::kString, false, kExact, {}, In::Header, "x-amz-sdk-checksum-algorithm"},
    {"ChecksumCRC32", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc32"},
    {"ChecksumCRC32C", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc32c"},
    {"ChecksumCRC64NVME", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc64nvme"},
    {"ChecksumSHA1", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-sha1"},
    {"ChecksumSHA256", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-sha256"},
    {"ChecksumSHA512", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-sha512"},
    {"ChecksumMD5", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-md5"},
    {"ChecksumXXHASH64", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash64"},
    {"ChecksumXXHASH3", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash3"},
    {"ChecksumXXHASH128", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash128"},
    {"PartNumber", &aws::kInteger, true, kExact, {}, In::Query, "partNumber"},
    {"UploadId", &aws::kString, true, kExact, {}, In::Query, "uploadId"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
};
constexpr Member kUploadPartCopyMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"CopySource", &aws::kString, true, kExact, {}, In::Header, "x-amz-copy-source"},
    {"CopySourceIfMatch", &aws::kString, false, kExact, {}, In::Header, "x-amz-copy-source-if-match"},
    {"CopySourceIfModifiedSince", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-copy-source-if-modified-since"},
    {"CopySourceIfNoneMatch", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-copy-source-if-none-match"},
    {"CopySourceIfUnmodifiedSince", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-copy-source-if-unmodified-since"},
    {"CopySourceRange", &aws::kString, false, kExact, {}, In::Header, "x-amz-copy-source-range"},
    {"PartNumber", &aws::kInteger, true, kExact, {}, In::Query, "partNumber"},
    {"UploadId", &aws::kString, true, kExact, {}, In::Query, "uploadId"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
    {"CopySourceSSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-copy-source-server-side-encryption-customer-algorithm"},
    {"CopySourceSSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-copy-source-server-side-encryption-customer-key"},
    {"CopySourceSSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-copy-source-server-side-encryption-customer-key-MD5"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"ExpectedSourceBucketOwner", &aws::kString, false, kExact, {}, In::Header,
        "x-amz-source-expected-bucket-owner"},
};
constexpr Member kCompleteMultipartUploadMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"MultipartUpload", &kCompletedUpload, false, kExact, {}, In::Payload, "CompleteMultipartUpload"},
    {"UploadId", &aws::kString, true, kExact, {}, In::Query, "uploadId"},
    {"ChecksumCRC32", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc32"},
    {"ChecksumCRC32C", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc32c"},
    {"ChecksumCRC64NVME", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-crc64nvme"},
    {"ChecksumSHA1", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-sha1"},
    {"ChecksumSHA256", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-sha256"},
    {"ChecksumSHA512", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-sha512"},
    {"ChecksumMD5", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-md5"},
    {"ChecksumXXHASH64", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash64"},
    {"ChecksumXXHASH3", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash3"},
    {"ChecksumXXHASH128", &aws::kString, false, kNo, {}, In::Header, "x-amz-checksum-xxhash128"},
    {"ChecksumType", &aws::kString, false, kExact, {}, In::Header, "x-amz-checksum-type"},
    {"MpuObjectSize", &aws::kLong, false, kExact, {}, In::Header, "x-amz-mp-object-size"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"IfMatch", &aws::kString, false, kExact, {}, In::Header, "If-Match"},
    {"IfNoneMatch", &aws::kString, false, kExact, {}, In::Header, "If-None-Match"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
};
constexpr Member kAbortMultipartUploadMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"UploadId", &aws::kString, true, kExact, {}, In::Query, "uploadId"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"IfMatchInitiatedTime", &aws::kString, false, kNo, {}, In::Header, "x-amz-if-match-initiated-time"},
};
constexpr Member kListPartsMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Key", &aws::kString, true, kExact, {}, In::Path},
    {"MaxParts", &aws::kInteger, false, kExact, {}, In::Query, "max-parts"},
    {"PartNumberMarker", &aws::kInteger, false, kExact, {}, In::Query, "part-number-marker"},
    {"UploadId", &aws::kString, true, kExact, {}, In::Query, "uploadId"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"SSECustomerAlgorithm", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-algorithm"},
    {"SSECustomerKey", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key"},
    {"SSECustomerKeyMD5", &aws::kString, false, kNo, {}, In::Header,
        "x-amz-server-side-encryption-customer-key-MD5"},
};
constexpr Member kListMultipartUploadsMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"Delimiter", &aws::kString, false, kExact, {}, In::Query, "delimiter"},
    {"EncodingType", &aws::kString, false, kExact, {}, In::Query, "encoding-type"},
    {"KeyMarker", &aws::kString, false, kExact, {}, In::Query, "key-marker"},
    {"MaxUploads", &aws::kInteger, false, kExact, {}, In::Query, "max-uploads"},
    {"Prefix", &aws::kString, false, kExact, {}, In::Query, "prefix"},
    {"UploadIdMarker", &aws::kString, false, kExact, {}, In::Query, "upload-id-marker"},
    {"ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"},
    {"RequestPayer", &aws::kString, false, kSimple, kNoOnePays, In::Header, "x-amz-request-payer"},
};

}

const Shape kCreateBucket{.members = kCreateBucketMembers};
const Shape kListBuckets{.members = kListBucketsMembers};
const Shape kHeadBucket{.members = kHeadBucketMembers};
const Shape kDeleteBucket{.members = kDeleteBucketMembers};
const Shape kGetBucketLocation{.members = kGetBucketLocationMembers};
const Shape kGetBucketVersioning{.members = kGetBucketVersioningMembers};
const Shape kBucketPolicy{.members = kGetBucketVersioningMembers};
const Shape kPutBucketPolicy{.members = kPutBucketPolicyMembers};
const Shape kPutObject{.members = kPutObjectMembers};
const Shape kGetObject{.members = kGetObjectMembers};
const Shape kGetObjectTagging{.members = kGetObjectTaggingMembers};
const Shape kHeadObject{.members = kHeadObjectMembers};
const Shape kDeleteObject{.members = kDeleteObjectMembers};
const Shape kDeleteObjects{.members = kDeleteObjectsMembers};
const Shape kListObjectsV2{.members = kListObjectsV2Members};
const Shape kListObjects{.members = kListObjectsMembers};
const Shape kCopyObject{.members = kCopyObjectMembers};
const Shape kCreateMultipartUpload{.members = kCreateMultipartUploadMembers};
const Shape kUploadPart{.members = kUploadPartMembers};
const Shape kUploadPartCopy{.members = kUploadPartCopyMembers};
const Shape kCompleteMultipartUpload{.members = kCompleteMultipartUploadMembers};
const Shape kAbortMultipartUpload{.members = kAbortMultipartUploadMembers};
const Shape kListParts{.members = kListPartsMembers};
const Shape kListMultipartUploads{.members = kListMultipartUploadsMembers};

}
