#pragma once

#include "core/aws/service.h"
#include "core/lambda/async_queue.h"
#include "core/lambda/environment_pool.h"
#include "core/lambda/function_folder.h"
#include "core/lambda/function_store.h"
#include "core/lambda/invoker.h"
#include "core/lambda/run_history.h"
#include "core/lambda/source_watcher.h"

namespace core::lambda {

// Lambda: functions as plain folders below the chamber's functions/, run in child processes. Owns the stores,
// the environments and what runs beside requests. Any thread.
class LambdaService : public aws::TableService<LambdaService> {
public:
    explicit LambdaService(const aws::Host& host);
    ~LambdaService() override;

    std::string_view id() const override { return "lambda"; }
    aws::Protocol protocol() const override { return aws::Protocol::RestJson; }
    Result<> prepare(const aws::ActionInfo& action, aws::Request& request) override;
    http::BodyPlan planBody(const aws::ActionInfo& action, const http::Request& head) override;
    int statusOf(const Error& error) const override;
    nlohmann::json errorBody(const Error& error) const override;
    void stop() override;
    void reset() override;

    static std::span<const aws::ActionRow<LambdaService>> rows();

    const aws::Host& host() const { return m_host; }
    FunctionStore& functions() { return m_functions; }
    EnvironmentPool& environments() { return m_environments; }
    RunHistory& history() { return m_history; }
    SourceWatcher& sources() { return m_sources; }
    LogWriter& logs() { return m_logs; }
    AsyncQueue& asynchronous() { return m_async; }
    Invoker& invoker() { return m_invoker; }

    std::filesystem::path folderOf(const Function& function) const;
    // A free name below functions/ for a new function.
    std::string newFolder(const Function& function) const;

    // Held while a function is made, so that two of one name do not share a folder.
    std::mutex& creating() { return m_creating; }

    // The function as it is now: what was saved in its folder since is taken over first.
    std::shared_ptr<const Function> current(const std::string& key);
    // Unpacks a package into the folder of `function` and sets its members about code.
    Result<> takeCode(Function& function, std::string_view zip);
    // Runs one invocation of the function as it is now.
    Result<InvocationOutcome> invoke(const std::string& key, const Invocation& invocation,
        trace::SpanScope& span, std::string_view notFoundArn);

private:
    void writeBootstraps();
    std::shared_ptr<const Function> reload(std::shared_ptr<const Function> function);
    void noticeChange(const std::string& key);

    const aws::Host m_host;
    const std::filesystem::path m_runtimes;
    FunctionStore m_functions;
    RunHistory m_history;
    LogWriter m_logs;
    EnvironmentPool m_environments;
    Invoker m_invoker;
    AsyncQueue m_async;
    std::mutex m_creating;
    std::mutex m_code; // one change of a folder's content at a time
    SourceWatcher m_sources; // its thread uses everything above
};

}
