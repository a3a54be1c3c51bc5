#pragma once

#include "core/aws/record_store.h"
#include "core/aws/service.h"
#include "core/lambda/alias.h"
#include "core/lambda/async_queue.h"
#include "core/lambda/code_signing_config.h"
#include "core/lambda/concurrency_book.h"
#include "core/lambda/environment_pool.h"
#include "core/lambda/event_config.h"
#include "core/lambda/event_source_mapping.h"
#include "core/lambda/event_sources.h"
#include "core/lambda/function_folder.h"
#include "core/lambda/function_store.h"
#include "core/lambda/invoker.h"
#include "core/lambda/layer.h"
#include "core/lambda/provisioner.h"
#include "core/lambda/run_history.h"
#include "core/lambda/source_watcher.h"
#include "core/lambda/stream_runner.h"
#include "core/lambda/url_config.h"

#include <mutex>

namespace core::lambda {

// What a qualifier stands for; no function when there is none.
struct Resolved {
    std::shared_ptr<const Function> function;
    std::shared_ptr<const Alias> alias;
};

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
    std::optional<http::Response> errorResponse(
        const Error& error, const aws::RequestContext& context, const http::Request& wire) const override;
    bool claims(const http::Request& head) const override;
    http::Response serve(http::Request request, trace::SpanScope& span) override;
    void wake() override;
    void stop() override;
    void reset() override;

    static std::span<const aws::ActionRow<LambdaService>> rows();

    const aws::Host& host() const { return m_host; }
    FunctionStore& functions() { return m_functions; }
    aws::RecordStore<Function>& versions() { return m_versions; }
    aws::RecordStore<Alias>& aliases() { return m_aliases; }
    aws::RecordStore<EventConfig>& eventConfigs() { return m_eventConfigs; }
    aws::RecordStore<UrlConfig>& urls() { return m_urls; }
    aws::RecordStore<ProvisionedConfig>& provisionedConfigs() { return m_provisionedConfigs; }
    aws::RecordStore<LayerVersion>& layers() { return m_layers; }
    aws::RecordStore<EventSourceMapping>& mappings() { return m_mappings; }
    aws::RecordStore<CodeSigningConfig>& codeSigning() { return m_codeSigning; }
    ConcurrencyBook& concurrency() { return m_concurrency; }
    Provisioner& provisioner() { return m_provisioner; }
    EnvironmentPool& environments() { return m_environments; }
    RunHistory& history() { return m_history; }
    SourceWatcher& sources() { return m_sources; }
    AsyncQueue& asynchronous() { return m_async; }
    EventSources& eventSources() { return m_eventSources; }
    Invoker& invoker() { return m_invoker; }
    StreamRunner& streams() { return m_streams; }

    std::filesystem::path folderOf(const Function& function) const;
    // A free name below functions/ for a new function.
    std::string newFolder(const Function& function) const;

    // Held while functions, versions, aliases and what belongs to them are changed: each change looks at
    // others.
    std::mutex& changing() { return m_changing; }
    // Held while a folder of code is read or written as a whole; taken after changing().
    std::mutex& changingCode() { return m_code; }

    // From 0 to below 1: which of an alias's versions takes a call. Tests set it.
    double draw() const { return m_draw(); }
    void setDraw(std::function<double()> draw) { m_draw = std::move(draw); }

    // The function as it is now: what was saved in its folder since is taken over first.
    std::shared_ptr<const Function> current(const std::string& key);
    // $LATEST, a version or an alias; `draw` decides between the versions of a weighted alias, which is its
    // own version when there is none.
    Resolved resolve(const std::string& key, const std::string& qualifier, std::optional<double> draw = {});
    // Ends the environments of a function or a version and removes its code.
    void discard(const Function& function);
    // Unpacks a package into the folder of `function` and sets its members about code.
    Result<> takeCode(Function& function, std::string_view zip);
    // Runs one invocation of what the qualifier stands for now.
    Result<InvocationOutcome> invoke(const std::string& key, const std::string& qualifier,
        const Invocation& invocation, trace::SpanScope& span);

private:
    void writeBootstraps();
    AsyncRules rulesOf(const AsyncJob& job);
    EventSources::Parts sourceParts();
    void noteStreamResult(const std::string& mapping, const std::string& result);
    void forgetAll();
    Result<std::shared_ptr<const Function>> reload(const std::string& key);
    void noticeChange(const std::string& key);

    const aws::Host m_host;
    const std::filesystem::path m_runtimes;
    FunctionStore m_functions;
    aws::RecordStore<Function> m_versions;
    aws::RecordStore<Alias> m_aliases;
    aws::RecordStore<EventConfig> m_eventConfigs;
    aws::RecordStore<UrlConfig> m_urls;
    aws::RecordStore<ProvisionedConfig> m_provisionedConfigs;
    aws::RecordStore<LayerVersion> m_layers;
    aws::RecordStore<EventSourceMapping> m_mappings;
    aws::RecordStore<CodeSigningConfig> m_codeSigning;
    ConcurrencyBook m_concurrency;
    std::function<double()> m_draw;
    std::once_flag m_woken;
    RunHistory m_history;
    EnvironmentPool m_environments;
    Invoker m_invoker;
    StreamRunner m_streams;
    Provisioner m_provisioner;
    AsyncQueue m_async;
    EventSources m_eventSources;
    std::mutex m_changing;
    std::mutex m_code; // one change of a folder's content at a time
    SourceWatcher m_sources; // its thread uses everything above
};

}
