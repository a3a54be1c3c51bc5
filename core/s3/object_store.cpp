#include "core/s3/object_store.h"

#include "core/s3/bucket_store.h"
#include "core/s3/conditions.h"
#include "core/s3/errors.h"

#include <algorithm>

namespace core::s3 {

ObjectStore::ObjectStore(store::Store& store, BlobLeases& leases)
    : m_store(store)
    , m_leases(leases)
{
}

Result<ObjectRecord> ObjectStore::find(std::string_view bucket, std::string_view key) const
{
    const auto text = m_store.get(objectSpace(bucket), key);
    if (!text)
        return fail(m_store.get(kBucketSpace, bucket) ? noSuchKey(key) : noSuchBucket(bucket));
    return ObjectRecord::parse(*text);
}

Result<OpenObject> ObjectStore::open(std::string_view bucket, std::string_view key)
{
    const auto space = objectSpace(bucket);
    auto text = m_store.get(space, key);
    while (text) {
        OpenObject object{ObjectRecord::parse(*text), {}};
        object.lease = m_leases.hold(object.record.blobs());
        // Between the read and the lease the object may have been replaced, and its files removed.
        auto now = m_store.get(space, key);
        if (now == text)
            return object;
        text = std::move(now);
    }
    return fail(m_store.get(kBucketSpace, bucket) ? noSuchKey(key) : noSuchBucket(bucket));
}

Result<std::vector<std::string>> ObjectStore::replace(store::Transaction& transaction,
    std::string_view bucket, std::string_view key, const ObjectRecord& record,
    const WriteConditions& conditions)
{
    if (!transaction.get(kBucketSpace, bucket))
        return fail(noSuchBucket(bucket));
    const auto space = objectSpace(bucket);
    std::optional<ObjectRecord> before;
    if (const auto text = transaction.get(space, key))
        before = ObjectRecord::parse(*text);
    CORE_CHECK(checkWrite(conditions.ifMatch, conditions.ifNoneMatch,
        before ? std::optional(before->etag) : std::nullopt, key));
    std::vector<std::string> unused = before ? before->blobs() : std::vector<std::string>();
    for (const auto& blob : unused)
        transaction.erase(kBlobSpace, blob);
    for (const auto& blob : record.blobs())
        transaction.put(kBlobSpace, blob, std::string(bucket) + '/' + std::string(key));
    transaction.put(space, key, record.text());
    return unused;
}

Result<> ObjectStore::put(std::string_view bucket, std::string_view key, const ObjectRecord& record,
    const WriteConditions& conditions, const Also& also)
{
    std::vector<std::string> unused;
    auto committed = m_store.commit([&](store::Transaction& transaction) -> Result<> {
        CORE_TRY(unused, replace(transaction, bucket, key, record, conditions));
        if (also)
            also(transaction, record);
        return {};
    });
    m_leases.remove(committed ? unused : record.blobs());
    return committed;
}

Result<bool> ObjectStore::erase(
    std::string_view bucket, std::string_view key, std::string_view ifMatch, const Also& also)
{
    std::vector<std::string> unused;
    bool found = false;
    CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
        if (!transaction.get(kBucketSpace, bucket))
            return fail(noSuchBucket(bucket));
        const auto text = transaction.get(objectSpace(bucket), key);
        if (!text)
            return {};
        const auto record = ObjectRecord::parse(*text);
        if (!ifMatch.empty() && !matchesEtag(ifMatch, record.etag))
            return fail(preconditionFailed("If-Match"));
        unused = record.blobs();
        for (const auto& blob : unused)
            transaction.erase(kBlobSpace, blob);
        found = transaction.erase(objectSpace(bucket), key);
        if (also)
            also(transaction, record);
        return {};
    }));
    m_leases.remove(unused);
    return found;
}

Result<ListPage> ObjectStore::list(std::string_view bucket, const ListQuery& query) const
{
    const auto reader = m_store.read();
    if (!reader->get(kBucketSpace, bucket))
        return fail(noSuchBucket(bucket));
    const auto space = objectSpace(bucket);
    return listKeys(
        [&](const store::Range& range, const store::Visitor& visit) {
            reader->scan(space, range, store::Direction::Forward, visit);
        },
        query);
}

}
