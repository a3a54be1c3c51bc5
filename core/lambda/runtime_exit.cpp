#include "core/lambda/runtime_exit.h"

#include <cstring>

#include <sys/wait.h>

namespace core::lambda {

namespace {

// As Go, in which AWS's side of this is written, words it.
std::string lowerCase(std::string text)
{
    for (auto& c : text)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return text;
}

std::string statusText(int status)
{
    if (!WIFSIGNALED(status))
        return "exit status " + std::to_string(WEXITSTATUS(status));
    const int number = WTERMSIG(status);
    return "signal: " + lowerCase(sigabbrev_np(number) ? sigdescr_np(number) : "unknown");
}

}

std::string unstartedText(const std::string& program, int number)
{
    return "fork/exec " + program + ": " + lowerCase(std::strerror(number));
}

std::string exitType(const RuntimeAnswer& answer)
{
    if (answer.extension && answer.errorType.empty())
        return answer.unstarted.empty() ? "Extension.Crash" : "Extension.LaunchError";
    if (answer.extension)
        return answer.errorType;
    if (!answer.unstarted.empty())
        return "Runtime.InvalidEntrypoint";
    return answer.cause == KeeperCause::Memory ? "Runtime.OutOfMemory" : "Runtime.ExitError";
}

std::string exitText(const RuntimeAnswer& answer)
{
    if (!answer.unstarted.empty())
        return answer.unstarted;
    const int status = answer.exitStatus;
    const bool reasonless = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (answer.extension)
        return reasonless ? "exit code 0" : statusText(status);
    return reasonless ? "Runtime exited without providing a reason"
                      : "Runtime exited with error: " + statusText(status);
}

}
