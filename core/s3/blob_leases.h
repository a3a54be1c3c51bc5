#pragma once

#include "core/store/blob_store.h"

#include <memory>
#include <string>
#include <vector>

namespace core::s3 {

// Keeps the files of a body from being removed while a response still reads them, as S3 sends the object that
// it began with even when it is replaced meanwhile. Any thread; leases may outlive this object, not the blob
// store.
class BlobLeases {
public:
    explicit BlobLeases(store::BlobStore& blobs);

    using Lease = std::shared_ptr<const void>;
    [[nodiscard]] Lease hold(std::vector<std::string> ids);
    // Removes each file now, or when its last lease ends.
    void remove(const std::vector<std::string>& ids);

    struct State;

private:
    std::shared_ptr<State> m_state;
};

}
