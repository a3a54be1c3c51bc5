#include "core/base/hash.h"
#include "core/lambda/actions.h"
#include "core/lambda/code_package.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace core::lambda {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// Before anything is read: a folder that is named by mistake may be a whole disk.
bool isTooLarge(const fs::path& folder)
{
    std::uint64_t bytes = 0;
    std::error_code failed;
    const auto options = fs::directory_options::skip_permission_denied;
    for (auto entry = fs::recursive_directory_iterator(folder, options, failed);
         !failed && entry != fs::end(entry); entry.increment(failed)) {
        std::error_code unread;
        if (entry->is_regular_file(unread) && !entry->is_symlink(unread))
            bytes += entry->file_size(unread);
        if (bytes > kMaxUnzippedBytes)
            return true;
    }
    return false;
}

Result<std::string> packageFrom(const json& input)
{
    const fs::path folder = input.at("Folder").get_ref<const std::string&>();
    std::error_code failed;
    if (!folder.is_absolute() || !fs::is_directory(folder, failed))
        return fail(errors::invalidParameter(
            folder.string() + " is no folder of this computer. Folder is its whole path."));
    if (isTooLarge(folder))
        return fail(errors::unzippedTooLarge());
    CORE_TRY(const auto zip, packFolder(folder));
    return base64(zip);
}

Result<Outcome> forward(
    LambdaService& service, RequestContext& context, const char* action, const json& input)
{
    const aws::CallOptions options{.parent = &context.span, .region = context.region, .from = "lambda"};
    CORE_TRY(auto reply, service.host().caller.call("lambda", action, input, options));
    return Outcome(std::move(reply));
}

}

Result<Outcome> createFunctionFromFolder(LambdaService& service, RequestContext& context, Request& request)
{
    auto function = request.input().at("Function");
    if (!function.is_object() || function.contains("Code"))
        return fail(errors::invalidParameter("Function is what CreateFunction takes, without Code."));
    CORE_TRY(auto zip, packageFrom(request.input()));
    function["Code"] = {{"ZipFile", std::move(zip)}};
    return forward(service, context, "CreateFunction", function);
}

Result<Outcome> updateFunctionFromFolder(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(auto zip, packageFrom(input));
    return forward(service, context, "UpdateFunctionCode",
        {{"FunctionName", input.at("FunctionName")}, {"ZipFile", std::move(zip)},
            {"Publish", input.value("Publish", false)}});
}

}
