#include "core/s3/blob_leases.h"

#include <mutex>
#include <unordered_map>

namespace core::s3 {

struct BlobLeases::State {
    struct Holders {
        int count = 0;
        bool doomed = false;
    };

    explicit State(store::BlobStore& store)
        : blobs(store)
    {
    }

    void release(const std::vector<std::string>& ids)
    {
        std::vector<std::string> gone;
        {
            std::lock_guard guard(mutex);
            for (const auto& id : ids) {
                const auto found = holders.find(id);
                if (--found->second.count > 0)
                    continue;
                if (found->second.doomed)
                    gone.push_back(id);
                holders.erase(found);
            }
        }
        for (const auto& id : gone)
            blobs.remove(id);
    }

    store::BlobStore& blobs;
    std::mutex mutex;
    std::unordered_map<std::string, Holders> holders;
};

BlobLeases::BlobLeases(store::BlobStore& blobs)
    : m_state(std::make_shared<State>(blobs))
{
}

BlobLeases::Lease BlobLeases::hold(std::vector<std::string> ids)
{
    {
        std::lock_guard guard(m_state->mutex);
        for (const auto& id : ids)
            ++m_state->holders[id].count;
    }
    auto* kept = new std::vector<std::string>(std::move(ids));
    return std::shared_ptr<const void>(kept, [state = m_state](const std::vector<std::string>* held) {
        state->release(*held);
        delete held;
    });
}

void BlobLeases::remove(const std::vector<std::string>& ids)
{
    std::vector<std::string> gone;
    {
        std::lock_guard guard(m_state->mutex);
        for (const auto& id : ids) {
            if (const auto found = m_state->holders.find(id); found != m_state->holders.end())
                found->second.doomed = true;
            else
                gone.push_back(id);
        }
    }
    for (const auto& id : gone)
        m_state->blobs.remove(id);
}

}
