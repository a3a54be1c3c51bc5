#pragma once

#include "core/aws/request.h"

#include <functional>

namespace core::logs {

// A change made of two functions: `apply` on the committer thread, `answer` once it is durable.
class LogWrite : public aws::PendingWrite {
public:
    using Apply = std::function<Result<>(store::Transaction&)>;
    using Answer = std::function<aws::Reply()>;

    explicit LogWrite(
        Apply apply, Answer answer = [] { return aws::Reply::bytes({}, "application/x-amz-json-1.1"); })
        : m_apply(std::move(apply))
        , m_answer(std::move(answer))
    {
    }

    Result<> apply(store::Transaction& transaction) override { return m_apply(transaction); }
    Result<aws::Reply> answer() override { return m_answer(); }

private:
    Apply m_apply;
    Answer m_answer;
};

}
