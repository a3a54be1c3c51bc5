#include "core/s3/upload_store.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/s3/bucket_store.h"
#include "core/s3/errors.h"

#include <algorithm>
#include <cstdio>

namespace core::s3 {

namespace {

std::string uploadKey(std::string_view key, std::string_view id)
{
    std::string row(key);
    row += '\0';
    row += id;
    return row;
}

std::string partKey(std::string_view id, int number)
{
    char digits[16];
    std::snprintf(digits, sizeof digits, "%05d", number);
    std::string row(id);
    row += '\0';
    row += digits;
    return row;
}

store::Range partRange(std::string_view id)
{
    std::string prefix(id);
    prefix += '\0';
    return store::Range::prefix(prefix);
}

Result<UploadRecord> findIn(store::Reader& reader, const UploadName& name)
{
    const auto text = reader.get(uploadSpace(name.bucket), uploadKey(name.key, name.id));
    if (!text)
        return fail(
            reader.get(kBucketSpace, name.bucket) ? noSuchUpload(name.id) : noSuchBucket(name.bucket));
    return UploadRecord::parse(*text);
}

std::vector<PartRecord> partsIn(store::Reader& reader, const UploadName& name)
{
    std::vector<PartRecord> parts;
    reader.scan(partSpace(name.bucket), partRange(name.id), store::Direction::Forward,
        [&](std::string_view, std::string_view text) {
            parts.push_back(PartRecord::parse(text));
            return true;
        });
    return parts;
}

void eraseUpload(
    store::Transaction& transaction, const UploadName& name, const std::vector<PartRecord>& parts)
{
    transaction.erase(uploadSpace(name.bucket), uploadKey(name.key, name.id));
    for (const auto& part : parts)
        transaction.erase(partSpace(name.bucket), partKey(name.id, part.number));
}

}

UploadStore::UploadStore(store::Store& store, BlobLeases& leases)
    : m_store(store)
    , m_leases(leases)
{
}

std::string UploadStore::newId(Micros now)
{
    char digits[24];
    std::snprintf(digits, sizeof digits, "%014llx", static_cast<unsigned long long>(now));
    return digits + hex(randomBytes(24));
}

Result<> UploadStore::create(std::string_view bucket, const UploadRecord& upload)
{
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        if (!transaction.get(kBucketSpace, bucket))
            return fail(noSuchBucket(bucket));
        transaction.put(uploadSpace(bucket), uploadKey(upload.key, upload.id), upload.text());
        return {};
    });
}

Result<UploadRecord> UploadStore::find(const UploadName& name) const
{
    return findIn(*m_store.read(), name);
}

Result<> UploadStore::putPart(const UploadName& name, const PartRecord& part)
{
    std::vector<std::string> unused;
    auto committed = m_store.commit([&](store::Transaction& transaction) -> Result<> {
        CORE_CHECK(findIn(transaction, name));
        const auto space = partSpace(name.bucket);
        const auto row = partKey(name.id, part.number);
        if (const auto text = transaction.get(space, row)) {
            if (auto before = PartRecord::parse(*text); !before.blob.empty()) {
                transaction.erase(kBlobSpace, before.blob);
                unused.push_back(std::move(before.blob));
            }
        }
        if (!part.blob.empty())
            transaction.put(kBlobSpace, part.blob, std::string(name.bucket) + '/' + std::string(name.key));
        transaction.put(space, row, part.text());
        return {};
    });
    if (!committed)
        unused = part.blob.empty() ? std::vector<std::string>() : std::vector{part.blob};
    m_leases.remove(unused);
    return committed;
}

Result<PartPage> UploadStore::parts(const UploadName& name, int after, std::size_t limit) const
{
    const auto reader = m_store.read();
    PartPage page;
    CORE_TRY(page.upload, findIn(*reader, name));
    auto range = partRange(name.id);
    range.from = std::max(range.from, partKey(name.id, after) + '\0');
    reader->scan(partSpace(name.bucket), range, store::Direction::Forward,
        [&](std::string_view, std::string_view text) {
            if (page.parts.size() == limit) {
                page.truncated = true;
                return false;
            }
            page.parts.push_back(PartRecord::parse(text));
            return true;
        });
    return page;
}

Result<> UploadStore::abort(const UploadName& name)
{
    std::vector<std::string> unused;
    const auto committed = m_store.commit([&](store::Transaction& transaction) -> Result<> {
        CORE_CHECK(findIn(transaction, name));
        const auto parts = partsIn(transaction, name);
        eraseUpload(transaction, name, parts);
        for (const auto& part : parts) {
            if (!part.blob.empty()) {
                transaction.erase(kBlobSpace, part.blob);
                unused.push_back(part.blob);
            }
        }
        return {};
    });
    CORE_CHECK(committed);
    m_leases.remove(unused);
    return {};
}

Result<ObjectRecord> UploadStore::complete(const UploadName& name, const WriteConditions& conditions,
    const Assemble& assemble, const ObjectStore::Also& also)
{
    std::vector<std::string> unused;
    ObjectRecord record;
    const auto committed = m_store.commit([&](store::Transaction& transaction) -> Result<> {
        CORE_TRY(const auto upload, findIn(transaction, name));
        const auto parts = partsIn(transaction, name);
        CORE_TRY(record, assemble(upload, parts));
        CORE_TRY(unused, ObjectStore::replace(transaction, name.bucket, name.key, record, conditions));
        auto taken = record.blobs();
        std::sort(taken.begin(), taken.end());
        for (const auto& part : parts) {
            if (!part.blob.empty() && !std::binary_search(taken.begin(), taken.end(), part.blob)) {
                transaction.erase(kBlobSpace, part.blob);
                unused.push_back(part.blob);
            }
        }
        eraseUpload(transaction, name, parts);
        if (also)
            also(transaction, record);
        return {};
    });
    CORE_CHECK(committed);
    m_leases.remove(unused);
    return record;
}

Result<ListPage> UploadStore::list(std::string_view bucket, ListQuery query, std::string_view idMarker) const
{
    const auto reader = m_store.read();
    if (!reader->get(kBucketSpace, bucket))
        return fail(noSuchBucket(bucket));
    // Rows are key NUL id. Without an id marker all uploads of the marker's key are passed over.
    if (!query.after.empty())
        query.after = uploadKey(query.after, idMarker.empty() ? std::string_view("\xff") : idMarker);
    const auto space = uploadSpace(bucket);
    auto page = listKeys(
        [&](const store::Range& range, const store::Visitor& visit) {
            reader->scan(space, range, store::Direction::Forward, visit);
        },
        query);
    for (auto& entry : page.entries) {
        if (!entry.isGroup)
            entry.key.resize(entry.key.rfind('\0'));
    }
    return page;
}

}
