#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/store/store.h"

#include <memory>
#include <mutex>
#include <string>

namespace core::sns {

// Signs what topics send, as SNS does, with a key of the chamber's own that is made at its first use and
// kept with its certificate. Any thread.
class Signer {
public:
    enum class Version { One, Two }; // RSA over SHA-1, over SHA-256

    Signer(store::Store& store, Clock& clock);
    ~Signer();

    // Base64. Error: Internal.
    Result<std::string> sign(const std::string& text, Version version);
    // PEM, and the file's name in SigningCertURL.
    Result<std::string> certificate();
    Result<std::string> certificateName();
    // After the store was emptied.
    void reset();

    struct Pair;

private:
    Result<std::shared_ptr<const Pair>> pair();

    store::Store& m_store;
    Clock& m_clock;
    std::mutex m_mutex;
    std::shared_ptr<const Pair> m_pair;
};

}
