#include "tests/core/s3/s3_fixture.h"

#include "core/aws/log_book.h"

#include <nlohmann/json.hpp>

namespace tests {

using namespace core;

struct S3Fixture::House {
    House(const std::filesystem::path& folder, Clock& clock)
        : store(*store::Store::open({folder, store::Durability::Relaxed}))
        , blobs(folder / "objects", false)
        , tracer(clock)
        , pool(8, 64)
        , server({.threads = 2})
        , door(*store, clock, tracer, pool, changes, {})
        , logs(door)
        , host{*store, blobs, clock, tracer, door, pool, server, changes, logs, folder,
              [this] { return endpoint(); }}
        , service(host)
    {
        door.add(service);
        listener = *server.listen("127.0.0.1", 0, door);
    }

    ~House()
    {
        listener.reset();
        pool.stop();
    }

    std::string endpoint() const { return "http://127.0.0.1:" + std::to_string(listener->port()); }

    Publisher<aws::ResourceChanged> changes;
    std::unique_ptr<store::Store> store;
    store::BlobStore blobs;
    trace::Tracer tracer;
    WorkPool pool;
    http::Server server;
    aws::FrontDoor door;
    aws::LogBook logs;
    aws::Host host;
    s3::S3Service service;
    std::unique_ptr<http::Listener> listener;
};

S3Fixture::S3Fixture()
{
    restart();
}

S3Fixture::~S3Fixture() = default;

void S3Fixture::restart()
{
    m_house.reset();
    m_house = std::make_unique<House>(std::filesystem::path(m_folder.path().toStdString()), clock);
}

http::Response S3Fixture::send(
    std::string_view method, std::string_view target, std::string body, http::Headers headers)
{
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers = std::move(headers);
    request.body = std::move(body);
    const auto url = http::Url::parse(m_house->endpoint());
    auto response = http::send(*url, std::move(request));
    if (response)
        return *std::move(response);
    http::Response none;
    none.status = 0;
    none.body = response.error().message;
    return none;
}

Result<aws::Reply> S3Fixture::call(std::string_view action, const nlohmann::json& input, std::string payload)
{
    return m_house->door.call("s3", action, input, {}, std::move(payload));
}

std::filesystem::path S3Fixture::objectFolder() const
{
    return std::filesystem::path(m_folder.path().toStdString()) / "objects";
}

std::size_t S3Fixture::blobCount() const
{
    std::size_t count = 0;
    std::error_code problem;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(objectFolder(), problem))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

std::string elementText(std::string_view xml, std::string_view name)
{
    const auto open = '<' + std::string(name) + '>';
    const auto from = xml.find(open);
    if (from == std::string_view::npos)
        return {};
    const auto start = from + open.size();
    return std::string(xml.substr(start, xml.find("</" + std::string(name) + '>', start) - start));
}

int elementCount(std::string_view xml, std::string_view name)
{
    const auto open = '<' + std::string(name) + '>';
    int count = 0;
    for (auto at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at + 1))
        ++count;
    return count;
}

}
