#pragma once

#include <cstddef>

#include <sys/types.h>

namespace core::lambda {

// The folders of a program's control groups, which the chamber has made for it.
class ProgramGroups {
public:
    // A group of version 2: the program is born there.
    void setBirthplace(const char* folder) { m_into = folder; }
    // What it joins after its start. More than there can be are left out.
    void add(const char* folder);

    // As fork(): in its birthplace where it has one and the kernel can do that.
    pid_t forkProgram();
    bool anyToJoin() const { return m_joins > 0; }
    void join(pid_t pid) const;

    // An eventfd of version 1, which tells when the memory is full, and can let those wait who want more: no
    // part of the program goes on without the rest. -1 where there is none.
    int watchMemory() const;
    // Version 2 kills all of the group itself.
    bool wasKilledForMemory() const;
    // After the last process.
    void remove() const;

private:
    static constexpr std::size_t kMaxGroups = 3; // hierarchies of version 1 that hold anything

    const char* m_into = nullptr;
    const char* m_join[kMaxGroups + 1] = {}; // one more: a birthplace that could not be one
    std::size_t m_joins = 0;
};

}
