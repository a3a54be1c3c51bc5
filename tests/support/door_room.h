#pragma once

#include "core/aws/front_door.h"
#include "core/aws/log_book.h"
#include "core/aws/metric_book.h"
#include "core/base/work_pool.h"

#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

// One service behind a real front door, on a clock that stands still at `start`.
template <typename Service> struct DoorRoom {
    explicit DoorRoom(core::Micros start)
        : clock({.now = start, .rate = 1, .paused = true})
    {
        door.add(service);
    }
    ~DoorRoom()
    {
        pool.stop();
        logs.close();
    }

    core::Result<nlohmann::json> call(
        const char* action, const nlohmann::json& input, const core::aws::CallOptions& options = {})
    {
        CORE_TRY(const auto reply, door.call(service.id(), action, input, options));
        return reply.json();
    }

    QTemporaryDir folder;
    core::Clock clock;
    core::trace::Tracer tracer{clock};
    core::Publisher<core::aws::ResourceChanged> changes;
    std::unique_ptr<core::store::Store> store =
        *core::store::Store::open({folder.path().toStdString(), core::store::Durability::Relaxed});
    core::store::BlobStore blobs{folder.path().toStdString() + "/objects", false};
    core::aws::MetricBook metrics{*store, clock};
    core::WorkPool pool{4, 64};
    core::http::Server server;
    core::aws::FrontDoor door{*store, clock, tracer, pool, changes, {}};
    core::aws::LogBook logs{door};
    core::aws::Host host{*store, blobs, clock, tracer, door, pool, server, changes, logs,
        folder.path().toStdString(), [] { return std::string(); }, &metrics};
    Service service{host};
};
