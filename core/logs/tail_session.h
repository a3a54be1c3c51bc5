#pragma once

#include "core/base/clock.h"
#include "core/http/message.h"
#include "core/logs/filter_pattern.h"
#include "core/logs/live_tail.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace core::logs {

// What a StartLiveTail asks to see.
struct TailWish {
    std::string region;
    std::string account;
    std::vector<std::string> groups; // names
    std::vector<std::string> identifiers; // as the request named them
    std::vector<std::string> streams; // none: all
    std::vector<std::string> streamPrefixes;
    std::string patternText;
    FilterPattern pattern;

    bool wants(const TailEvent& event) const;
};

// One StartLiveTail: an event stream of what is put from now on, and a sign of life each second of the
// chamber's clock, until the client goes or the chamber closes. The connection reads, one thread at a time;
// the tail and the clock wake it from any.
class TailSession : public http::BodySource {
public:
    TailSession(std::shared_ptr<LiveTail> tail, Clock& clock, TailWish wish, const std::string& requestId);

    Result<std::size_t> read(std::span<char> into) override;
    void onReady(std::function<void()> wake) override;

private:
    std::string update();
    void awaitBeat();

    const std::shared_ptr<LiveTail> m_tail;
    Clock& m_clock;
    const TailWish m_wish;
    std::uint64_t m_next;
    std::string m_message; // and what of it was not read yet
    std::size_t m_read = 0;
    std::atomic<bool> m_beat = false; // a second has passed
    std::function<void()> m_wake;
    std::unique_ptr<ClockTimer> m_timer; // these two last: they call back
    Subscription m_listening;
};

}
