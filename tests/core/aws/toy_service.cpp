#include "tests/core/aws/toy_service.h"

#include "core/http/client.h"

#include <nlohmann/json.hpp>

#include <array>
#include <stdexcept>

namespace tests {

using namespace core;
using namespace core::aws;
using nlohmann::json;

namespace {

constexpr Shape kName{.type = Type::String, .min = 1, .max = 10, .pattern = "[a-z]+"};
constexpr std::array<Member, 2> kBookMembers{{{"Title", &kString}, {"Pages", &kInteger}}};
constexpr Shape kBook{.type = Type::Structure, .members = kBookMembers};
constexpr std::array<Member, 8> kMembers{{{.name = "Name", .shape = &kName, .required = true, .in = In::Path},
    {"Value", &kString}, {.name = "Limit", .shape = &kInteger, .in = In::Query, .wireName = "limit"},
    {.name = "Mode", .shape = &kString, .in = In::Header, .wireName = "x-amz-mode"},
    {"Later", &kString, false, Fidelity::Unsupported, "later"},
    {"Rough", &kString, false, Fidelity::Simplified, "rounded"}, {.name = "Book", .shape = &kBook},
    {.name = "Meta", .shape = &kStringMap, .in = In::HeaderPrefix, .wireName = "x-amz-meta-"}}};
constexpr Shape kInput{.type = Type::Structure, .members = kMembers};
constexpr std::array<Member, 9> kOutputMembers{{{"Name", &kString}, {"Value", &kString}, {"Limit", &kInteger},
    {"Mode", &kString}, {"Region", &kString}, {"Account", &kString}, {"Book", &kBook}, {"Rough", &kString},
    {.name = "Tag", .shape = &kString, .in = In::Header, .wireName = "ETag"}}};
constexpr Shape kOutput{.type = Type::Structure, .members = kOutputMembers};

Result<Outcome> echo(ToyService&, RequestContext& context, Request& request)
{
    context.touch(request.input()["Name"].get<std::string>());
    auto output = request.input();
    output["Region"] = context.region;
    output["Account"] = context.principal.account;
    output["Tag"] = "\"tag\"";
    return Reply::of(std::move(output));
}

class ToyWrite : public PendingWrite {
public:
    ToyWrite(std::string name, std::string value)
        : m_name(std::move(name))
        , m_value(std::move(value))
    {
    }
    Result<> apply(store::Transaction& transaction) override
    {
        if (m_value == "throw")
            throw std::runtime_error("thrown while applying");
        transaction.createKeyspace("toy/values");
        if (transaction.get("toy/values", m_name))
            return fail(ErrorKind::Conflict, "ResourceInUseException", m_name + " exists");
        transaction.put("toy/values", m_name, m_value);
        return {};
    }
    Result<Reply> answer() override
    {
        if (m_value == "answer")
            throw std::runtime_error("thrown while answering");
        return Reply::of({{"Name", m_name}});
    }

private:
    std::string m_name;
    std::string m_value;
};

Result<Outcome> put(ToyService&, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    context.touch(input["Name"].get<std::string>());
    return std::make_unique<ToyWrite>(input["Name"].get<std::string>(), input.value("Value", ""));
}

Result<Outcome> breakDown(ToyService&, RequestContext&, Request&)
{
    throw std::runtime_error("broken");
}

Result<Outcome> refuse(ToyService&, RequestContext&, Request& request)
{
    return fail(Error{ErrorKind::NotFound, "NoSuchThing",
        "There is no " + request.input()["Name"].get<std::string>(), R"({"Thing":"x"})"});
}

Result<Outcome> inspect(ToyService&, RequestContext&, Request& request)
{
    return Reply::of({{"seen", request.input()}});
}

Result<Outcome> takeBytes(ToyService&, RequestContext&, Request& request)
{
    return Reply::bytes("got " + std::to_string(request.body.size()), "text/plain");
}

constexpr std::array<Member, 2> kBytesMembers{
    {{.name = "Name", .shape = &kName, .required = true, .in = In::Path},
        {.name = "Bytes", .shape = &kBlob, .in = In::Payload}}};
constexpr Shape kBytesInput{.type = Type::Structure, .members = kBytesMembers};

}

std::span<const ActionRow<ToyService>> ToyService::rows()
{
    static constexpr std::array<ActionRow<ToyService>, 7> table{{
        {{.name = "Echo",
             .lane = Lane::Inline,
             .input = &kInput,
             .method = "GET",
             .uri = "/toys/{Name}",
             .output = &kOutput,
             .outputRoot = "EchoResult"},
            echo},
        {{.name = "Put",
             .lane = Lane::Write,
             .effect = Effect::Changes,
             .input = &kInput,
             .method = "PUT",
             .uri = "/toys/{Name}",
             .status = 201,
             .outputRoot = "PutResult"},
            put},
        {{.name = "Break",
             .lane = Lane::Blocking,
             .input = &kInput,
             .method = "POST",
             .uri = "/toys/{Name}/break"},
            breakDown},
        {{.name = "Refuse",
             .lane = Lane::Blocking,
             .input = &kInput,
             .method = "POST",
             .uri = "/toys/{Name}/refuse"},
            refuse},
        {{.name = "Inspect",
             .lane = Lane::Inline,
             .input = &kInput,
             .method = "POST",
             .uri = "/_chamber/toys/{Name}"},
            inspect},
        {{.name = "Take",
             .lane = Lane::Blocking,
             .effect = Effect::Data,
             .input = &kBytesInput,
             .method = "PUT",
             .uri = "/toys/{Name}/bytes"},
            takeBytes},
        {{.name = "Never",
             .lane = Lane::Inline,
             .input = &kInput,
             .method = "POST",
             .uri = "/toys/{Name}/never",
             .fidelity = Fidelity::Unsupported,
             .note = "not built"},
            echo},
    }};
    return table;
}

bool ToyService::claims(const http::Request& head) const
{
    if (m_protocol != Protocol::RestJson)
        return false;
    return head.headers.get("Host").starts_with("toy.execute-api.")
        || head.headers.get("Host") == "www.example.com" || head.path().starts_with("/_aws/toy/");
}

http::Response ToyService::serve(http::Request request, trace::SpanScope& span)
{
    if (request.path().ends_with("/throw"))
        throw std::runtime_error("served badly");
    span.step("served", request.target);
    http::Response response;
    response.status = 203;
    response.body = request.method + ' ' + request.target;
    return response;
}

ToyHouse::ToyHouse(FrontDoorOptions options, int poolThreads, int poolQueue)
    : pool(poolThreads, poolQueue)
{
    store = *store::Store::open({folder.path().toStdString(), store::Durability::Memory});
    options.endpoint = [this] { return endpoint(); };
    door = std::make_unique<FrontDoor>(*store, clock, tracer, pool, changes, std::move(options));
    for (auto* service : {&json, &rest, &xml, &storage})
        door->add(*service);
    listener = *server.listen("127.0.0.1", 0, *door);
}

ToyHouse::~ToyHouse()
{
    listener.reset();
    pool.stop();
    (void)store->commit([](store::Transaction&) -> Result<> { return {}; });
}

std::string ToyHouse::endpoint() const
{
    return listener ? "http://127.0.0.1:" + std::to_string(listener->port()) : std::string();
}

http::Response ToyHouse::send(http::Request request) const
{
    return http::send(*http::Url::parse(endpoint() + request.target), std::move(request)).value();
}

http::Response ToyHouse::post(
    const std::string& target, const std::string& action, const std::string& body) const
{
    return send(toyRequest("POST", target, body, {{"X-Amz-Target", action}, {"Authorization", kToySigned}}));
}

http::Request toyRequest(std::string method, std::string target, std::string body, http::Headers headers)
{
    http::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.body = std::move(body);
    request.headers = std::move(headers);
    return request;
}

}
