#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

// Where this process stands among the control groups of this computer: below these folders it makes its own.
struct ControlGroupPlace {
    bool unified = false; // version 2: one folder for all
    std::filesystem::path processor; // each empty for none
    std::filesystem::path memory;
    std::filesystem::path processes;
};

// Of the texts of /proc/self/mountinfo and /proc/self/cgroup.
ControlGroupPlace placeAmongGroups(std::string_view mounts, std::string_view own);

// What one environment may use.
struct ControlGroupLimits {
    int memory = 128; // MB: the function's, which decides its part of the processor too
    int temporary = 0; // MB of files that are memory
};

// The control group of one environment: limits from its making on, its part of the processor from
// holdProcessor() on. Removed when this dies; the keeper removes it too, with the last process, so that it
// goes also when the chamber was killed. Calls from any thread, one at a time.
class ControlGroup {
public:
    ControlGroup(std::vector<std::filesystem::path> folders, bool unified, const ControlGroupLimits& limits);
    ~ControlGroup();
    ControlGroup(const ControlGroup&) = delete;
    ControlGroup& operator=(const ControlGroup&) = delete;

    // What a keeper is told: its program joins these.
    const std::vector<std::filesystem::path>& folders() const { return m_folders; }
    bool isUnified() const { return m_unified; }
    // False when there is nothing to share by.
    bool holdProcessor();
    // What it holds, in words.
    std::string description() const;

private:
    bool set(const char* file, const std::string& value);

    const std::vector<std::filesystem::path> m_folders;
    const bool m_unified;
    const ControlGroupLimits m_limits;
    bool m_memory = false;
    bool m_processes = false;
    bool m_processor = false;
};

// The control groups of one chamber's environments, in a group of their own that goes with this object; what
// a killed chamber left behind goes when the next one comes. Where this system or this user may make none,
// there are none, and why() says it. Any thread.
class ControlGroups {
public:
    // Those of this computer; `CHAMBER_LAMBDA_CGROUPS=off` in the chamber's environment: none.
    ControlGroups();
    explicit ControlGroups(const ControlGroupPlace& place);
    ~ControlGroups();
    ControlGroups(const ControlGroups&) = delete;
    ControlGroups& operator=(const ControlGroups&) = delete;

    std::unique_ptr<ControlGroup> make(const std::string& id, const ControlGroupLimits& limits) const;
    const std::string& why() const { return m_why; }

private:
    void open(const ControlGroupPlace& place);

    bool m_unified = false;
    std::vector<std::filesystem::path> m_folders; // of all environments, one a hierarchy
    std::string m_why;
};

}
