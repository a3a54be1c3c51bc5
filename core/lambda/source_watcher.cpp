#include "core/lambda/source_watcher.h"

#include "core/base/log.h"

#include <cerrno>
#include <cstdint>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t kEvents =
    IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR;
// Editors write a file in several steps: what they do within this time is one change.
constexpr int kPauseMillis = 80;

bool isBytecode(const fs::path& path)
{
    return path.filename() == "__pycache__";
}

}

SourceWatcher::SourceWatcher(std::function<void(const std::string&)> changed)
    : m_changed(std::move(changed))
    , m_inotify(inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    , m_stop(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_inotify < 0 || m_stop < 0)
        log::warning(
            "lambda", "changes of function folders are not noticed: the system gives no file watcher");
    m_thread = std::thread([this] { run(); });
}

SourceWatcher::~SourceWatcher()
{
    eventfd_write(m_stop, 1);
    m_thread.join();
    if (m_inotify >= 0)
        close(m_inotify);
    if (m_stop >= 0)
        close(m_stop);
}

void SourceWatcher::watch(const std::string& key, const fs::path& folder, bool dirty)
{
    const std::lock_guard guard(m_mutex);
    m_watched.insert(key);
    addFolders(key, folder);
    // Without a watcher every invocation has to look.
    if (dirty || m_inotify < 0)
        m_dirty.insert(key);
}

void SourceWatcher::forget(const std::string& key)
{
    const std::lock_guard guard(m_mutex);
    for (auto place = m_places.begin(); place != m_places.end();) {
        if (place->second.key == key) {
            inotify_rm_watch(m_inotify, place->first);
            place = m_places.erase(place);
        } else {
            ++place;
        }
    }
    m_watched.erase(key);
    m_dirty.erase(key);
    m_unreported.erase(key);
}

bool SourceWatcher::takeChange(const std::string& key)
{
    std::unique_lock lock(m_mutex);
    if (m_inotify < 0)
        return true;
    m_done.wait(lock, [&] { return !m_taken.contains(key); });
    drain();
    m_unreported.erase(key);
    return m_dirty.erase(key) > 0 && m_taken.insert(key).second;
}

void SourceWatcher::doneWith(const std::string& key)
{
    {
        const std::lock_guard guard(m_mutex);
        m_taken.erase(key);
    }
    m_done.notify_all();
}

// Under the mutex.
void SourceWatcher::addFolders(const std::string& key, const fs::path& folder)
{
    const int descriptor = inotify_add_watch(m_inotify, folder.c_str(), kEvents);
    if (descriptor < 0)
        return;
    m_places[descriptor] = {key, folder};
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        std::error_code ignored;
        if (entry.is_directory(ignored) && !entry.is_symlink(ignored) && !isBytecode(entry.path()))
            addFolders(key, entry.path());
    }
}

// Under the mutex: takes what the kernel has noticed so far.
void SourceWatcher::drain()
{
    alignas(inotify_event) char bytes[16384];
    for (;;) {
        const auto count = read(m_inotify, bytes, sizeof bytes);
        if (count <= 0)
            return;
        for (const char* at = bytes; at < bytes + count;) {
            const auto* event = reinterpret_cast<const inotify_event*>(at);
            at += sizeof(inotify_event) + event->len;
            if (event->mask & IN_Q_OVERFLOW) {
                m_dirty = m_unreported = m_watched;
                continue;
            }
            const auto found = m_places.find(event->wd);
            if (found == m_places.end())
                continue;
            if (event->mask & IN_IGNORED) {
                m_places.erase(found);
                continue;
            }
            const auto place = found->second;
            const auto path = place.folder / (event->len > 0 ? event->name : "");
            if (isBytecode(path))
                continue;
            if (event->mask & IN_ISDIR && event->mask & (IN_CREATE | IN_MOVED_TO))
                addFolders(place.key, path);
            m_dirty.insert(place.key);
            m_unreported.insert(place.key);
        }
    }
}

void SourceWatcher::run()
{
    pollfd waits[2] = {{m_stop, POLLIN, 0}, {m_inotify, POLLIN, 0}};
    for (;;) {
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            return;
        if (waits[0].revents != 0)
            return;
        // A pause that ends at once when the watcher is to stop.
        if (poll(waits, 1, kPauseMillis) > 0)
            return;
        std::set<std::string> keys;
        {
            const std::lock_guard guard(m_mutex);
            drain();
            keys = std::exchange(m_unreported, {});
        }
        for (const auto& key : keys)
            m_changed(key);
    }
}

}
