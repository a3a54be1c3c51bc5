#pragma once

#include "core/apigateway/v2/call_target.h"
#include "core/apigateway/v2/model.h"
#include "core/aws/service.h"
#include "core/base/work_pool.h"
#include "core/trace/tracer.h"

#include <tl/expected.hpp>

namespace core::apigateway {

class AuthorizerCache;
class JwksCache;
class RateBuckets;
struct AccountRecords;

}

namespace core::apigateway::v2 {

class OpenIdConfigurations;

// Why a call ends with an answer of the gateway's own: `reason` says in the track what happened.
struct CallFailure {
    int status = 500;
    std::string message;
    std::string reason;
    http::Headers headers = {};
};

using StepResult = tl::expected<void, CallFailure>;

inline tl::unexpected<CallFailure> stop(int status, std::string message, std::string reason)
{
    return tl::unexpected<CallFailure>(CallFailure{status, std::move(message), std::move(reason)});
}

// AWS's words, where several steps say them.
inline tl::unexpected<CallFailure> internalError(std::string reason)
{
    return stop(500, "Internal Server Error", std::move(reason));
}
inline tl::unexpected<CallFailure> unavailable(int status, std::string reason)
{
    return stop(status, "Service Unavailable", std::move(reason));
}

// What the authorizers found out: requestContext.authorizer of events and $context.authorizer of mappings.
struct Authorization {
    std::string json; // {"jwt": …}, {"lambda": …} or {"iam": …}; "" for open routes
    std::string principalId; // of a Lambda authorizer's policy
    StringMap values; // $context.authorizer.<name>
};

// What goes on to authorizers and the integration: the client's request, changed by "Map request".
struct OutgoingRequest {
    // Without the fields of the client's connection.
    static OutgoingRequest of(const http::Request& request);

    http::Headers headers;
    http::QueryParameters query;
    std::optional<std::string> path; // "overwrite:path"
};

// One call of an HTTP API on its way through the pipeline; each step reads what earlier ones left. Lives on
// one pool thread.
struct Call {
    Call(const http::Request& wire, trace::SpanScope& scope)
        : request(wire)
        , span(scope)
    {
    }

    const http::Request& request;
    trace::SpanScope& span;
    CallTarget target;
    Micros now = 0;
    const Micros begin = steadyMicros();
    std::string requestId;
    http::QueryParameters query;

    // What it calls.
    ApiPtr api;
    const Stage* stage = nullptr;
    std::string path; // below the stage, still encoded
    std::shared_ptr<const Deployment> deployment;

    const Route* route = nullptr; // Match route
    const Integration* integration = nullptr;
    StringMap pathParameters;
    Authorization authorization; // Authorize
    OutgoingRequest outgoing;
    http::Response response; // Integrate, Map response
    bool isAnswered = false; // a step answered for good; no other follows
    // For $context.
    std::string errorMessage;
    std::string integrationError;
    std::string integrationRequestId;
    std::optional<Micros> integrationLatency;
    std::optional<int> integrationStatus;

    bool isSigned() const; // by whom the route's AWS_IAM let in
    // As the client sent it, decoded: "/prod/books/1".
    std::string fullPath() const;
    void step(std::string title, std::string detail, trace::Verdict verdict = trace::Verdict::Note);
};

// How steps reach the rest of the chamber.
struct CallEnvironment {
    aws::Caller& caller;
    WorkPool& integrations; // runs what may outlast the integration's time-out
    const Clock& clock;
    std::function<std::string()> endpoint;
    AuthorizerCache& authorizers;
    JwksCache& keys;
    OpenIdConfigurations& issuers;
    RateBuckets& buckets;
    aws::LogBook& logs;
    const AccountRecords& records;
    aws::MetricBook* metrics = nullptr;
};

// $context.<name> of parameter mappings and access logs; nullopt for a name that AWS does not have either.
std::optional<std::string> contextVariable(const Call& call, std::string_view name);
// Whether access logs of HTTP APIs may name it.
bool isContextVariable(std::string_view name);

}
