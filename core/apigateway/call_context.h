#pragma once

#include "core/apigateway/access.h"
#include "core/apigateway/addresses.h"
#include "core/apigateway/call_measures.h"
#include "core/apigateway/execution_log.h"
#include "core/apigateway/gateway_response.h"
#include "core/apigateway/model.h"
#include "core/aws/service.h"
#include "core/trace/tracer.h"

namespace core::apigateway {

// What goes to the integration: made by "map request" from the method request.
struct IntegrationRequest {
    std::string httpMethod;
    std::string uri; // stage variables and path values filled in
    http::Headers headers;
    http::QueryParameters query;
    StringMap path; // mapped integration.request.path values
    std::string body;
    bool bodyIsBase64 = false; // a binary body on its way into JSON
};

// What came back from it.
struct IntegrationAnswer {
    int status = 200;
    http::Headers headers;
    std::string body;
    std::shared_ptr<http::BodySource> source; // instead of body, of what is streamed
    std::uint64_t sourceLength = 0;
};

// Values by name that a template overrides: a name may have several.
using OverriddenValues = std::map<std::string, std::vector<std::string>>;

// $context.requestOverride and $context.responseOverride.
struct RequestOverride {
    OverriddenValues headers;
    OverriddenValues query;
    OverriddenValues path;
};
struct ResponseOverride {
    OverriddenValues headers;
    std::optional<int> status;
};

struct UsagePlan;
struct CachePlace;

// One API call on its way through the pipeline; each step reads what earlier ones left. Lives on one pool
// thread.
struct CallContext {
    CallContext(const http::Request& wire, trace::SpanScope& scope)
        : request(wire)
        , span(scope)
    {
    }

    // The request; its body as the steps read it (unpacked).
    http::Request request;
    std::optional<http::Request> packed; // as it came over the wire, where it was unpacked
    trace::SpanScope& span;
    CallAddress address;
    Micros now = 0;
    std::string requestId;
    std::string extendedRequestId;
    std::string traceHeader;
    http::QueryParameters query;

    // What it calls.
    ApiPtr api;
    std::shared_ptr<const Deployment> deployment;
    const Stage* stage = nullptr; // of `api`; null in tests
    StringMap stageVariables;
    bool isCanary = false; // the stage's canary answers
    bool isTest = false; // TestInvokeMethod: resource and method are given, nothing is deployed

    // match route
    const Resource* resource = nullptr;
    const Method* method = nullptr;
    StringMap pathParameters;

    Identity identity; // authorize, API key
    std::optional<AuthorizerAnswer> authorizer; // authorize
    std::shared_ptr<const UsagePlan> usagePlan; // API key; null when the method wants none
    std::shared_ptr<const CachePlace> cachePlace; // cache; null when the answer is not kept
    bool isAnswered = false; // `response` is the cache's: no later step is needed
    bool warnsOfCacheControl = false; // an invalidation without permission was left aside
    IntegrationRequest integrationRequest; // map request
    IntegrationAnswer answer; // integrate
    RequestOverride requestOverride; // templates
    ResponseOverride responseOverride;
    // Why the gateway answers itself: what $context.error has then.
    std::string errorMessage;
    std::string errorType; // "MISSING_AUTHENTICATION_TOKEN"
    std::string validationError;
    http::Response response; // map response

    CallMeasures measures; // pipeline, authorize, integrate
    ExecutionLog* log = nullptr; // of tests and of stages that want one

    // "/prod/books/1", as $context.path has it.
    std::string fullPath() const;
    // Below the stage, with a single leading slash.
    std::string path() const;
    void step(std::string title, std::string detail, trace::Verdict verdict = trace::Verdict::Note);
    void logLine(const std::string& text, ExecutionLog::Kind kind = ExecutionLog::Kind::Info);
    void logData(const std::string& text) { logLine(text, ExecutionLog::Kind::Data); }
};

// "{a=b, c=d}", as execution logs show headers and parameters.
std::string logMap(const http::Headers& fields);
std::string logMap(const StringMap& values);

class AuthorizerCache;
class JwksCache;
class TemplateCache;
class UsageControl;
class StageCache;
struct AccountRecords;

// A body as steps and execution logs show it.
std::string shownBody(const std::string& body);

// What the kinds of integration need of the chamber, for WebSocket APIs too.
struct IntegrationEnvironment {
    aws::Caller& caller;
    WorkPool& integrations; // runs what may outlast the integration's time-out
    const AccountRecords& records;
};

// How steps reach the rest of the chamber.
struct CallEnvironment : IntegrationEnvironment {
    Clock& clock;
    std::function<std::string()> endpoint;
    TemplateCache& templates;
    AuthorizerCache& authorizers;
    JwksCache& keys;
    UsageControl& usage;
    StageCache& cache;
    aws::LogBook& logs;
    const std::function<double()>& chance; // in [0, 1): which calls a canary takes
    aws::MetricBook* metrics = nullptr;
};

}
