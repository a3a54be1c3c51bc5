#include "core/lambda/actions.h"

#include "core/lambda/shapes.h"

namespace core::lambda {

namespace {

using aws::ActionInfo;
using aws::Effect;
using aws::Lane;
using aws::Shape;
using Row = aws::ActionRow<LambdaService>;

constexpr ActionInfo row(std::string_view name, Effect effect, const Shape& input, std::string_view method,
    std::string_view uri, int status = 200)
{
    ActionInfo info;
    info.name = name;
    info.lane = Lane::Blocking;
    info.effect = effect;
    info.input = &input;
    info.method = method;
    info.uri = uri;
    info.status = status;
    return info;
}

constexpr ActionInfo invokeRow()
{
    auto info = row(
        "Invoke", Effect::Data, shapes::kInvoke, "POST", "/2015-03-31/functions/{FunctionName}/invocations");
    info.payload = "Payload";
    return info;
}

const Row kRows[] = {
    {row("CreateFunction", Effect::Changes, shapes::kCreateFunction, "POST", "/2015-03-31/functions", 201),
        createFunction},
    {row("ListFunctions", Effect::Reads, shapes::kListFunctions, "GET", "/2015-03-31/functions"),
        listFunctions},
    {row("GetFunction", Effect::Reads, shapes::kGetFunction, "GET", "/2015-03-31/functions/{FunctionName}"),
        getFunction},
    {row("DeleteFunction", Effect::Changes, shapes::kDeleteFunction, "DELETE",
         "/2015-03-31/functions/{FunctionName}", 204),
        deleteFunction},
    {row("UpdateFunctionCode", Effect::Changes, shapes::kUpdateFunctionCode, "PUT",
         "/2015-03-31/functions/{FunctionName}/code"),
        updateFunctionCode},
    {row("GetFunctionConfiguration", Effect::Reads, shapes::kGetFunction, "GET",
         "/2015-03-31/functions/{FunctionName}/configuration"),
        getFunctionConfiguration},
    {row("UpdateFunctionConfiguration", Effect::Changes, shapes::kUpdateFunctionConfiguration, "PUT",
         "/2015-03-31/functions/{FunctionName}/configuration"),
        updateFunctionConfiguration},
    {invokeRow(), invoke},
    {row("AddPermission", Effect::Changes, shapes::kAddPermission, "POST",
         "/2015-03-31/functions/{FunctionName}/policy", 201),
        addPermission},
    {row("GetPolicy", Effect::Reads, shapes::kGetPolicy, "GET",
         "/2015-03-31/functions/{FunctionName}/policy"),
        getPolicy},
    {row("RemovePermission", Effect::Changes, shapes::kRemovePermission, "DELETE",
         "/2015-03-31/functions/{FunctionName}/policy/{StatementId}", 204),
        removePermission},

    {row("ListEnvironments", Effect::Reads, shapes::kOwnFunction, "GET",
         "/_chamber/lambda/functions/{FunctionName}/environments"),
        listEnvironments},
    {row("EndEnvironments", Effect::Changes, shapes::kOwnFunction, "DELETE",
         "/_chamber/lambda/functions/{FunctionName}/environments"),
        endEnvironments},
    {row("ListRuns", Effect::Reads, shapes::kOwnFunction, "GET",
         "/_chamber/lambda/functions/{FunctionName}/runs"),
        listRuns},
    {row("ListFiles", Effect::Reads, shapes::kOwnFunction, "GET",
         "/_chamber/lambda/functions/{FunctionName}/files"),
        listFiles},
    {row("ReadFile", Effect::Reads, shapes::kOwnFile, "GET",
         "/_chamber/lambda/functions/{FunctionName}/files/{Path+}"),
        readFile},
    {row("WriteFile", Effect::Changes, shapes::kOwnWriteFile, "PUT",
         "/_chamber/lambda/functions/{FunctionName}/files/{Path+}"),
        writeFile},
    {row("RenameFile", Effect::Changes, shapes::kOwnRenameFile, "POST",
         "/_chamber/lambda/functions/{FunctionName}/files/{Path+}"),
        renameFile},
    {row("DeleteFile", Effect::Changes, shapes::kOwnFile, "DELETE",
         "/_chamber/lambda/functions/{FunctionName}/files/{Path+}"),
        deleteFile},
    {row("GetPackage", Effect::Reads, shapes::kOwnPackage, "GET",
         "/_chamber/lambda/functions/{FunctionName}/package"),
        getPackage},
};

}

std::span<const Row> LambdaService::rows()
{
    return kRows;
}

}
