#include "core/lambda/service.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/lambda/bootstraps.h"
#include "core/lambda/code_package.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

#include <fstream>

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
    return action.name == "CreateFunction" || action.name == "UpdateFunctionCode";
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
    , m_logs(host.caller, host.clock)
    , m_environments(m_host, m_logs, m_runtimes)
    , m_invoker(m_environments, m_history, host.clock)
    , m_async(m_host,
          [this](const AsyncJob& job, trace::SpanScope& span) {
              return invoke(job.functionKey, job.invocation, span, job.functionKey);
          })
    , m_sources([this](const std::string& key) { noticeChange(key); })
{
    writeBootstraps();
    for (const auto& function : m_functions.all())
        m_sources.watch(function->key(), folderOf(*function), true);
}

LambdaService::~LambdaService()
{
    stop();
}

void LambdaService::writeBootstraps()
{
    for (const auto& bootstrap : bootstraps())
        writeBootstrap(m_runtimes / bootstrap.path, bootstrap.text);
}

Result<> LambdaService::prepare(const aws::ActionInfo& action, aws::Request& request)
{
    if (carriesCode(action) && request.body.size() > kMaxCodeRequest)
        return fail(errors::packageTooLarge(action.name));
    return Service::prepare(action, request);
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
    return errors::statusOf(error);
}

nlohmann::json LambdaService::errorBody(const Error& error) const
{
    auto body = nlohmann::json::object();
    if (!error.members.empty())
        body = nlohmann::json::parse(error.members);
    // AWS: a ResourceNotFoundException has "Message", the others "message"; failed shape checks have no
    // "Type".
    body[error.code == "ResourceNotFoundException" ? "Message" : "message"] = error.message;
    if (error.code != "ValidationException")
        body["Type"] = errors::statusOf(error) >= 500 ? "Service" : "User";
    return body;
}

void LambdaService::stop()
{
    m_environments.close();
    m_async.close();
    m_logs.close();
}

void LambdaService::reset()
{
    m_environments.endAll();
    const std::lock_guard guard(m_code);
    for (const auto& function : m_functions.all()) {
        m_sources.forget(function->key());
        std::error_code failed;
        fs::remove_all(folderOf(*function), failed);
    }
    m_functions.reset();
    m_history.clear();
}

fs::path LambdaService::folderOf(const Function& function) const
{
    return m_host.folder / "functions" / function.folder;
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
    auto function = m_functions.find(key);
    if (!function || !m_sources.takeChange(key))
        return function;
    return reload(std::move(function));
}

// Takes over what was saved in the folder: a new hash and revision, and a new generation of environments.
std::shared_ptr<const Function> LambdaService::reload(std::shared_ptr<const Function> function)
{
    const std::lock_guard guard(m_code);
    const auto folder = folderOf(*function);
    const auto digest = digestFolder(folder);
    const auto updated = m_functions.update(function->key(), [&](Function& changed) -> Result<> {
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
    if (!updated)
        return m_functions.find(function->key());
    m_host.changes.publish({"lambda", "UpdateFunctionCode", function->region, function->name, false});
    return *updated;
}

void LambdaService::noticeChange(const std::string& key)
{
    const auto before = m_functions.find(key);
    const auto now = current(key);
    if (before && now && now->generation != before->generation)
        m_environments.endIdle(key);
}

Result<InvocationOutcome> LambdaService::invoke(const std::string& key, const Invocation& invocation,
    trace::SpanScope& span, std::string_view notFoundArn)
{
    const auto function = current(key);
    if (!function)
        return fail(errors::functionNotFound(notFoundArn));
    return m_invoker.run(function, invocation, span);
}

}
