#pragma once

#include "core/aws/request.h"
#include "core/aws/shape.h"
#include "core/base/subscription.h"
#include "core/base/work_pool.h"
#include "core/http/server.h"
#include "core/store/blob_store.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace core::aws {

enum class Protocol { Json10, Json11, RestJson, RestXml };

// Where an action runs (DESIGN §3): Inline on the I/O thread, reads only, never waits; Write returns a
// PendingWrite; Blocking on the elastic pool.
enum class Lane { Inline, Write, Blocking };

enum class Effect {
    Reads,
    Changes, // the control plane: published as ResourceChanged
    Data, // items, objects, invocations: published as ResourceChanged with data = true
};

struct ActionInfo {
    std::string_view name; // as on the wire
    Lane lane = Lane::Blocking;
    Effect effect = Effect::Reads;
    const Shape* input = nullptr;
    // REST protocols: method and path template ("/2015-03-31/functions/{FunctionName}"; "{Key+}" takes the
    // rest) with optional fixed query names after '?' ("/{Bucket}?list-type=2"), and the status of success.
    std::string_view method = {};
    std::string_view uri = {};
    int status = 200;
    const Shape* output = nullptr; // rest-xml: how the output is written
    std::string_view outputRoot = {}; // rest-xml: root element
    std::string_view payload = {}; // rest: the input member that is the whole body
    Fidelity fidelity = Fidelity::Exact;
    std::string_view note = {};
    // REST protocols: the row is meant only when the request has this header, and then goes before its
    // siblings of the same method and path (S3's CopyObject beside PutObject: "x-amz-copy-source").
    std::string_view header = {};
};

struct ResourceChanged {
    std::string service;
    std::string action;
    std::string region;
    std::string resource;
    bool data = false;
};

// One failed constraint of a Shape. `path` in AWS's manner ("tableName", "keySchema.1.member.attributeName").
struct Violation {
    enum class Kind { Missing, Type, Length, Value, Pattern, Enum, Unsupported };
    Kind kind;
    std::string path;
    std::string value; // as shown in AWS's message
    std::string constraint; // "Member must not be null", "Member must have length less than or equal to 255"
    In in = In::Body; // where the top-level member that holds it travels
};

struct CallOptions {
    trace::SpanScope* parent = nullptr; // null: opens a track of its own
    std::string region = "us-east-1";
    std::string from = "workbench";
    bool quiet = false; // leaves no track: refreshes of the workbench, log lines
    Micros timeout = 30 * kSecond; // of a fetch that leaves the chamber
    std::stop_token stop = {}; // asked to stop, such a fetch ends at once
};

// How services, the workbench and the importer call any service in process, as an SDK would over the wire.
// Both wait for the answer (writes: until durable): Blocking lane and pool threads only, never an I/O,
// committer or UI thread.
class Caller {
public:
    virtual ~Caller() = default;
    virtual Result<Reply> call(std::string_view service, std::string_view action, const nlohmann::json& input,
        const CallOptions& options, std::string payload = {}) = 0;
    // Sends an HTTP request to a URL; hosts of the chamber's own resources (AWS names and *.localhost) are
    // served in process under a child span, others over the network.
    virtual Result<http::Response> fetch(
        std::string_view url, http::Request request, const CallOptions& options) = 0;
};

class MetricBook; // core/aws/metric_book.h: what services count about themselves
class LogBook; // core/aws/log_book.h: what services log

// What the chamber gives each service. All outlive the services.
struct Host {
    store::Store& store;
    store::BlobStore& blobs;
    Clock& clock;
    trace::Tracer& tracer;
    Caller& caller;
    WorkPool& pool;
    http::Server& server;
    Publisher<ResourceChanged>& changes;
    LogBook& logs;
    std::filesystem::path folder; // of the chamber
    std::function<std::string()> endpoint; // "http://127.0.0.1:4566" once serving, "" before
    MetricBook* metrics = nullptr; // null: nobody counts
};

// How a rest-xml service words errors and names request ids.
enum class XmlManner { ErrorResponse, S3 };

// A service: a table of actions, and what it serves beside them (API calls, CDN viewers). Actions run from
// many threads.
class Service {
public:
    virtual ~Service() = default;
    virtual std::string_view id() const = 0; // "dynamodb"; also the SigV4 scope unless signingName() differs
    virtual std::string_view signingName() const { return id(); }
    virtual Protocol protocol() const = 0;
    virtual std::string_view targetPrefix() const { return {}; } // "DynamoDB_20120810"
    // "2010-08-01": the service takes the query protocol as well, under this version. Empty: it does not.
    virtual std::string_view queryVersion() const { return {}; }
    virtual std::size_t actionCount() const = 0;
    virtual const ActionInfo& action(std::size_t index) const = 0;
    virtual Result<Outcome> run(std::size_t index, RequestContext& context, Request& request) = 0;

    // Checks a request before its action runs. The default takes request.input() (already filled from the
    // wire by the protocol) and checks the action's shape; words failures with invalidInput().
    virtual Result<> prepare(const ActionInfo& action, Request& request);
    // Whether the protocol should parse the body into input() before prepare(); DynamoDB parses it itself.
    virtual bool parsesBody() const { return true; }
    virtual Error invalidInput(const ActionInfo& action, const std::vector<Violation>& violations) const;
    virtual http::BodyPlan planBody(const ActionInfo& action, const http::Request& head);
    // The whole answer to an error where the protocol's usual form does not do: S3 has no ErrorResponse
    // around its Error and statuses that no ErrorKind names (304, 405, 412, 416, 501). Also asked for
    // requests that match no action.
    virtual std::optional<http::Response> errorResponse(
        const Error& /*error*/, const RequestContext& /*context*/, const http::Request& /*wire*/) const
    {
        return std::nullopt;
    }

    // How an error reaches the wire. Defaults: json 1.0/1.1 answer 400 for the client's errors and 500 for
    // ours, REST by kind; `__type` (and x-amzn-ErrorType) is the code; the body {"message"} with
    // error.members, and __type for json 1.x.
    virtual int statusOf(const Error& error) const;
    virtual std::string errorType(const Error& error) const;
    virtual nlohmann::json errorBody(const Error& error) const;
    // A body that is no JSON or XML; a request that no row of the table matches.
    virtual Error malformedBody(std::string_view detail) const;
    virtual Error unknownAction(std::string_view what) const;
    virtual std::string_view xmlNamespace() const { return {}; }
    virtual XmlManner xmlManner() const { return id() == "s3" ? XmlManner::S3 : XmlManner::ErrorResponse; }
    virtual bool sendsCrc32() const { return false; } // x-amz-crc32 on each answer

    // Requests that are no action: API calls, CDN viewers. claims() looks at the head only.
    virtual bool claims(const http::Request& head) const;
    virtual http::Response serve(http::Request request, trace::SpanScope& span);

    // Takes up what an earlier run left (events that wait, schedules, environments to be kept warm). Called
    // on the pool when the chamber listens; a service whose requests must come after calls it with the first.
    virtual void wake() { }

    // Ends what runs in the background, so that waiting actions return soon. Called once, when the chamber
    // closes, before the pool stops.
    virtual void stop() { }

    // Forgets caches after the store was emptied by /_chamber/reset.
    virtual void reset() { }
};

// `run` may be null for what is Fidelity::Unsupported: the front door refuses that before.
template <typename Self> struct ActionRow {
    ActionInfo info;
    Result<Outcome> (*run)(Self&, RequestContext&, Request&);
};

// What AWS has and the service has not: refused by its name, with the note.
template <typename Self>
constexpr ActionRow<Self> absentAction(
    std::string_view name, std::string_view note, std::string_view method = {}, std::string_view uri = {})
{
    return {{.name = name,
                .lane = Lane::Inline,
                .method = method,
                .uri = uri,
                .fidelity = Fidelity::Unsupported,
                .note = note},
        nullptr};
}

// A Service whose actions are a table of rows: `Self::rows()` gives std::span<const ActionRow<Self>>.
template <typename Self> class TableService : public Service {
public:
    std::size_t actionCount() const override { return Self::rows().size(); }
    const ActionInfo& action(std::size_t index) const override { return Self::rows()[index].info; }
    Result<Outcome> run(std::size_t index, RequestContext& context, Request& request) override
    {
        return Self::rows()[index].run(static_cast<Self&>(*this), context, request);
    }
};

}
