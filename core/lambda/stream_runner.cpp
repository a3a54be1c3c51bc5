#include "core/lambda/stream_runner.h"

#include "core/base/log.h"

namespace core::lambda {

namespace {

Error serviceFailure(const std::string& what)
{
    log::error("lambda", what);
    return {ErrorKind::Internal, "ServiceException", "The AWS Lambda service encountered an internal error."};
}

}

Result<std::shared_ptr<ResponseStream>> StreamRunner::start(
    std::shared_ptr<const Function> function, Invocation invocation, trace::SpanScope& span)
{
    auto stream = std::make_shared<ResponseStream>();
    invocation.stream = stream;
    auto work = span.child("lambda", "stream", function->name);
    {
        const std::lock_guard guard(m_mutex);
        if (m_stopped)
            return fail(serviceFailure("a stream was asked for while the service stops"));
        m_runs.remove_if([](const Run& run) { return run.over.load(); });
        auto& run = m_runs.emplace_back();
        run.thread = std::jthread([this, &run, stream, function = std::move(function),
                                      invocation = std::move(invocation), work = std::move(work)]() mutable {
            try {
                stream->finish(m_invoker.run(function, invocation, work));
            } catch (const std::exception& exception) {
                stream->finish(fail(serviceFailure(exception.what())));
            }
            work.end();
            run.over = true;
        });
    }
    CORE_CHECK(stream->awaitStart());
    return stream;
}

void StreamRunner::stop()
{
    std::list<Run> runs;
    {
        const std::lock_guard guard(m_mutex);
        m_stopped = true;
        runs.swap(m_runs);
    }
    runs.clear(); // joins
}

}
