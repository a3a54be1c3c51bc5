#pragma once

#include "core/base/result.h"
#include "core/s3/blob_leases.h"
#include "core/s3/list_objects.h"
#include "core/s3/object_store.h"
#include "core/s3/records.h"
#include "core/store/store.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::s3 {

struct UploadName {
    std::string_view bucket;
    std::string_view key;
    std::string_view id;
};

struct PartPage {
    UploadRecord upload;
    std::vector<PartRecord> parts; // in order
    bool truncated = false;
};

// The multipart uploads that are under way, with their parts. Any thread; changes wait until they are
// durable. Every member that names an upload fails with NoSuchUpload (or NoSuchBucket) when it is not under
// way.
class UploadStore {
public:
    UploadStore(store::Store& store, BlobLeases& leases);

    // Ids grow with time, so that the uploads of one key list in the order of their beginning.
    static std::string newId(Micros now);

    Result<> create(std::string_view bucket, const UploadRecord& upload);
    Result<UploadRecord> find(const UploadName& name) const;
    // Replaces a part of the same number. When it fails the part's file is removed.
    Result<> putPart(const UploadName& name, const PartRecord& part);
    // Parts with a number beyond `after`.
    Result<PartPage> parts(const UploadName& name, int after, std::size_t limit) const;
    Result<> abort(const UploadName& name);

    // Turns the upload into an object: `assemble` sees the upload and all its parts and makes the record,
    // whose segments name the parts that it takes; files of other parts are removed.
    using Assemble = std::function<Result<ObjectRecord>(const UploadRecord&, const std::vector<PartRecord>&)>;
    Result<ObjectRecord> complete(const UploadName& name, const WriteConditions& conditions,
        const Assemble& assemble, const ObjectStore::Also& also = {});

    // Uploads in the order of key and beginning, after ListMultipartUploads's markers. Entries' keys are
    // those of the objects.
    Result<ListPage> list(std::string_view bucket, ListQuery query, std::string_view idMarker) const;

private:
    store::Store& m_store;
    BlobLeases& m_leases;
};

}
