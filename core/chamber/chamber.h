#pragma once

#include "core/aws/service.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/store/store.h"
#include "core/trace/tracer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace core::chamber {

struct ChamberOptions {
    std::filesystem::path
        folder; // made when absent; ignored for Durability::Memory, which takes a temporary one
    store::Durability durability = store::Durability::Full;
    std::string host = "127.0.0.1";
    std::uint16_t port = 4566; // 0 takes a free one
    std::string region = "us-east-1";
    int ioThreads = 2;
    bool verifySignatures = false;
};

// The composition root: builds and owns the store, the clock, the tracer, the HTTP server and every service,
// and passes references down. Open one a folder: a second one is ErrorKind::Conflict. Members may be called
// from any thread.
class Chamber {
public:
    static Result<std::unique_ptr<Chamber>> open(const ChamberOptions& options);
    ~Chamber(); // stops serving, ends functions, finishes writes
    Chamber(const Chamber&) = delete;
    Chamber& operator=(const Chamber&) = delete;

    // Opens the port; a port in use is ErrorKind::Conflict, naming it.
    Result<> listen();
    std::string endpoint() const; // "http://127.0.0.1:4566", "" before listen()
    std::string name() const; // the folder's name without ".chamber"
    const std::filesystem::path& folder() const;
    const std::string& region() const;

    aws::Caller& caller();
    Clock& clock();
    trace::Tracer& tracer();
    Publisher<aws::ResourceChanged>& changes();
    std::vector<aws::Service*> services() const;

    // Which samples were loaded since the last reset; kept in the store. noteSample() waits as reset() does.
    bool hasSample(const std::string& sample) const;
    Result<> noteSample(const std::string& sample);

    // Empties everything: tables, objects, functions, configuration, tracks. Waits; never on an I/O or UI
    // thread.
    Result<> reset();

    struct Impl;

private:
    explicit Chamber(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}
