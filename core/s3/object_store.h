#pragma once

#include "core/base/result.h"
#include "core/s3/blob_leases.h"
#include "core/s3/list_objects.h"
#include "core/s3/records.h"
#include "core/store/store.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace core::s3 {

// An object whose files stay until the lease ends.
struct OpenObject {
    ObjectRecord record;
    BlobLeases::Lease lease;
};

struct WriteConditions {
    std::string ifMatch; // "" when absent
    std::string ifNoneMatch;
};

// The objects of all buckets: their records in the store, their bodies as blobs. Any thread; changes wait
// until they are durable, and only then remove the files that nothing names any more.
class ObjectStore {
public:
    ObjectStore(store::Store& store, BlobLeases& leases);

    // Errors: NoSuchBucket, NoSuchKey.
    Result<ObjectRecord> find(std::string_view bucket, std::string_view key) const;
    Result<OpenObject> open(std::string_view bucket, std::string_view key);
    // Replaces what is there. When it fails the files of `record` are removed. Errors: NoSuchBucket and those
    // of checkWrite().
    // `also` is done in the same transaction.
    using Also = std::function<void(store::Transaction&, const ObjectRecord&)>;
    Result<> put(std::string_view bucket, std::string_view key, const ObjectRecord& record,
        const WriteConditions& conditions = {}, const Also& also = {});
    // True when there was such an object. Errors: NoSuchBucket, PreconditionFailed.
    Result<bool> erase(
        std::string_view bucket, std::string_view key, std::string_view ifMatch = {}, const Also& also = {});
    // Error: NoSuchBucket. The values of the entries are ObjectRecords.
    Result<ListPage> list(std::string_view bucket, const ListQuery& query) const;

    // Steps of a change, for those who change more than one thing at once. replace() gives the blobs that
    // became unused.
    static Result<std::vector<std::string>> replace(store::Transaction& transaction, std::string_view bucket,
        std::string_view key, const ObjectRecord& record, const WriteConditions& conditions);

private:
    store::Store& m_store;
    BlobLeases& m_leases;
};

}
