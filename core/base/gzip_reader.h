#pragma once

#include "core/base/result.h"

#include <functional>
#include <memory>
#include <string_view>

namespace core {

// Unpacks gzip bytes as they come, several streams behind each other too. One thread at a time.
class GzipReader {
public:
    // False stops.
    using Take = std::function<bool(std::string_view unpacked)>;

    GzipReader();
    ~GzipReader();
    GzipReader(const GzipReader&) = delete;
    GzipReader& operator=(const GzipReader&) = delete;

    // Gives what these bytes unpack to, in pieces of 64 KiB at most. ErrorKind::Invalid for what is not gzip.
    Result<> feed(std::string_view packed, const Take& take);
    // ErrorKind::Invalid when the last stream has not ended. Nothing at all is no stream, and whole.
    Result<> finish() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}
