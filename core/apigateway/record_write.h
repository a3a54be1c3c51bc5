#pragma once

#include "core/aws/request.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>

namespace core::apigateway {

// A change of kept records for the committer. `change` runs on the committer thread and gives the action's
// output (null: no body); `durable` takes what changed into memory before the action answers.
class RecordWrite : public aws::PendingWrite {
public:
    using Change = std::function<Result<nlohmann::json>(store::Transaction&)>;

    RecordWrite(Change change, std::function<void()> durable);
    ~RecordWrite() override;

    Result<> apply(store::Transaction& transaction) override;
    Result<aws::Reply> answer() override;

private:
    Change m_change;
    std::function<void()> m_durable;
    std::unique_ptr<nlohmann::json> m_output;
};

}
