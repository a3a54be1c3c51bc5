#include "core/lambda/sandbox.h"

#include <cstdlib>
#include <mutex>
#include <string_view>

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace core::lambda {

namespace fs = std::filesystem;

bool succeeds(std::vector<std::string> words)
{
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    char* const none[] = {nullptr};
    const bool started = posix_spawn(&pid, arguments[0], &actions, nullptr, arguments.data(), none) == 0;
    posix_spawn_file_actions_destroy(&actions);
    int status = -1;
    return started && waitpid(pid, &status, 0) == pid && status == 0;
}

namespace {

constexpr const char* kHosts = "/etc/hosts";
constexpr const char* kPlaces[] = {"/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"};
// Folders that are others inside.
constexpr std::string_view kReplaced[] = {"/tmp", "/var", "/opt", "/proc", "/dev"};

bool isBelow(const fs::path& path, const fs::path& folder)
{
    const auto relative = path.lexically_normal().lexically_relative(folder.lexically_normal());
    return !relative.empty() && *relative.begin() != "..";
}

bool works(const std::string& program, bool bounds)
{
    std::vector<std::string> words{
        program, "--unshare-pid", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"};
    if (bounds)
        words.insert(words.end(), {"--size", "1048576"});
    words.insert(words.end(), {"--tmpfs", "/tmp", "/usr/bin/true"});
    return succeeds(std::move(words));
}

struct Found {
    std::optional<Bubblewrap> bubblewrap;
    std::string reason;
};

Found look()
{
    for (const char* place : kPlaces) {
        if (access(place, X_OK) != 0)
            continue;
        for (const bool bounds : {true, false}) {
            if (works(place, bounds))
                return {Bubblewrap{place, bounds}, {}};
        }
        return {{}, "bubblewrap is installed, but this system does not let it make namespaces"};
    }
    return {{}, "bubblewrap is not installed (the package bubblewrap)"};
}

const Found& found()
{
    static const Found once = look();
    return once;
}

bool isTurnedOff()
{
    const char* wish = std::getenv("CHAMBER_LAMBDA_SANDBOX");
    return wish && std::string_view(wish) == "off";
}

}

std::optional<Bubblewrap> findBubblewrap()
{
    return isTurnedOff() ? std::nullopt : found().bubblewrap;
}

std::string noSandboxReason()
{
    return isTurnedOff() ? "CHAMBER_LAMBDA_SANDBOX is off" : found().reason;
}

bool isSeenInside(const fs::path& program, const fs::path& chamber)
{
    for (const auto replaced : kReplaced) {
        if (isBelow(program, replaced))
            return false;
    }
    return !isBelow(program, chamber);
}

fs::path sharedInside(const fs::path& folder, const fs::path& chamber, std::size_t number)
{
    if (isSeenInside(folder, chamber))
        return folder;
    // Node.js looks for packages by the name of their folder, too.
    return fs::path("/var/lang") / std::to_string(number) / folder.filename();
}

namespace {

// On Amazon Linux sh is bash, and scripts of custom runtimes count on it: the guide's own tutorial does. On
// Debian and Ubuntu it is dash, which can give its place; where sh is one of many names (busybox) it stays.
std::vector<std::string> shellOfAmazonLinux()
{
    std::error_code failed;
    const auto shell = fs::canonical("/bin/sh", failed);
    const auto bash = fs::canonical("/bin/bash", failed);
    if (failed || shell.filename() != "dash")
        return {};
    return {"--ro-bind", bash.string(), shell.string()};
}

}

ChildCommand enclosed(ChildCommand command, const Bubblewrap& bubblewrap, const Enclosure& enclosure)
{
    std::vector<std::string> words{"--die-with-parent", "--unshare-pid", "--unshare-ipc"};
    // Root would be root inside, too, and could undo all of this.
    if (geteuid() == 0)
        words.insert(words.end(), {"--cap-drop", "ALL"});
    words.insert(words.end(), {"--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"});
    if (bubblewrap.bounds)
        words.insert(words.end(),
            {"--size",
                std::to_string(
                    std::uint64_t{1024} * 1024 * static_cast<std::uint64_t>(enclosure.temporaryMegabytes))});
    // Of /var only what programs look for there: sockets of services, and certificates on some systems.
    words.insert(words.end(),
        {"--tmpfs", "/tmp", "--tmpfs", "/var", "--symlink", "/run", "/var/run", "--ro-bind-try",
            "/var/lib/ca-certificates", "/var/lib/ca-certificates"});
    const auto shell = shellOfAmazonLinux();
    words.insert(words.end(), shell.begin(), shell.end());
    const auto bind = [&words](const fs::path& from, const std::string& to) {
        words.insert(words.end(), {"--ro-bind", from.string(), to});
    };
    std::error_code failed;
    std::vector<std::string> emptied{"/var"};
    if (isSeenInside(enclosure.chamber, {})) {
        words.insert(words.end(), {"--tmpfs", enclosure.chamber.string()});
        emptied.push_back(enclosure.chamber.string());
    }
    bind(enclosure.code, kTaskFolder);
    if (!enclosure.hosts.empty())
        bind(enclosure.hosts, kHosts);
    if (!enclosure.runtime.empty())
        bind(enclosure.runtime, kRuntimeFolder);
    if (!enclosure.layers.empty()) {
        bind(enclosure.layers, kLayersFolder);
    } else if (fs::is_directory(kLayersFolder, failed)) {
        words.insert(words.end(), {"--tmpfs", kLayersFolder});
        emptied.push_back(kLayersFolder);
    }
    bind(enclosure.launcher, kLauncherFile);
    for (std::size_t number = 0; number < enclosure.shared.size(); ++number) {
        const auto& path = enclosure.shared[number];
        const auto seen = sharedInside(path, enclosure.chamber, number);
        if (seen != path && fs::exists(path, failed))
            bind(path, seen.string());
    }
    for (const auto& folder : emptied)
        words.insert(words.end(), {"--remount-ro", folder});
    words.insert(words.end(), {"--chdir", kTaskFolder, command.program.string()});
    command.arguments.insert(command.arguments.begin(), words.begin(), words.end());
    command.program = bubblewrap.program;
    // Beside itself, bubblewrap is the first process inside.
    command.depth += 2;
    return command;
}

ChildCommand launched(
    ChildCommand command, const fs::path& launcher, const std::vector<std::string>& extensions)
{
    struct stat own { };
    stat("/proc/self/ns/user", &own);
    std::vector<std::string> words{"launch", std::to_string(own.st_ino)};
    words.insert(words.end(), extensions.begin(), extensions.end());
    words.insert(words.end(), {"--", command.program.string()});
    command.arguments.insert(command.arguments.begin(), words.begin(), words.end());
    command.program = launcher;
    command.depth += 1;
    return command;
}

}
