#pragma once

#include "core/store/detail/keyspaces.h"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace core::store::detail {

// A connection for reads with what is prepared on it.
struct ReadSession {
    ReadSession(const std::filesystem::path& file, Durability durability);

    Connection connection;
    Keyspaces keyspaces;
    Statement begin;
    Statement end;
};

// Connections that readers borrow: as many as there are readers at one time, the last one given back first,
// so a thread that reads again and again gets a warm one. Any thread.
class ReaderPool : public std::enable_shared_from_this<ReaderPool> {
public:
    ReaderPool(std::filesystem::path file, Durability durability);

    std::unique_ptr<Reader> snapshot();
    std::optional<std::string> get(std::string_view keyspace, std::string_view key);
    // Closes what is idle, and from now on what is given back.
    void close();

    std::unique_ptr<ReadSession> borrow();
    void giveBack(std::unique_ptr<ReadSession> session);

private:
    std::filesystem::path m_file;
    Durability m_durability;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<ReadSession>> m_idle;
    bool m_closed = false;
};

}
