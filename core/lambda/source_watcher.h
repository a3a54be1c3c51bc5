#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace core::lambda {

// Notices changes in the functions' source folders (inotify). takeChange() asks the kernel first, so a file
// that was saved before an invocation is seen by it; `changed` is also called, from the watcher's own thread
// and after a short pause, so that what an editor saves shows without an invocation. Any thread.
class SourceWatcher {
public:
    explicit SourceWatcher(std::function<void(const std::string& key)> changed);
    ~SourceWatcher();
    SourceWatcher(const SourceWatcher&) = delete;
    SourceWatcher& operator=(const SourceWatcher&) = delete;

    // `dirty`: reported as changed once, since it may have changed while nobody watched.
    void watch(const std::string& key, const std::filesystem::path& folder, bool dirty);
    void forget(const std::string& key);
    // True once after a change: whoever is told takes it over, and calls doneWith(). Others who ask meanwhile
    // wait for that, so that nobody goes on with what was before.
    bool takeChange(const std::string& key);
    void doneWith(const std::string& key);

private:
    struct Place {
        std::string key;
        std::filesystem::path folder;
    };

    void run();
    void drain();
    void addFolders(const std::string& key, const std::filesystem::path& folder);

    std::function<void(const std::string&)> m_changed;
    int m_inotify = -1;
    int m_stop = -1;
    std::mutex m_mutex;
    std::map<int, Place> m_places; // by watch descriptor
    std::set<std::string> m_watched;
    std::set<std::string> m_dirty;
    std::set<std::string> m_taken; // being taken over
    std::condition_variable m_done;
    std::set<std::string> m_unreported;
    std::thread m_thread;
};

// A change that is being taken over, as long as this lives.
class TakenChange {
public:
    TakenChange(SourceWatcher& watcher, const std::string& key)
        : m_watcher(watcher)
        , m_key(key)
    {
    }
    ~TakenChange() { m_watcher.doneWith(m_key); }
    TakenChange(const TakenChange&) = delete;
    TakenChange& operator=(const TakenChange&) = delete;

private:
    SourceWatcher& m_watcher;
    const std::string& m_key;
};

}
