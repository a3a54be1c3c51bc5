#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/http/message.h"
#include "core/store/store.h"
#include "core/trace/tracer.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <variant>

namespace core::aws {

class Caller;

struct Principal {
    std::string accessKeyId; // "" for an anonymous caller
    std::string account = "000000000000";
};

// What surrounds one action while it runs.
struct RequestContext {
    std::string requestId;
    Principal principal;
    std::string region = "us-east-1";
    trace::SpanScope span;
    Micros now = 0; // chamber's clock when the request came
    std::string resource; // set by touch()
    bool onlyRead = false; // set by an action that may write but did not: nothing is published

    // Names the resource this action is about: shown on the span, published when the action changes it.
    void touch(std::string name)
    {
        span.setResource(name);
        resource = std::move(name);
    }
};

// The input of an action. `input()` has every member under its wire name, wherever it travelled (path, query,
// header, body); it is parsed by Service::prepare before the action runs.
class Request {
public:
    Request();
    ~Request();
    Request(Request&&) noexcept;
    Request& operator=(Request&&) noexcept;

    const nlohmann::json& input() const; // an object; {} when prepare() was overridden
    nlohmann::json& input();
    void setInput(nlohmann::json input);

    std::string body; // raw payload: an Invoke's event, an object's bytes, DynamoDB's JSON text
    std::shared_ptr<http::BodySink> sink; // when Service::planBody gave one
    const http::Request* wire = nullptr; // null when called in process
    std::shared_ptr<void> prepared; // what an overridden Service::prepare keeps for the action

private:
    std::unique_ptr<nlohmann::json> m_input;
};

// A successful answer. JSON services may give `body` ready-made; otherwise set `output` and the protocol
// writes it.
struct Reply {
    int status = 0; // 0: the action's usual one
    http::Headers headers;
    std::string body;
    std::shared_ptr<const nlohmann::json> output;
    std::shared_ptr<http::BodySource> source;
    std::uint64_t sourceLength = 0;

    static Reply of(nlohmann::json output, int status = 0);
    static Reply bytes(std::string body, std::string contentType, int status = 0);
    // `output`, else `body` parsed; null when there is neither.
    nlohmann::json json() const;
};

// A change that an action of the Write lane leaves to the committer: apply() on the committer thread (checks
// first, then changes), answer() once it is durable.
class PendingWrite {
public:
    virtual ~PendingWrite() = default;
    virtual Result<> apply(store::Transaction& transaction) = 0;
    virtual Result<Reply> answer() = 0;
};

using Outcome = std::variant<Reply, std::unique_ptr<PendingWrite>>;

}
