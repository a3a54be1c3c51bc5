#pragma once

#include "core/apigateway/vtl/level.h"
#include "core/apigateway/vtl/scanner.h"
#include "core/apigateway/vtl/value.h"

#include <chrono>

namespace core::apigateway::vtl {

// What keeps a parse within bounds, so that no text overruns the stack or the time: how deep it stands, how
// many operators the expression at hand has, and until when it may go on. A value of one parser's; inside()
// is that of the parser of a text in quotes.
class ParseBounds {
public:
    explicit ParseBounds(Deadline deadline)
        : m_deadline(deadline)
    {
    }

    ParseBounds inside() const
    {
        ParseBounds inner(m_deadline);
        inner.m_depth = m_depth + 1;
        inner.m_operatorsAround = m_operators;
        return inner;
    }

    // A level of blocks as well as of expressions.
    Level deeper() { return Level(m_depth); }
    Result<> checkDepth(const Scanner& scanner) const
    {
        if (m_depth > kMaxDepth)
            return fail(scanner.error("The template is nested too deeply"));
        return {};
    }

    // Looks at the clock now and then.
    Result<> checkTime()
    {
        if (m_rounds++ % kTimedEvery == 0 && std::chrono::steady_clock::now() >= m_deadline)
            return fail(tooLong());
        return {};
    }

    void beginExpression() { m_operators = m_operatorsAround; }
    Result<> addOperator(const Scanner& scanner)
    {
        if (++m_operators > kMaxOperators)
            return fail(scanner.error("An expression has too many operators"));
        return {};
    }

private:
    static constexpr int kMaxDepth = 60; // of blocks, expressions and strings within each other
    static constexpr int kMaxOperators = 1000; // of an expression with all it holds: the tree may be as deep
    static constexpr unsigned kTimedEvery = 64;

    Deadline m_deadline;
    unsigned m_rounds = 0;
    int m_depth = 0;
    int m_operators = 0;
    int m_operatorsAround = 0; // of the expression that holds the text
};

}
