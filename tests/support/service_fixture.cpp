#include "tests/support/service_fixture.h"

#include "core/aws/log_book.h"
#include "core/aws/metric_book.h"

#include <QTemporaryDir>

using nlohmann::json;
using namespace core;

Result<aws::Reply> FakeCaller::call(std::string_view service, std::string_view action, const json& input,
    const aws::CallOptions&, std::string payload)
{
    Asked asked{std::string(service) + " " + std::string(action), input, std::move(payload), {}};
    // Stages that are to log look for their group: any is there.
    if (asked.what == "logs DescribeLogGroups")
        return aws::Reply::of({{"logGroups", {{{"logGroupName", input.at("logGroupNamePrefix")}}}}});
    {
        std::lock_guard guard(m_mutex);
        m_asked.push_back(asked);
    }
    return onCall ? onCall(asked) : functionAnswer(R"({"statusCode":200})");
}

Result<http::Response> FakeCaller::fetch(std::string_view url, http::Request request, const aws::CallOptions&)
{
    Asked asked{std::string(url), {}, {}, std::move(request)};
    {
        std::lock_guard guard(m_mutex);
        m_asked.push_back(asked);
    }
    return onFetch ? onFetch(asked) : http::Response{};
}

FakeCaller::Asked FakeCaller::last() const
{
    std::lock_guard guard(m_mutex);
    return m_asked.empty() ? Asked{} : m_asked.back();
}

int FakeCaller::count() const
{
    std::lock_guard guard(m_mutex);
    return static_cast<int>(m_asked.size());
}

aws::Reply functionAnswer(std::string payload, std::string functionError)
{
    auto reply = aws::Reply::bytes(std::move(payload), "application/json");
    if (!functionError.empty())
        reply.headers.add("X-Amz-Function-Error", std::move(functionError));
    return reply;
}

Result<aws::Reply> runAction(aws::Service& service, store::Store& store, aws::RequestContext context,
    std::string_view action, json input, std::string body)
{
    for (std::size_t i = 0; i < service.actionCount(); ++i) {
        if (service.action(i).name != action)
            continue;
        aws::Request request;
        request.setInput(std::move(input));
        request.body = std::move(body);
        CORE_CHECK(service.prepare(service.action(i), request));
        CORE_TRY(auto outcome, service.run(i, context, request));
        if (auto* reply = std::get_if<aws::Reply>(&outcome))
            return std::move(*reply);
        auto& write = *std::get<std::unique_ptr<aws::PendingWrite>>(outcome);
        CORE_CHECK(store.commit([&](store::Transaction& transaction) { return write.apply(transaction); }));
        return write.answer();
    }
    return fail(ErrorKind::Invalid, "UnknownAction", std::string(action));
}

struct ServiceFixture::Parts {
    QTemporaryDir temporary;
    std::unique_ptr<store::Store> store;
    store::BlobStore blobs;
    WorkPool pool{4, 64};
    http::Server server;
    Publisher<aws::ResourceChanged> changes;
    aws::LogBook logs;
    aws::MetricBook metrics;

    Parts(const std::filesystem::path& folder, store::Durability durability, const Clock& clock,
        aws::Caller& caller)
        : store(opened(
            folder.empty() ? std::filesystem::path(temporary.path().toStdString()) : folder, durability))
        , blobs(store->folder() / "objects", false)
        , logs(caller)
        , metrics(*store, clock)
    {
    }

    static std::unique_ptr<store::Store> opened(
        const std::filesystem::path& folder, store::Durability durability)
    {
        auto made = store::Store::open({folder, durability});
        if (!made)
            qFatal("the store does not open: %s", made.error().message.c_str());
        return *std::move(made);
    }
};

ServiceFixture::ServiceFixture(std::filesystem::path folder, store::Durability durability)
    : clock({.now = 1'700'000'000 * kSecond, .rate = 1, .paused = true})
    , tracer(clock)
    , m_parts(std::make_unique<Parts>(folder, durability, clock, caller))
{
}

ServiceFixture::~ServiceFixture() = default;

aws::Host ServiceFixture::host()
{
    return {*m_parts->store, m_parts->blobs, clock, tracer, caller, m_parts->pool, m_parts->server,
        m_parts->changes, m_parts->logs, {}, [] { return "http://127.0.0.1:4566"; }, &m_parts->metrics};
}

aws::MetricBook& ServiceFixture::metrics()
{
    return m_parts->metrics;
}

std::size_t ServiceFixture::kept(std::string_view keyspace) const
{
    return static_cast<std::size_t>(m_parts->store->read()->count(keyspace));
}

Result<json> ServiceFixture::call(std::string_view action, json input)
{
    aws::RequestContext context;
    context.now = clock.now();
    context.span =
        tracer.open({"AWS", std::string(action), "test", std::string(service().id()), std::string(action)});
    CORE_TRY(const auto reply,
        runAction(service(), *m_parts->store, std::move(context), action, std::move(input)));
    return reply.json();
}

json ServiceFixture::expect(std::string_view action, json input)
{
    auto answer = call(action, std::move(input));
    if (!answer)
        qFatal("%s: %s: %s", std::string(action).c_str(), answer.error().code.c_str(),
            answer.error().message.c_str());
    return *std::move(answer);
}

QString ServiceFixture::error(std::string_view action, json input)
{
    const auto answer = call(action, std::move(input));
    return answer ? QString() : QString::fromStdString(answer.error().code + ": " + answer.error().message);
}

http::Response ServiceFixture::send(http::Request request)
{
    auto span =
        tracer.open({request.method, request.target, "test", std::string(service().id()), request.target});
    return send(std::move(request), span);
}

http::Response ServiceFixture::send(http::Request request, trace::SpanScope& span)
{
    if (!service().claims(request))
        qFatal("no call of an API: %s", request.target.c_str());
    return service().serve(std::move(request), span);
}

trace::Track ServiceFixture::lastTrack() const
{
    const auto latest = tracer.latest(1);
    return latest.empty() ? trace::Track{} : latest.front();
}

void ServiceFixture::reset()
{
    const auto dropped = m_parts->store->commit([](store::Transaction& transaction) -> Result<> {
        for (const auto& keyspace : transaction.keyspaces({}))
            transaction.dropKeyspace(keyspace);
        return {};
    });
    if (!dropped)
        qFatal("reset: %s", dropped.error().message.c_str());
    service().reset();
}
