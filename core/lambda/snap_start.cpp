#include "core/lambda/snap_start.h"

#include "core/lambda/errors.h"

#include <algorithm>

namespace core::lambda {

namespace {

constexpr int kLargestStorage = 512;

// https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
constexpr std::string_view kRuntimes[] = {
    "python3.12", "python3.13", "python3.14", "java11", "java17", "java21", "java25", "dotnet8", "dotnet10"};

bool isOn(const Function& function)
{
    return function.snapStart != "None";
}

}

bool startsFromSnapshot(const Function& function)
{
    return isOn(function) && !function.isLatest();
}

Result<> checkSnapStart(const Function& function)
{
    if (!isOn(function))
        return {};
    if (std::find(std::begin(kRuntimes), std::end(kRuntimes), function.runtime) == std::end(kRuntimes))
        return fail(errors::invalidParameter(
            function.runtime + " is not supported for SnapStart enabled functions."));
    if (function.ephemeral > kLargestStorage)
        return fail(errors::invalidParameter(
            "Ephemeral storage of more than 512 MB is not supported for SnapStart enabled functions."));
    if (!function.attachments.fileSystems.empty())
        return fail(
            errors::invalidParameter("File systems are not supported for SnapStart enabled functions."));
    return {};
}

}
