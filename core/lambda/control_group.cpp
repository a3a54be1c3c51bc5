#include "core/lambda/control_group.h"

#include "core/base/text.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "cloudchamber-";
constexpr const char* kMain = "cloudchamber-main"; // where a chamber itself stands
constexpr const char* kProcesses = "1024";
// AWS: so many MB stand for one processor.
constexpr double kMegabytesPerProcessor = 1769;
// In which a quota is given: short, so that small functions stop for moments and not for a tenth of a second.
constexpr int kPeriodMicros = 20'000;
constexpr int kLeastQuota = 1'000; // the kernel's

// 0 or errno. A file of a control group takes a value in one write.
int put(const fs::path& file, const std::string& value)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return errno;
    const int failed = write(descriptor, value.data(), value.size()) < 0 ? errno : 0;
    close(descriptor);
    return failed;
}

std::string textOf(const fs::path& file)
{
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

bool has(std::string_view list, std::string_view word)
{
    const auto words = split(list, ',');
    return std::find(words.begin(), words.end(), word) != words.end();
}

struct Mount {
    std::string root;
    std::string point;
    std::string type;
    std::string options; // of the file system: its controllers
};

// "25 18 0:21 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu"
Mount mountOf(std::string_view line)
{
    Mount mount;
    std::istringstream fields{std::string(line)};
    std::string skipped;
    fields >> skipped >> skipped >> skipped >> mount.root >> mount.point;
    while (fields >> skipped && skipped != "-") { }
    fields >> mount.type >> skipped >> mount.options;
    return mount;
}

// A mount may show a part of the hierarchy alone.
fs::path folderIn(const Mount& mount, std::string_view own)
{
    if (mount.root != "/" && own.starts_with(mount.root))
        own.remove_prefix(mount.root.size());
    while (own.starts_with('/'))
        own.remove_prefix(1);
    return own.empty() ? fs::path(mount.point) : fs::path(mount.point) / own;
}

bool giveControllers(const fs::path& folder)
{
    bool any = false;
    for (const char* controller : {"+memory", "+pids", "+cpu"})
        any = put(folder / "cgroup.subtree_control", controller) == 0 || any;
    return any;
}

// The hierarchy's own root, where alone the kernel lets processes stand beside groups that are given
// controllers.
bool isRoot(const fs::path& folder)
{
    std::error_code failed;
    return !fs::exists(folder / "cgroup.type", failed);
}

// Version 2 lets a group that has processes of its own give its children nothing: where only the chamber
// stands there, as systemd starts it, it moves into a child. Not tried before that: "cpu" and "pids", which
// may divide threads too, would be given, and make of the group a place whose children hold threads alone
// (cgroup-v2.rst, "Threads"). "" or why not.
std::string prepareUnified(const fs::path& folder)
{
    if (access((folder / "cgroup.subtree_control").c_str(), W_OK) != 0)
        return "this user may make no control groups here; `systemd-run --user --scope -p Delegate=yes` "
               "starts "
               "the chamber where it may";
    const std::string standing(trimmed(textOf(folder / "cgroup.procs")));
    const auto self = std::to_string(getpid());
    if ((standing.empty() || isRoot(folder)) && giveControllers(folder))
        return {};
    if (standing != self)
        return "other programs stand in the chamber's own control group; `systemd-run --scope -p "
               "Delegate=yes` "
               "starts it in one of its own";
    const auto own = folder / kMain;
    mkdir(own.c_str(), 0755);
    if (put(own / "cgroup.procs", self) != 0 || !giveControllers(folder))
        return "no controllers are given to the chamber's control group";
    return {};
}

// Groups of chambers that are no more; one that still has processes stays, its keepers will remove it.
void sweep(const fs::path& folder)
{
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with(kPrefix) || !entry.is_directory(failed))
            continue;
        const auto pid = parseInteger(split(std::string_view(name).substr(kPrefix.size()), '-').front());
        if (!pid || access(("/proc/" + std::to_string(*pid)).c_str(), F_OK) == 0)
            continue;
        for (const auto& environment : fs::directory_iterator(entry.path(), failed)) {
            if (environment.is_directory(failed))
                rmdir(environment.path().c_str());
        }
        rmdir(entry.path().c_str());
    }
}

bool wishes(const char* variable, std::string_view value)
{
    const char* wish = std::getenv(variable);
    return wish && wish == value;
}

std::string megabytes(int count)
{
    return std::to_string(std::int64_t{count} * 1024 * 1024);
}

// The weights of functions are measured by a group in which others of the computer stand: as heavy as one
// program on each processor.
int processors()
{
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 64u));
}

}

ControlGroupPlace placeAmongGroups(std::string_view mounts, std::string_view own)
{
    ControlGroupPlace place;
    fs::path unified;
    for (const auto line : split(mounts, '\n')) {
        const auto mount = mountOf(line);
        for (const auto entry : split(own, '\n')) {
            // "1:cpu,cpuacct:/user.slice", "0::/user.slice"; the path may have colons
            const auto first = entry.find(':');
            const auto second = first == entry.npos ? first : entry.find(':', first + 1);
            if (second == entry.npos)
                continue;
            const auto controllers = entry.substr(first + 1, second - first - 1);
            const auto path = entry.substr(second + 1);
            if (mount.type == "cgroup2" && controllers.empty() && unified.empty())
                unified = folderIn(mount, path);
            if (mount.type != "cgroup")
                continue;
            for (const auto& [controller, folder] : {std::pair("cpu", &place.processor),
                     std::pair("memory", &place.memory), std::pair("pids", &place.processes)}) {
                if (has(controllers, controller) && has(mount.options, controller))
                    *folder = folderIn(mount, path);
            }
        }
    }
    // It has moved there before.
    if (unified.filename() == kMain)
        unified = unified.parent_path();
    if (place.processor.empty() && place.memory.empty() && place.processes.empty() && !unified.empty())
        place = {true, unified, unified, unified};
    return place;
}

ControlGroup::ControlGroup(std::vector<fs::path> folders, bool unified, const ControlGroupLimits& limits)
    : m_folders(std::move(folders))
    , m_unified(unified)
    , m_limits(limits)
{
    const auto most = megabytes(m_limits.memory + m_limits.temporary);
    if (m_unified) {
        m_memory = set("memory.max", most);
        // What does not fit must not go to the disk, and what is killed is killed as a whole.
        set("memory.swap.max", "0");
        set("memory.oom.group", "1");
    } else {
        m_memory = set("memory.limit_in_bytes", most);
        set("memory.memsw.limit_in_bytes", most);
    }
    m_processes = set("pids.max", kProcesses);
}

ControlGroup::~ControlGroup()
{
    for (const auto& folder : m_folders)
        rmdir(folder.c_str());
}

// In the hierarchy that knows the file: the others refuse to make it.
bool ControlGroup::set(const char* file, const std::string& value)
{
    return std::any_of(m_folders.begin(), m_folders.end(),
        [&](const fs::path& folder) { return put(folder / file, value) == 0; });
}

bool ControlGroup::holdProcessor()
{
    const double part = m_limits.memory / kMegabytesPerProcessor;
    if (wishes("CHAMBER_LAMBDA_CPU", "quota")) {
        const auto quota = std::to_string(std::max(kLeastQuota, static_cast<int>(part * kPeriodMicros)));
        m_processor = m_unified
            ? set("cpu.max", quota + ' ' + std::to_string(kPeriodMicros))
            : set("cpu.cfs_period_us", std::to_string(kPeriodMicros)) && set("cpu.cfs_quota_us", quota);
        return m_processor;
    }
    const int unit = m_unified ? 100 : 1024;
    const auto weight = std::to_string(std::max(m_unified ? 1 : 2, static_cast<int>(part * unit)));
    m_processor = set(m_unified ? "cpu.weight" : "cpu.shares", weight);
    return m_processor;
}

std::string ControlGroup::description() const
{
    char part[32];
    std::snprintf(part, sizeof part, "%.2f", m_limits.memory / kMegabytesPerProcessor);
    std::vector<std::string> held;
    if (m_memory)
        held.push_back(std::to_string(m_limits.memory + m_limits.temporary) + " MB"
            + (m_limits.temporary > 0 ? " with /tmp" : ""));
    if (m_processes)
        held.push_back("1,024 processes and threads");
    held.push_back(wishes("CHAMBER_LAMBDA_CPU", "quota")
            ? "after its start, " + std::string(part) + " of a processor"
            : "after its start, " + std::string(part) + " parts of the processor where others want it too");
    std::string text = "A control group holds it to ";
    for (std::size_t at = 0; at < held.size(); ++at)
        text += (at == 0 ? "" : at + 1 == held.size() ? " and, " : ", ") + held[at];
    return text;
}

ControlGroups::ControlGroups()
{
    if (wishes("CHAMBER_LAMBDA_CGROUPS", "off"))
        m_why = "CHAMBER_LAMBDA_CGROUPS is off";
    else
        open(placeAmongGroups(textOf("/proc/self/mountinfo"), textOf("/proc/self/cgroup")));
}

ControlGroups::ControlGroups(const ControlGroupPlace& place)
{
    open(place);
}

ControlGroups::~ControlGroups()
{
    for (const auto& folder : m_folders)
        rmdir(folder.c_str());
}

void ControlGroups::open(const ControlGroupPlace& place)
{
    static std::atomic<int> count = 0;
    m_unified = place.unified;
    if (m_unified)
        m_why = prepareUnified(place.memory);
    if (!m_why.empty())
        return;
    const auto name = std::string(kPrefix) + std::to_string(getpid()) + '-' + std::to_string(++count);
    for (const auto& parent : {place.memory, place.processes, place.processor}) {
        const auto folder = parent / name;
        if (parent.empty() || std::find(m_folders.begin(), m_folders.end(), folder) != m_folders.end())
            continue;
        sweep(parent);
        if (mkdir(folder.c_str(), 0755) == 0)
            m_folders.push_back(folder);
        if (m_unified)
            giveControllers(folder);
        if (parent == place.processor)
            put(folder / (m_unified ? "cpu.weight" : "cpu.shares"),
                std::to_string(processors() * (m_unified ? 100 : 1024)));
    }
    if (m_folders.empty())
        m_why = "this system lets this user make no control groups";
}

std::unique_ptr<ControlGroup> ControlGroups::make(
    const std::string& id, const ControlGroupLimits& limits) const
{
    std::vector<fs::path> folders;
    for (const auto& parent : m_folders) {
        if (mkdir((parent / id).c_str(), 0755) == 0)
            folders.push_back(parent / id);
    }
    if (folders.empty())
        return nullptr;
    return std::make_unique<ControlGroup>(std::move(folders), m_unified, limits);
}

}
