#include "core/lambda/service.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/lambda/bootstraps.h"
#include "core/lambda/code_package.h"
#include "core/lambda/destinations.h"
#include "core/lambda/errors.h"
#include "core/lambda/keeper/keeper_image.h"
#include "core/lambda/sandbox.h"
#include "core/lambda/url_calls.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <random>

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

// A package of 50 MB in base64 and the other members, as AWS counts it.
constexpr std::uint64_t kMaxCodeRequest = 70'167'211;

// Functions start in folders of their own: paths given to them must not depend on where the chamber was
// started.
aws::Host withAbsoluteFolder(aws::Host host)
{
    host.folder = fs::absolute(host.folder);
    return host;
}

bool carriesCode(const aws::ActionInfo& action)
{
    return action.name == "CreateFunction" || action.name == "UpdateFunctionCode"
        || action.name == "PublishLayerVersion";
}

// Lambda's lists may hold no null, and it says so among the constraints of their members.
std::string withNulls(const std::string& message)
{
    constexpr std::string_view kNext = "; Value ";
    std::string worded;
    for (std::size_t at = 0; at < message.size();) {
        auto end = message.find(kNext, at);
        end = end == std::string::npos ? message.size() : end;
        auto part = message.substr(at, end - at);
        if (part.find("Member must satisfy constraint: [") != std::string::npos && part.ends_with(']'))
            part.insert(part.size() - 1, ", Member must not be null");
        worded += part;
        worded += message.substr(end, std::min(kNext.size(), message.size() - end));
        at = std::min(end + kNext.size(), message.size());
    }
    return worded;
}

double randomShare()
{
    thread_local std::mt19937_64 generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

void writeBootstrap(const fs::path& path, std::string_view text)
{
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file)
        log::error("lambda", "the runtime " + path.string() + " cannot be written: functions will not start");
}

}

LambdaService::LambdaService(const aws::Host& host)
    : m_host(withAbsoluteFolder(host))
    , m_runtimes(m_host.folder / "cache" / "runtimes")
    , m_functions(host.store)
    , m_versions(host.store, "lambda/versions")
    , m_aliases(host.store, "lambda/aliases")
    , m_eventConfigs(host.store, "lambda/event-configs")
    , m_urls(host.store, "lambda/urls")
    , m_provisionedConfigs(host.store, "lambda/provisioned")
    , m_layers(host.store, "lambda/layers")
    , m_mappings(host.store, "lambda/event-source-mappings")
    , m_codeSigning(host.store, "lambda/code-signing-configs")
    , m_draw(randomShare)
    , m_environments(m_host, m_concurrency, m_runtimes)
    , m_invoker(m_environments, m_history, host.clock, host.metrics, host.tracer)
    , m_streams(m_invoker)
    , m_provisioner(
          m_host, m_environments, m_concurrency, m_invoker, m_provisionedConfigs, m_aliases, m_versions)
    , m_async(m_host,
          {[this](const AsyncJob& job, trace::SpanScope& span) {
               return invoke(job.functionKey, job.qualifier, job.invocation, span);
           },
              [this](const AsyncJob& job) { return rulesOf(job); },
              [this](const std::string& destination, const std::string& record, const AsyncJob& job,
                  trace::SpanScope& span) { return deliver(m_host, destination, record, job, span); },
              [this](const std::string& target, const AsyncJob& job, const AsyncAttempt& last,
                  trace::SpanScope& span) { return bury(m_host, target, job, last, span); }})
    , m_eventSources(m_host, m_mappings, sourceParts())
    , m_sources([this](const std::string& key) { noticeChange(key); })
{
    writeBootstraps();
    for (const auto& function : m_functions.all()) {
        m_sources.watch(function->key(), folderOf(*function), true);
        if (function->reserved >= 0)
            m_concurrency.setReserved(*function, function->reserved);
    }
}

LambdaService::~LambdaService()
{
    stop();
}

void LambdaService::writeBootstraps()
{
    for (const auto& bootstrap : bootstraps())
        writeBootstrap(m_runtimes / bootstrap.path, bootstrap.text);
    // Beside it and put in its place, so that one that runs is never written.
    const auto keeper = m_runtimes / kKeeperName;
    const auto fresh = m_runtimes / (std::string(kKeeperName) + ".new");
    writeBootstrap(fresh, keeperImage());
    std::error_code failed;
    fs::permissions(fresh, fs::perms(0755), failed);
    fs::rename(fresh, keeper, failed);
}

// What must wait until the chamber serves: functions are told its endpoint when they start. Other requests
// wait for it: an event that came meanwhile would be taken up, too, and run twice.
void LambdaService::wake()
{
    std::call_once(m_woken, [this] {
        m_provisioner.reconcileAll();
        m_async.resume();
        m_eventSources.resume();
    });
}

Result<> LambdaService::prepare(const aws::ActionInfo& action, aws::Request& request)
{
    wake();
    if (carriesCode(action) && request.body.size() > kMaxCodeRequest)
        return fail(errors::packageTooLarge(action.name));
    auto checked = Service::prepare(action, request);
    if (!checked)
        checked.error().message = withNulls(checked.error().message);
    return checked;
}

http::BodyPlan LambdaService::planBody(const aws::ActionInfo& action, const http::Request& head)
{
    auto plan = Service::planBody(action, head);
    // Somewhat more than allowed, so that the answer can be AWS's error; beyond it the server answers 413
    // itself.
    if (carriesCode(action))
        plan.maxBytes = kMaxCodeRequest + 32 * 1024 * 1024;
    return plan;
}

int LambdaService::statusOf(const Error& error) const
{
    return errors::documentedStatus(error).value_or(Service::statusOf(error));
}

nlohmann::json LambdaService::errorBody(const Error& error) const
{
    auto body = nlohmann::json::object();
    if (!error.members.empty())
        body = nlohmann::json::parse(error.members);
    // As AWS's model has them: some errors have "Message", the others "message"; failed shape checks have no
    // "Type".
    const bool upper = error.code == "ResourceNotFoundException" || error.code == "ServiceException"
        || error.code == "CodeSigningConfigNotFoundException";
    body[upper ? "Message" : "message"] = error.message;
    // An error that AWS gives without a type says so by a null.
    if (const auto type = body.find("Type"); type != body.end()) {
        if (type->is_null())
            body.erase(type);
    } else if (error.code != "ValidationException")
        body["Type"] = statusOf(error) >= 500 ? "Service" : "User";
    return body;
}

// Names of AWS are this service's when the URL is: others lead to AWS.
bool LambdaService::claims(const http::Request& head) const
{
    const auto address = parseUrlAddress(head);
    return address && (!address->isForeign || findUrl(m_urls, *address));
}

http::Response LambdaService::serve(http::Request request, trace::SpanScope& span)
{
    wake();
    const auto address = parseUrlAddress(request).value_or(UrlAddress{});
    return serveUrl(*this, address, std::move(request), span);
}

void LambdaService::stop()
{
    m_async.hold();
    m_eventSources.hold();
    m_environments.close();
    m_streams.stop();
    m_async.close();
    m_eventSources.close();
}

void LambdaService::reset()
{
    m_async.reset();
    m_mappings.reset();
    m_eventSources.sync();
    m_environments.endAll();
    const std::lock_guard guard(m_code);
    for (const auto& function : m_functions.all()) {
        m_sources.forget(function->key());
        std::error_code failed;
        fs::remove_all(folderOf(*function), failed);
    }
    forgetAll();
    std::error_code failed;
    for (const auto* folder : {"versions", "layers", "cache/layers"})
        fs::remove_all(m_host.folder / folder, failed);
}

void LambdaService::forgetAll()
{
    m_functions.reset();
    m_versions.reset();
    m_aliases.reset();
    m_eventConfigs.reset();
    m_urls.reset();
    m_provisionedConfigs.reset();
    m_layers.reset();
    m_codeSigning.reset();
    m_concurrency.clear();
    m_history.clear();
}

std::optional<http::Response> LambdaService::errorResponse(
    const Error& error, const aws::RequestContext&, const http::Request&) const
{
    if (error.code != "TooManyRequestsException")
        return std::nullopt;
    http::Response response;
    response.status = statusOf(error);
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-ErrorType", error.code);
    response.headers.add("Retry-After", "1");
    response.body = errorBody(error).dump();
    return response;
}

fs::path LambdaService::folderOf(const Function& function) const
{
    return m_host.folder / function.codeFolder();
}

std::string LambdaService::newFolder(const Function& function) const
{
    // Regions share the folder; and what somebody put there is not overwritten.
    const auto isFree = [this](const std::string& name) {
        std::error_code failed;
        const auto folder = m_host.folder / "functions" / name;
        return !fs::exists(folder, failed) || fs::is_empty(folder, failed);
    };
    auto name = function.name;
    for (int number = 1; !isFree(name); ++number)
        name = function.name + '@' + function.region + (number > 1 ? "-" + std::to_string(number) : "");
    return name;
}

Result<> LambdaService::takeCode(Function& function, std::string_view zip)
{
    const std::lock_guard guard(m_code);
    const auto folder = folderOf(function);
    CORE_CHECK(unpackZip(zip, folder));
    function.codeSha256 = base64(sha256(zip));
    function.codeSize = zip.size();
    function.digest = digestFolder(folder);
    return {};
}

std::shared_ptr<const Function> LambdaService::current(const std::string& key)
{
    if (!m_functions.find(key))
        return nullptr;
    // Whoever waited for another's taking over finds it done.
    if (!m_sources.takeChange(key))
        return m_functions.find(key);
    const auto updated = reload(key);
    if (!updated)
        return m_functions.find(key);
    m_host.changes.publish({"lambda", "UpdateFunctionCode", (*updated)->region, (*updated)->name, false});
    return *updated;
}

// Takes over what was saved in the folder: a new hash and revision, and a new generation of environments.
Result<std::shared_ptr<const Function>> LambdaService::reload(const std::string& key)
{
    const TakenChange taken(m_sources, key);
    const std::lock_guard guard(m_code);
    const auto function = m_functions.find(key);
    if (!function)
        return fail(ErrorKind::NotFound, "Unchanged", "the function is gone");
    const auto folder = folderOf(*function);
    const auto digest = digestFolder(folder);
    return m_functions.update(key, [&](Function& changed) -> Result<> {
        if (changed.digest == digest)
            return fail(ErrorKind::Cancelled, "Unchanged", "the code is the same");
        CORE_TRY(const auto zip, packFolder(folder));
        changed.digest = digest;
        changed.codeSha256 = base64(sha256(zip));
        changed.codeSize = zip.size();
        changed.revision = newUuid();
        changed.modified = m_host.clock.now();
        ++changed.generation;
        return {};
    });
}

void LambdaService::noticeChange(const std::string& key)
{
    const auto before = m_functions.find(key);
    const auto now = current(key);
    if (before && now && now->generation != before->generation)
        m_environments.endIdle(key, kLatest);
}

Resolved LambdaService::resolve(
    const std::string& key, const std::string& qualifier, std::optional<double> draw)
{
    if (qualifier.empty() || qualifier == kLatest)
        return {current(key), nullptr};
    if (auto version = m_versions.find(versionKey(key, qualifier)); version && version->version == qualifier)
        return {std::move(version), nullptr};
    const auto alias = m_aliases.find(key + '/' + qualifier);
    if (!alias)
        return {};
    const auto& version = draw ? alias->versionFor(*draw) : alias->version;
    if (version == kLatest)
        return {current(key), alias};
    return {m_versions.find(versionKey(key, version)), alias};
}

AsyncRules LambdaService::rulesOf(const AsyncJob& job)
{
    AsyncRules rules;
    const auto qualifier = job.qualifier.empty() ? std::string(kLatest) : job.qualifier;
    if (const auto found = resolve(job.functionKey, job.qualifier); found.function)
        rules.deadLetter = found.function->deadLetter;
    const auto latest = m_functions.find(job.functionKey);
    rules.closed = latest && latest->reserved == 0;
    const auto config = m_eventConfigs.find(job.functionKey + '/' + qualifier);
    if (!config)
        return rules;
    if (config->maxRetries >= 0)
        rules.retries = config->maxRetries;
    if (config->maxAge >= 0)
        rules.maxAge = config->maxAge * kSecond;
    rules.onSuccess = config->onSuccess;
    rules.onFailure = config->onFailure;
    return rules;
}

EventSources::Parts LambdaService::sourceParts()
{
    EventSources::Parts parts;
    parts.run = [this](
                    const EventSourceMapping& mapping, const Invocation& invocation, trace::SpanScope& span) {
        return invoke(mapping.functionKey(), mapping.qualifier, invocation, span);
    };
    parts.note = [this](const std::string& key, const std::string& result) { noteStreamResult(key, result); };
    return parts;
}

void LambdaService::noteStreamResult(const std::string& mapping, const std::string& result)
{
    const std::lock_guard guard(m_changing);
    const auto before = m_mappings.find(mapping);
    if (!before || before->lastResult == result)
        return;
    auto changed = *before;
    changed.lastResult = result;
    if (const auto kept = m_mappings.put(std::move(changed)); !kept)
        log::warning("lambda", "the result of a batch is not kept: " + kept.error().message);
}

void LambdaService::discard(const Function& function)
{
    m_environments.endIdle(function.key(), function.isLatest() ? std::string_view() : function.version);
    std::error_code failed;
    fs::remove_all(folderOf(function), failed);
    if (function.isLatest())
        fs::remove_all(m_host.folder / "versions" / function.folder, failed);
}

Result<InvocationOutcome> LambdaService::invoke(const std::string& key, const std::string& qualifier,
    const Invocation& invocation, trace::SpanScope& span)
{
    const auto found = resolve(key, qualifier, draw());
    if (!found.function)
        return fail(errors::functionNotFound(qualifier.empty() ? key : key + ':' + qualifier));
    return m_invoker.run(found.function, invocation, span);
}

}
