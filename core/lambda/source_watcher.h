#pragma once

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
    // True once after a change.
    bool takeChange(const std::string& key);

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
    std::set<std::string> m_unreported;
    std::thread m_thread;
};

}
