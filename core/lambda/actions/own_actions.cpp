#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/lambda/actions.h"
#include "core/lambda/code_package.h"
#include "core/lambda/errors.h"
#include "core/lambda/function_name.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

json describe(const Run& run)
{
    json output = {{"RequestId", run.requestId}, {"TrackId", run.trackId}, {"Environment", run.environment},
        {"LogStream", run.logStream}, {"WhenMicros", run.when}, {"DurationMicros", run.duration},
        {"BilledMillis", run.billedMillis}, {"MaxMemoryMB", run.peak}, {"MemoryMB", run.memory},
        {"Cold", run.init >= 0}, {"Asynchronous", run.asynchronous}};
    if (run.init >= 0)
        output["InitMicros"] = run.init;
    if (!run.errorType.empty())
        output["ErrorType"] = run.errorType;
    return output;
}

}

Result<std::shared_ptr<const Function>> ownFunctionOf(
    LambdaService& service, RequestContext& context, const Request& request)
{
    if (const auto region = request.input().value("Region", ""); !region.empty())
        context.region = region;
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    auto function = service.current(name.key());
    if (!function)
        return fail(errors::functionNotFound(name.arn(context)));
    return function;
}

Result<Outcome> listRuns(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    json output = {{"Runs", json::array()}};
    for (const auto& run : service.history().list(function->key()))
        output["Runs"].push_back(describe(run));
    return aws::Reply::of(std::move(output));
}

Result<Outcome> listFiles(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    const auto path = service.folderOf(*function);
    json output = {{"Folder", path.string()}, {"Files", json::array()}};
    for (const auto& entry : FunctionFolder(path).list())
        output["Files"].push_back({{"Path", entry.path}, {"IsFolder", entry.isFolder}, {"Size", entry.size}});
    return aws::Reply::of(std::move(output));
}

Result<Outcome> readFile(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    const std::string path = request.input().at("Path");
    CORE_TRY(const auto bytes, FunctionFolder(service.folderOf(*function)).read(path));
    json output = {{"Path", path}, {"Size", bytes.size()}};
    // What is no text is shown as what it is, never as something that saving would break.
    if (isUtf8(bytes) && bytes.find('\0') == std::string::npos)
        output["Content"] = bytes;
    else
        output["Base64"] = base64(bytes);
    return aws::Reply::of(std::move(output));
}

Result<Outcome> writeFile(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    const auto& content = input.at("Content").get_ref<const std::string&>();
    CORE_CHECK(FunctionFolder(service.folderOf(*function))
                   .write(input.at("Path").get_ref<const std::string&>(), content));
    const auto reloaded = service.current(function->key());
    return aws::Reply::of(configuration(reloaded ? *reloaded : *function, Moment::Settled));
}

Result<Outcome> renameFile(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    CORE_CHECK(FunctionFolder(service.folderOf(*function))
                   .rename(input.at("Path").get_ref<const std::string&>(),
                       input.at("To").get_ref<const std::string&>()));
    const auto reloaded = service.current(function->key());
    return aws::Reply::of(configuration(reloaded ? *reloaded : *function, Moment::Settled));
}

Result<Outcome> deleteFile(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    CORE_CHECK(FunctionFolder(service.folderOf(*function))
                   .remove(request.input().at("Path").get_ref<const std::string&>()));
    const auto reloaded = service.current(function->key());
    return aws::Reply::of(configuration(reloaded ? *reloaded : *function, Moment::Settled));
}

Result<Outcome> getPackage(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto function, ownFunctionOf(service, context, request));
    const auto qualifier = request.input().value("Qualifier", "");
    const auto version = service.resolve(function->key(), qualifier).function;
    if (!version)
        return fail(errors::functionNotFound(function->arn() + ':' + qualifier));
    CORE_TRY(auto zip, packFolder(service.folderOf(*version)));
    return aws::Reply::bytes(std::move(zip), "application/zip");
}

}
