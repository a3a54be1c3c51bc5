#include "core/s3/actions.h"

namespace core::s3 {

namespace {

using Row = aws::ActionRow<S3Service>;

// Named with its sub-resource.
constexpr Row absent(std::string_view name, std::string_view method, std::string_view uri)
{
    const auto query = uri.find('?');
    const auto note = query == std::string_view::npos ? std::string_view() : uri.substr(query);
    return aws::absentAction<S3Service>(name, note, method, uri);
}

// Names and addresses after AWS's model of S3. Of two that share an address (an action and its deprecated
// form, buckets and directory buckets) only one can be here.
const Row kAbsent[] = {
    absent("CreateBucketMetadataConfiguration", "POST", "/{Bucket}?metadataConfiguration"),
    absent("CreateBucketMetadataTableConfiguration", "POST", "/{Bucket}?metadataTable"),
    absent("CreateSession", "GET", "/{Bucket}?session"),
    absent("DeleteBucketAnalyticsConfiguration", "DELETE", "/{Bucket}?analytics&id"),
    absent("DeleteBucketCors", "DELETE", "/{Bucket}?cors"),
    absent("DeleteBucketEncryption", "DELETE", "/{Bucket}?encryption"),
    absent("DeleteBucketIntelligentTieringConfiguration", "DELETE", "/{Bucket}?intelligent-tiering&id"),
    absent("DeleteBucketInventoryConfiguration", "DELETE", "/{Bucket}?inventory&id"),
    absent("DeleteBucketLifecycle", "DELETE", "/{Bucket}?lifecycle"),
    absent("DeleteBucketMetadataConfiguration", "DELETE", "/{Bucket}?metadataConfiguration"),
    absent("DeleteBucketMetadataTableConfiguration", "DELETE", "/{Bucket}?metadataTable"),
    absent("DeleteBucketMetricsConfiguration", "DELETE", "/{Bucket}?metrics&id"),
    absent("DeleteBucketOwnershipControls", "DELETE", "/{Bucket}?ownershipControls"),
    absent("DeleteBucketReplication", "DELETE", "/{Bucket}?replication"),
    absent("DeleteBucketTagging", "DELETE", "/{Bucket}?tagging"),
    absent("DeleteBucketWebsite", "DELETE", "/{Bucket}?website"),
    absent("DeleteObjectTagging", "DELETE", "/{Bucket}/{Key+}?tagging"),
    absent("DeletePublicAccessBlock", "DELETE", "/{Bucket}?publicAccessBlock"),
    absent("GetBucketAbac", "GET", "/{Bucket}?abac"),
    absent("GetBucketAccelerateConfiguration", "GET", "/{Bucket}?accelerate"),
    absent("GetBucketAcl", "GET", "/{Bucket}?acl"),
    absent("GetBucketAnalyticsConfiguration", "GET", "/{Bucket}?analytics&id"),
    absent("GetBucketCors", "GET", "/{Bucket}?cors"),
    absent("GetBucketEncryption", "GET", "/{Bucket}?encryption"),
    absent("GetBucketIntelligentTieringConfiguration", "GET", "/{Bucket}?intelligent-tiering&id"),
    absent("GetBucketInventoryConfiguration", "GET", "/{Bucket}?inventory&id"),
    absent("GetBucketLifecycleConfiguration", "GET", "/{Bucket}?lifecycle"),
    absent("GetBucketLogging", "GET", "/{Bucket}?logging"),
    absent("GetBucketMetadataConfiguration", "GET", "/{Bucket}?metadataConfiguration"),
    absent("GetBucketMetadataTableConfiguration", "GET", "/{Bucket}?metadataTable"),
    absent("GetBucketMetricsConfiguration", "GET", "/{Bucket}?metrics&id"),
    absent("GetBucketOwnershipControls", "GET", "/{Bucket}?ownershipControls"),
    absent("GetBucketPolicyStatus", "GET", "/{Bucket}?policyStatus"),
    absent("GetBucketReplication", "GET", "/{Bucket}?replication"),
    absent("GetBucketRequestPayment", "GET", "/{Bucket}?requestPayment"),
    absent("GetBucketTagging", "GET", "/{Bucket}?tagging"),
    absent("GetBucketWebsite", "GET", "/{Bucket}?website"),
    absent("GetObjectAcl", "GET", "/{Bucket}/{Key+}?acl"),
    absent("GetObjectAttributes", "GET", "/{Bucket}/{Key+}?attributes"),
    absent("GetObjectLegalHold", "GET", "/{Bucket}/{Key+}?legal-hold"),
    absent("GetObjectLockConfiguration", "GET", "/{Bucket}?object-lock"),
    absent("GetObjectRetention", "GET", "/{Bucket}/{Key+}?retention"),
    absent("GetObjectTorrent", "GET", "/{Bucket}/{Key+}?torrent"),
    absent("GetPublicAccessBlock", "GET", "/{Bucket}?publicAccessBlock"),
    absent("ListBucketAnalyticsConfigurations", "GET", "/{Bucket}?analytics"),
    absent("ListBucketIntelligentTieringConfigurations", "GET", "/{Bucket}?intelligent-tiering"),
    absent("ListBucketInventoryConfigurations", "GET", "/{Bucket}?inventory"),
    absent("ListBucketMetricsConfigurations", "GET", "/{Bucket}?metrics"),
    absent("ListObjectVersions", "GET", "/{Bucket}?versions"),
    absent("PutBucketAbac", "PUT", "/{Bucket}?abac"),
    absent("PutBucketAccelerateConfiguration", "PUT", "/{Bucket}?accelerate"),
    absent("PutBucketAcl", "PUT", "/{Bucket}?acl"),
    absent("PutBucketAnalyticsConfiguration", "PUT", "/{Bucket}?analytics&id"),
    absent("PutBucketCors", "PUT", "/{Bucket}?cors"),
    absent("PutBucketEncryption", "PUT", "/{Bucket}?encryption"),
    absent("PutBucketIntelligentTieringConfiguration", "PUT", "/{Bucket}?intelligent-tiering&id"),
    absent("PutBucketInventoryConfiguration", "PUT", "/{Bucket}?inventory&id"),
    absent("PutBucketLifecycleConfiguration", "PUT", "/{Bucket}?lifecycle"),
    absent("PutBucketLogging", "PUT", "/{Bucket}?logging"),
    absent("PutBucketMetricsConfiguration", "PUT", "/{Bucket}?metrics&id"),
    absent("PutBucketOwnershipControls", "PUT", "/{Bucket}?ownershipControls"),
    absent("PutBucketReplication", "PUT", "/{Bucket}?replication"),
    absent("PutBucketRequestPayment", "PUT", "/{Bucket}?requestPayment"),
    absent("PutBucketTagging", "PUT", "/{Bucket}?tagging"),
    absent("PutBucketVersioning", "PUT", "/{Bucket}?versioning"),
    absent("PutBucketWebsite", "PUT", "/{Bucket}?website"),
    absent("PutObjectAcl", "PUT", "/{Bucket}/{Key+}?acl"),
    absent("PutObjectLegalHold", "PUT", "/{Bucket}/{Key+}?legal-hold"),
    absent("PutObjectLockConfiguration", "PUT", "/{Bucket}?object-lock"),
    absent("PutObjectRetention", "PUT", "/{Bucket}/{Key+}?retention"),
    absent("PutObjectTagging", "PUT", "/{Bucket}/{Key+}?tagging"),
    absent("PutPublicAccessBlock", "PUT", "/{Bucket}?publicAccessBlock"),
    absent("RenameObject", "PUT", "/{Bucket}/{Key+}?renameObject"),
    absent("RestoreObject", "POST", "/{Bucket}/{Key+}?restore"),
    absent("SelectObjectContent", "POST", "/{Bucket}/{Key+}?select&select-type=2"),
    absent("UpdateBucketMetadataInventoryTableConfiguration", "PUT", "/{Bucket}?metadataInventoryTable"),
    absent("UpdateBucketMetadataJournalTableConfiguration", "PUT", "/{Bucket}?metadataJournalTable"),
    absent("UpdateObjectEncryption", "PUT", "/{Bucket}/{Key+}?encryption"),
    absent("WriteGetObjectResponse", "POST", "/WriteGetObjectResponse"),
    absent("PostObject", "POST", "/{Bucket}"),
};

}

std::span<const Row> absentActions()
{
    return kAbsent;
}

}
