#pragma once

#include "core/base/result.h"
#include "core/s3/blob_leases.h"
#include "core/s3/records.h"
#include "core/store/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::s3 {

// Keyspaces of the store: buckets by name; objects by key, uploads and parts a bucket; and who uses a blob.
inline constexpr std::string_view kBucketSpace = "s3/buckets";
inline constexpr std::string_view kBlobSpace = "s3/blobs";
inline constexpr std::string_view kPolicySpace = "s3/policies"; // policy documents by bucket
std::string objectSpace(std::string_view bucket);
std::string uploadSpace(std::string_view bucket);
std::string partSpace(std::string_view bucket);

// The rules of general purpose bucket names: 3–63 of a–z 0–9 . -, no address, no reserved prefix or suffix.
bool isBucketName(std::string_view name);

using NamedBucket = std::pair<std::string, BucketRecord>;

// The buckets of the chamber. Any thread; changes wait until they are durable.
class BucketStore {
public:
    BucketStore(store::Store& store, BlobLeases& leases);

    // Error: NoSuchBucket.
    Result<BucketRecord> find(std::string_view name) const;
    bool has(std::string_view name) const;
    // In name order, those that begin with `prefix`, beyond `after`.
    std::vector<NamedBucket> list(std::string_view prefix, std::string_view after, std::size_t limit) const;
    // Makes the bucket; gives false when the same owner made it before in us-east-1, which is no error there.
    // Errors: BucketAlreadyOwnedByYou, BucketAlreadyExists.
    Result<bool> create(std::string_view name, const BucketRecord& bucket);
    // Ends its unfinished uploads too. Errors: NoSuchBucket, BucketNotEmpty.
    Result<> erase(std::string_view name);
    // The policy document as it was given; nothing when there is none. Error: NoSuchBucket.
    Result<std::optional<std::string>> policy(std::string_view name) const;
    // An empty document removes the policy. Error: NoSuchBucket.
    Result<> setPolicy(std::string_view name, std::string_view document);
    // The same of the bucket's NotificationConfig.
    Result<std::optional<std::string>> notifications(std::string_view name) const;
    Result<> setNotifications(std::string_view name, std::string_view text);

private:
    Result<std::optional<std::string>> document(std::string_view space, std::string_view name) const;
    Result<> setDocument(std::string_view space, std::string_view name, std::string_view document);

    store::Store& m_store;
    BlobLeases& m_leases;
};

}
