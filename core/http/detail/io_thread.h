#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace core::http::detail {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
    asio::wait_traits<std::chrono::steady_clock>, Executor>;

class IoThread;

// What lives on an I/O thread between an accepted socket and its end: a session of requests or a WebSocket.
// Its thread owns it.
class Connection {
public:
    explicit Connection(std::uint64_t listenerId)
        : m_listenerId(listenerId)
    {
    }
    virtual ~Connection() = default;
    virtual void end() = 0; // closes at once
    virtual void checkDeadline() = 0; // once a second
    std::uint64_t listenerId() const { return m_listenerId; }

    std::size_t slot = 0; // the thread's place for it

private:
    const std::uint64_t m_listenerId;
};

// What other threads leave for an I/O thread: all that wait are marked, then all are gone on with.
class Answer {
public:
    virtual ~Answer() = default;
    virtual void markReady() { }
    virtual void wakeSession() = 0;
};

// Where answers given on other threads wait for their I/O thread; many of them wake it once. Outlives the
// thread, so that a late answer finds it stopped. Any thread.
class AnswerQueue {
public:
    explicit AnswerQueue(IoThread& thread)
        : m_thread(&thread)
    {
    }
    void push(std::shared_ptr<Answer> answer);
    std::vector<std::shared_ptr<Answer>> take();
    void stop();
    bool onOwnThread() const;

private:
    std::mutex m_mutex;
    IoThread* const m_thread;
    bool m_stopped = false;
    std::vector<std::shared_ptr<Answer>> m_answered;
};

// Lets any thread, an I/O thread too, run work on I/O threads and wait for it: a thread that waits here does
// the work that others left for it meanwhile, so that two that wait for each other both get on. Outlives the
// server.
class Errands {
public:
    using Work = std::function<void()>;
    // Runs work[i] on threads[i] and returns when all has run.
    void runOn(const std::vector<IoThread*>& threads, std::vector<Work> work);
    void runWaiting(IoThread& thread); // on `thread`
    // Waits as runOn() does until `done`, a predicate over what settle() changes.
    void waitUntil(const std::function<bool()>& done);
    void settle(const std::function<void()>& change);

private:
    void wait(std::unique_lock<std::mutex>& lock, const std::function<bool()>& done);
    bool runOne(IoThread& thread, std::unique_lock<std::mutex>& lock);
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

// One thread, one io_context, and the connections that live on it. Members are for this thread unless said.
class IoThread {
public:
    explicit IoThread(std::shared_ptr<Errands> errands);
    ~IoThread(); // joins; every acceptor and session has ended before
    IoThread(const IoThread&) = delete;
    IoThread& operator=(const IoThread&) = delete;

    static IoThread* current(); // any thread; null outside I/O threads
    asio::io_context& context() { return m_context; } // any thread
    const std::shared_ptr<AnswerQueue>& answers() const { return m_answers; } // any thread
    void wakeForAnswers(); // any thread
    void wakeForErrands(); // any thread

    void add(std::shared_ptr<Connection> connection);
    void remove(const Connection& connection);
    std::vector<std::shared_ptr<Connection>> connections() const { return m_connections; }

    std::int64_t seconds() const { return m_seconds; } // monotonic, as of the last tick
    std::string_view dateField(); // "Date: …\r\n"

private:
    friend class Errands;
    void startTicking();
    void tick();
    void deliverAnswers();

    asio::io_context m_context{1};
    asio::executor_work_guard<Executor> m_guard{m_context.get_executor()};
    Timer m_timer{m_context};
    std::shared_ptr<Errands> m_errands;
    std::shared_ptr<AnswerQueue> m_answers;
    std::deque<std::function<void()>> m_waitingErrands; // guarded by Errands
    std::vector<std::shared_ptr<Connection>> m_connections;
    std::int64_t m_seconds = 0;
    std::int64_t m_dateSecond = 0;
    std::string m_dateField;
    std::thread m_thread;
};

}
