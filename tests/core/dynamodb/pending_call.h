#pragma once

#include "core/dynamodb/service.h"

#include <nlohmann/json_fwd.hpp>

#include <future>
#include <memory>

namespace tests {

// A request of the Write lane taken apart, so that a test decides what happens between its parts.
struct PendingCall {
    PendingCall(core::dynamodb::DynamoDbService& service, const char* action, const nlohmann::json& input);

    core::aws::RequestContext context;
    core::aws::Request request;
    core::Result<std::unique_ptr<core::aws::PendingWrite>> write; // or why the request was refused

    // The rest of the call, as the front door does it.
    std::unique_ptr<core::store::Write> submitted();
};

// Answers to what was committed before wait until release().
class HeldAnswers {
public:
    explicit HeldAnswers(core::store::Store& store);
    ~HeldAnswers() { release(); }
    void release();

private:
    core::store::Store& m_store;
    std::promise<void> m_released;
    bool m_isReleased = false;
};

// Returns once all that was submitted before is committed, or has failed; perhaps not answered.
void waitForCommits(core::store::Store& store);

}
