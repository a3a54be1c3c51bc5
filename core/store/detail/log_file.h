#pragma once

#include <filesystem>

namespace core::store::detail {

// The write-ahead log beside SQLite's back: what a commit wrote there becomes durable by sync(). A descriptor
// of its own, because SQLite's may be used by one thread only. Any thread.
class LogFile {
public:
    explicit LogFile(const std::filesystem::path& database); // throws StoreFailure
    ~LogFile();
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

    void sync() const; // throws StoreFailure

private:
    int m_descriptor;
};

}
