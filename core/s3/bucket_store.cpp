#include "core/s3/bucket_store.h"

#include "core/base/text.h"
#include "core/s3/errors.h"
#include "core/s3/notification.h"

#include <algorithm>

namespace core::s3 {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

bool isAddress(std::string_view name)
{
    const auto parts = split(name, '.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    });
}

bool isEmptySpace(store::Reader& reader, std::string_view space)
{
    bool empty = true;
    reader.scan(
        space, store::Range::all(), store::Direction::Forward, [&](std::string_view, std::string_view) {
            empty = false;
            return false;
        });
    return empty;
}

}

std::string objectSpace(std::string_view bucket)
{
    return "s3/objects/" + std::string(bucket);
}

std::string uploadSpace(std::string_view bucket)
{
    return "s3/uploads/" + std::string(bucket);
}

std::string partSpace(std::string_view bucket)
{
    return "s3/parts/" + std::string(bucket);
}

bool isBucketName(std::string_view name)
{
    if (name.size() < 3 || name.size() > 63 || !std::all_of(name.begin(), name.end(), isNameCharacter))
        return false;
    const auto isEdge = [](char c) { return c != '.' && c != '-'; };
    if (!isEdge(name.front()) || !isEdge(name.back()) || name.find("..") != std::string_view::npos)
        return false;
    for (const std::string_view prefix : {"xn--", "sthree-", "amzn-s3-demo-"}) {
        if (name.starts_with(prefix))
            return false;
    }
    for (const std::string_view suffix : {"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"}) {
        if (name.ends_with(suffix))
            return false;
    }
    return !isAddress(name);
}

BucketStore::BucketStore(store::Store& store, BlobLeases& leases)
    : m_store(store)
    , m_leases(leases)
{
}

Result<BucketRecord> BucketStore::find(std::string_view name) const
{
    const auto text = m_store.get(kBucketSpace, name);
    if (!text)
        return fail(noSuchBucket(name));
    return BucketRecord::parse(*text);
}

bool BucketStore::has(std::string_view name) const
{
    return m_store.get(kBucketSpace, name).has_value();
}

std::vector<NamedBucket> BucketStore::list(
    std::string_view prefix, std::string_view after, std::size_t limit) const
{
    std::vector<NamedBucket> buckets;
    auto range = store::Range::prefix(prefix);
    if (!after.empty())
        range.from = std::max(range.from, std::string(after) + '\0');
    m_store.read()->scan(
        kBucketSpace, range, store::Direction::Forward, [&](std::string_view name, std::string_view text) {
            if (buckets.size() == limit)
                return false;
            buckets.emplace_back(name, BucketRecord::parse(text));
            return true;
        });
    return buckets;
}

Result<bool> BucketStore::create(std::string_view name, const BucketRecord& bucket)
{
    bool made = true;
    CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
        if (const auto text = transaction.get(kBucketSpace, name)) {
            const auto there = BucketRecord::parse(*text);
            if (there.owner != bucket.owner)
                return fail(bucketAlreadyExists(name));
            // "…in all AWS Regions except in the North Virginia Region": the page of CreateBucket's errors.
            if (there.region != "us-east-1" || bucket.region != "us-east-1")
                return fail(bucketAlreadyOwnedByYou(name));
            made = false;
            return {};
        }
        transaction.createKeyspace(kBucketSpace);
        transaction.createKeyspace(kBlobSpace);
        transaction.createKeyspace(objectSpace(name));
        transaction.createKeyspace(uploadSpace(name));
        transaction.createKeyspace(partSpace(name));
        transaction.put(kBucketSpace, name, bucket.text());
        return {};
    }));
    return made;
}

Result<> BucketStore::erase(std::string_view name)
{
    std::vector<std::string> blobs;
    CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
        if (!transaction.get(kBucketSpace, name))
            return fail(noSuchBucket(name));
        if (!isEmptySpace(transaction, objectSpace(name)))
            return fail(bucketNotEmpty(name));
        transaction.scan(partSpace(name), store::Range::all(), store::Direction::Forward,
            [&](std::string_view, std::string_view text) {
                if (auto part = PartRecord::parse(text); !part.blob.empty())
                    blobs.push_back(std::move(part.blob));
                return true;
            });
        for (const auto& blob : blobs)
            transaction.erase(kBlobSpace, blob);
        transaction.dropKeyspace(objectSpace(name));
        transaction.dropKeyspace(uploadSpace(name));
        transaction.dropKeyspace(partSpace(name));
        transaction.erase(kBucketSpace, name);
        transaction.erase(kPolicySpace, name);
        transaction.erase(kNotificationSpace, name);
        return {};
    }));
    m_leases.remove(blobs);
    return {};
}

Result<std::optional<std::string>> BucketStore::policy(std::string_view name) const
{
    return document(kPolicySpace, name);
}

Result<> BucketStore::setPolicy(std::string_view name, std::string_view document)
{
    return setDocument(kPolicySpace, name, document);
}

Result<std::optional<std::string>> BucketStore::notifications(std::string_view name) const
{
    return document(kNotificationSpace, name);
}

Result<> BucketStore::setNotifications(std::string_view name, std::string_view text)
{
    return setDocument(kNotificationSpace, name, text);
}

Result<std::optional<std::string>> BucketStore::document(std::string_view space, std::string_view name) const
{
    CORE_CHECK(find(name));
    return m_store.get(space, name);
}

Result<> BucketStore::setDocument(std::string_view space, std::string_view name, std::string_view document)
{
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        if (!transaction.get(kBucketSpace, name))
            return fail(noSuchBucket(name));
        transaction.createKeyspace(space);
        if (document.empty())
            transaction.erase(space, name);
        else
            transaction.put(space, name, document);
        return {};
    });
}

}
