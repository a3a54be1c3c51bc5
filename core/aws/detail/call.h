#pragma once

#include "core/aws/directory.h"
#include "core/aws/front_door.h"
#include "core/http/client.h"

#include <mutex>
#include <set>

namespace core::aws {

// One action on its way: everything it needs until its answer is written. Owned by whoever runs it at the
// moment.
struct Call {
    Service* service = nullptr;
    const ActionInfo* action = nullptr; // null: no such action
    std::size_t index = 0;
    WireForm form = WireForm::Own;
    PathParameters parameters;
    http::Request wire;
    std::string sentTarget; // when wire.target was rewritten to path style
    Request request;
    RequestContext context;
    std::string allowOrigin; // a local page that may read the answer
};

struct FrontDoor::Impl {
    store::Store& store;
    Clock& clock;
    trace::Tracer& tracer;
    WorkPool& pool;
    Publisher<ResourceChanged>& changes;
    FrontDoorOptions options;
    Directory directory;
    LocalPages* pages = nullptr;
    std::mutex warnedMutex = {};
    std::set<std::string, std::less<>> warnedKeys = {};

    // front_door.cpp: from the socket
    void handle(http::Request wire, http::Responder responder);
    void serveByName(http::Request wire, http::Responder responder);
    std::optional<http::Response> refuse(const http::Request& wire);
    void serve(Service& service, http::Request wire, http::Responder responder);
    void showPage(http::Request wire, http::Responder responder);
    http::Response page(const http::Request& wire);
    http::Response strangerPage(const Recognised& found, const http::Request& wire) const;
    http::Response welcome(const http::Request& wire) const;

    // dispatch.cpp: one action
    std::unique_ptr<Call> makeCall(Recognised found, http::Request wire, const Signature& signature);
    void openTrack(Call& call, bool isSigned);
    void warnAboutRealKey(const std::string& accessKeyId);
    Result<> checkSignature(const Call& call, const tl::expected<Signature, SignatureFault>& signature);
    Result<> decode(Call& call);
    Result<> ready(Call& call);
    Result<> prepare(Call& call);
    Result<Outcome> runAction(Call& call);
    void publish(const Call& call);
    void settle(Call& call, const Result<Reply>& result);
    http::Response answer(Call& call, Result<Reply> result);
    static http::Response encoded(const Call& call, http::Response response);

    // lanes.cpp: where it runs
    void dispatch(std::unique_ptr<Call> call, http::Responder responder);
    void run(std::unique_ptr<Call> call, http::Responder responder);
    Result<Reply> runHere(Call& call); // waits
    Result<Reply> finishHere(Call& call);

    // caller.cpp: in process
    Result<Reply> call(std::string_view service, std::string_view action, const nlohmann::json& input,
        const CallOptions& options, std::string payload);
    Result<http::Response> fetch(std::string_view url, http::Request request, const CallOptions& options);
    Result<Reply> runInProcess(Call& call);
    bool isOurs(const http::Request& head, const http::Url& url) const;
    bool serviceIsHere(std::string_view host) const;
    http::Response fetchHere(http::Request request, const CallOptions& options);
};

Error internalFailure(std::string_view where, std::string_view what);

}
