#pragma once

#include <atomic>
#include <cstdint>

namespace core::lambda {

// Why a keeper ended its program.
enum class KeeperCause : std::int32_t { None, Memory, Processes };

// Memory that the chamber shares with the keeper of one execution environment, and the keeper with the
// launcher inside. Each member is written by one side and read by the others at any time.
struct KeeperPage {
    std::atomic<std::int32_t> group{0}; // of the program, 0 before it runs and after it has ended
    std::atomic<std::int32_t> status{0}; // waitpid's, of the program
    std::atomic<std::int32_t> ended{0}; // status is known
    std::atomic<std::int32_t> go{0}; // the chamber's: all extensions have registered, the program may start
    std::atomic<std::int32_t> leaving{0}; // the chamber's: extensions may outlive the program for a moment
    std::atomic<std::int32_t> cause{0}; // a KeeperCause
    std::atomic<std::int32_t> execError{0}; // errno of a program that could not be started
    std::atomic<std::int32_t> extensionStatus{-1}; // waitpid's, of an extension that ended before the program
    std::atomic<std::int32_t> extensionError{0}; // errno of an extension that could not be started
    std::atomic<std::int32_t> extensionNumber{0}; // which one that was
    std::atomic<std::int64_t> peakKilobytes{0}; // of all processes together
    // The chamber's, counted up to start the program and its extensions anew in the same place; what waits
    // for it waits on this word.
    std::atomic<std::int32_t> round{0};
    std::atomic<std::int32_t> begun{0}; // the launcher's: the round that it is in
    std::atomic<std::int32_t> rested{-1}; // the launcher's: the last round that is over, with all processes
    std::atomic<std::int32_t> givenUp{-1}; // the chamber's: the round whose program need not start any more
    // The launcher's: the program's number as it is known inside, 0 while it does not run.
    std::atomic<std::int32_t> program{0};
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);
static_assert(sizeof(std::atomic<std::int32_t>) == sizeof(std::int32_t));

// Descriptors that the chamber gives a keeper; 0 to 3 are the program's own.
inline constexpr int kKeeperControl = 4;
inline constexpr int kKeeperPage = 5;
inline constexpr int kExtensionOutput = 6; // where a launcher starts the program

// What the chamber writes to the control socket, one byte each; its end means the same as Kill.
enum class KeeperWord : char { Freeze = 'F', Thaw = 'T', Kill = 'K' };

}
