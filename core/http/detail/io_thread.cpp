#include "core/http/detail/io_thread.h"

#include "core/base/clock.h"
#include "core/base/time_format.h"

#include <boost/asio/post.hpp>

#include <ctime>

namespace core::http::detail {

namespace {

thread_local IoThread* t_current = nullptr;

}

void AnswerQueue::push(std::shared_ptr<Answer> answer)
{
    std::lock_guard guard(m_mutex);
    if (m_stopped)
        return;
    m_answered.push_back(std::move(answer));
    if (m_answered.size() == 1)
        m_thread->wakeForAnswers();
}

std::vector<std::shared_ptr<Answer>> AnswerQueue::take()
{
    std::lock_guard guard(m_mutex);
    return std::exchange(m_answered, {});
}

void AnswerQueue::stop()
{
    std::vector<std::shared_ptr<Answer>> dropped;
    std::lock_guard guard(m_mutex);
    m_stopped = true;
    dropped.swap(m_answered);
}

bool AnswerQueue::onOwnThread() const
{
    return t_current == m_thread;
}

void Errands::runOn(const std::vector<IoThread*>& threads, std::vector<Work> work)
{
    std::unique_lock lock(m_mutex);
    std::size_t open = work.size();
    for (std::size_t i = 0; i < work.size(); ++i) {
        threads[i]->m_waitingErrands.push_back([this, &open, run = std::move(work[i])] {
            run();
            std::lock_guard guard(m_mutex);
            --open;
            m_changed.notify_all();
        });
        threads[i]->wakeForErrands();
    }
    // Another I/O thread may be waiting in here and has to see what was left for it.
    m_changed.notify_all();
    wait(lock, [&open] { return open == 0; });
}

void Errands::waitUntil(const std::function<bool()>& done)
{
    std::unique_lock lock(m_mutex);
    wait(lock, done);
}

void Errands::settle(const std::function<void()>& change)
{
    std::lock_guard guard(m_mutex);
    change();
    m_changed.notify_all();
}

void Errands::wait(std::unique_lock<std::mutex>& lock, const std::function<bool()>& done)
{
    while (!done()) {
        if (t_current && runOne(*t_current, lock))
            continue;
        m_changed.wait(lock);
    }
}

void Errands::runWaiting(IoThread& thread)
{
    std::unique_lock lock(m_mutex);
    while (runOne(thread, lock)) { }
}

bool Errands::runOne(IoThread& thread, std::unique_lock<std::mutex>& lock)
{
    // An I/O thread of another server has errands of its own, under its own lock.
    if (thread.m_errands.get() != this || thread.m_waitingErrands.empty())
        return false;
    const auto work = std::move(thread.m_waitingErrands.front());
    thread.m_waitingErrands.pop_front();
    lock.unlock();
    work();
    lock.lock();
    return true;
}

IoThread::IoThread(std::shared_ptr<Errands> errands)
    : m_errands(std::move(errands))
    , m_answers(std::make_shared<AnswerQueue>(*this))
{
    m_thread = std::thread([this] {
        t_current = this;
        m_context.run();
        t_current = nullptr;
    });
}

IoThread::~IoThread()
{
    m_guard.reset();
    m_thread.join();
    m_answers->stop();
}

IoThread* IoThread::current()
{
    return t_current;
}

void IoThread::wakeForAnswers()
{
    asio::post(m_context, [this] { deliverAnswers(); });
}

void IoThread::wakeForErrands()
{
    asio::post(m_context, [this] { m_errands->runWaiting(*this); });
}

void IoThread::deliverAnswers()
{
    const auto answers = m_answers->take();
    for (const auto& answer : answers)
        answer->markReady();
    for (const auto& answer : answers)
        answer->wakeSession();
}

void IoThread::add(std::shared_ptr<Connection> connection)
{
    connection->slot = m_connections.size();
    m_connections.push_back(std::move(connection));
    if (m_connections.size() == 1)
        startTicking();
}

void IoThread::remove(const Connection& connection)
{
    const auto slot = connection.slot;
    if (slot >= m_connections.size() || m_connections[slot].get() != &connection)
        return;
    std::swap(m_connections[slot], m_connections.back());
    m_connections[slot]->slot = slot;
    m_connections.pop_back();
    if (m_connections.empty())
        m_timer.cancel();
}

void IoThread::startTicking()
{
    m_seconds = steadyMicros() / kSecond;
    m_timer.expires_after(std::chrono::seconds(1));
    m_timer.async_wait([this](const boost::system::error_code& error) {
        if (!error)
            tick();
    });
}

void IoThread::tick()
{
    if (m_connections.empty())
        return;
    startTicking();
    for (const auto& connection : connections())
        connection->checkDeadline();
}

std::string_view IoThread::dateField()
{
    if (const std::int64_t second = std::time(nullptr); second != m_dateSecond) {
        m_dateSecond = second;
        m_dateField = "Date: " + httpDate(second * kSecond) + "\r\n";
    }
    return m_dateField;
}

}
