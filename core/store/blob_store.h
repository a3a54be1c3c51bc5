#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace core::store {

// A body being written under a temporary name. Dropped without keep(), the file goes away. One thread at a
// time.
class BlobWriter {
public:
    virtual ~BlobWriter() = default;
    virtual Result<> write(std::string_view bytes) = 0;
    // Syncs and renames; returns the blob's id, to be committed to the store by the caller.
    virtual Result<std::string> keep() = 0;
    virtual std::uint64_t size() const = 0;
};

// Bodies as files beside the database: written to a temporary name, synced, renamed, then committed by
// whoever owns them. Any thread.
class BlobStore {
public:
    // `sync`: false for a chamber in memory.
    BlobStore(std::filesystem::path folder, bool sync);

    Result<std::unique_ptr<BlobWriter>> create();
    std::filesystem::path path(std::string_view id) const;
    void remove(std::string_view id);
    // Removes temporary files and every blob that `isUsed` denies; called once at start.
    void sweep(const std::function<bool(std::string_view id)>& isUsed);

private:
    std::filesystem::path m_folder;
    bool m_sync;
};

}
