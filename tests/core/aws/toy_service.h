#pragma once

#include "core/aws/front_door.h"
#include "core/store/blob_store.h"

#include <QTemporaryDir>

#include <atomic>
#include <memory>
#include <vector>

namespace tests {

// A service with one action for each lane and each way to fail, in any protocol.
class ToyService : public core::aws::TableService<ToyService> {
public:
    ToyService(std::string id, core::aws::Protocol protocol)
        : m_id(std::move(id))
        , m_protocol(protocol)
    {
    }

    std::string_view id() const override { return m_id; }
    core::aws::Protocol protocol() const override { return m_protocol; }
    std::string_view targetPrefix() const override
    {
        const bool json =
            m_protocol == core::aws::Protocol::Json10 || m_protocol == core::aws::Protocol::Json11;
        return json ? "Toy_20261122" : "";
    }
    bool sendsCrc32() const override { return m_protocol == core::aws::Protocol::Json10; }
    bool claims(const core::http::Request& head) const override;
    core::http::Response serve(core::http::Request request, core::trace::SpanScope& span) override;

    static std::span<const core::aws::ActionRow<ToyService>> rows();

private:
    std::string m_id;
    core::aws::Protocol m_protocol;
};

// A front door on a real port, with toy services behind it.
class ToyHouse {
public:
    explicit ToyHouse(core::aws::FrontDoorOptions options = {}, int poolThreads = 8, int poolQueue = 64);
    ~ToyHouse();

    std::string endpoint() const;
    core::http::Response send(
        core::http::Request request) const; // aborts the test program when there is no answer
    core::http::Response post(
        const std::string& target, const std::string& action, const std::string& body) const;

    QTemporaryDir folder;
    core::Clock clock{core::Clock::State{1'800'000'000 * core::kSecond, 1, true}};
    core::trace::Tracer tracer{clock};
    core::WorkPool pool;
    core::Publisher<core::aws::ResourceChanged> changes;
    std::unique_ptr<core::store::Store> store;
    core::http::Server server;
    ToyService json{"toy", core::aws::Protocol::Json10};
    ToyService rest{"toyrest", core::aws::Protocol::RestJson};
    ToyService xml{"toyxml", core::aws::Protocol::RestXml};
    ToyService storage{"s3", core::aws::Protocol::RestXml};
    std::unique_ptr<core::aws::FrontDoor> door;
    std::unique_ptr<core::http::Listener> listener;
};

inline constexpr const char* kToySigned =
    "AWS4-HMAC-SHA256 Credential=123456789012/20261122/eu-west-1/toy/aws4_request, SignedHeaders=host, "
    "Signature=0";
core::http::Request toyRequest(
    std::string method, std::string target, std::string body = {}, core::http::Headers headers = {});

}
