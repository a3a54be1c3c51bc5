#include "core/lambda/url_calls.h"

#include "core/aws/json_text.h"
#include "core/aws/session.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/lambda/errors.h"
#include "core/lambda/url_access.h"
#include "core/lambda/url_event.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::string_view kForbidden =
    "Forbidden. For troubleshooting Function URL authorization issues, see: "
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";
constexpr std::size_t kMaxRequest = 6'291'456;

http::Response refusal(int status, std::string_view type, const json& body)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-ErrorType", std::string(type));
    response.body = body.dump();
    return response;
}

http::Response forbidden(std::string_view message = kForbidden)
{
    return refusal(403, "AccessDeniedException", {{"Message", message}});
}

// Who calls, or the answer when nobody may. A signed caller is taken for one of the account with all rights.
tl::expected<UrlCaller, http::Response> authorize(const UrlConfig& config, const std::string& policy,
    const http::Request& request, Micros now, trace::SpanScope& span)
{
    if (config.authType == "NONE") {
        std::string why;
        const bool allowed = policyAllowsUrl(policy, config.authType, why);
        span.step("Access", why, allowed ? trace::Verdict::Pass : trace::Verdict::Fail);
        if (!allowed)
            return tl::unexpected(forbidden());
        return UrlCaller{};
    }
    const auto signature = aws::parseSignature(request);
    if (!signature || signature->form == aws::Signature::Form::None) {
        span.step(
            "Access", "The URL asks for an AWS signature and the request has none", trace::Verdict::Fail);
        return tl::unexpected(forbidden());
    }
    const bool fits = signature->service == "lambda" && signature->region == config.region;
    const auto holder = aws::holderOf(*signature, request, now);
    if (holder.state == aws::KeyHolder::State::Expired) {
        span.step("Access", "The time of the credentials is over", trace::Verdict::Fail);
        return tl::unexpected(refusal(403, "ExpiredTokenException",
            {{"message", "The security token included in the request is expired"}}));
    }
    const auto fault = aws::verifySignature(*signature, request, {.secret = holder.secret, .now = now});
    if (!fits || fault) {
        span.step("Access",
            fits ? "The signature is not right" : "The request is signed for another service or region",
            trace::Verdict::Fail);
        return tl::unexpected(refusal(403, "InvalidSignatureException",
            {{"message",
                "The request signature we calculated does not match the signature you provided. Check your "
                "AWS Secret "
                "Access Key and signing method. Consult the service documentation for details."}}));
    }
    span.step("Access", "Signed by " + holder.session.arn, trace::Verdict::Pass);
    const auto& session = holder.session;
    return UrlCaller{session.account, session.accessKeyId,
        session.isRoot() ? session.accessKeyId : session.userId, session.arn};
}

http::Response failure(const LambdaService& service, const Error& error)
{
    auto response = refusal(service.statusOf(error), error.code, service.errorBody(error));
    if (error.kind == ErrorKind::Throttled)
        response.headers.add("Retry-After", "1");
    return response;
}

// Of a URL that streams, the head as soon as the function has given it.
Result<http::Response> answerOf(LambdaService& service, const UrlConfig& config, const Resolved& target,
    const Invocation& invocation, trace::SpanScope& span)
{
    if (config.invokeMode == "RESPONSE_STREAM") {
        CORE_TRY(auto stream, service.streams().start(target.function, invocation, span));
        return urlStream(std::move(stream));
    }
    CORE_TRY(const auto outcome, service.invoker().run(target.function, invocation, span));
    return urlResponse(outcome);
}

http::Response call(LambdaService& service, const UrlConfig& config, const Resolved& target,
    const UrlAddress& address, const http::Request& request, const UrlCaller& caller, trace::SpanScope& span)
{
    Invocation invocation;
    invocation.requestId = newUuid();
    invocation.arnSuffix = config.qualifier.empty() ? "" : ':' + config.qualifier;
    invocation.payload = urlEvent(request, address, caller, invocation.requestId, service.host().clock.now());
    if (invocation.payload.size() > kMaxRequest)
        return failure(
            service, errors::payloadTooLarge("RequestResponse", invocation.payload.size(), kMaxRequest));
    auto answer = answerOf(service, config, target, invocation, span);
    if (!answer)
        return failure(service, answer.error());
    auto& response = *answer;
    response.headers.add("x-amzn-RequestId", invocation.requestId);
    if (span.recording())
        response.headers.add("X-Amzn-Trace-Id", span.traceHeader());
    return std::move(response);
}

}

std::shared_ptr<const UrlConfig> findUrl(const aws::RecordStore<UrlConfig>& all, const UrlAddress& address)
{
    const auto urls = all.below(address.region.empty() ? "" : address.region + '/');
    const auto found =
        std::find_if(urls.begin(), urls.end(), [&](const auto& config) { return config->id == address.id; });
    return found == urls.end() ? nullptr : *found;
}

http::Response serveUrl(
    LambdaService& service, const UrlAddress& address, http::Request request, trace::SpanScope& span)
{
    const auto config = findUrl(service.urls(), address);
    if (!config) {
        span.step("No such URL", "No function has the URL id " + address.id, trace::Verdict::Fail);
        return refusal(404, "ResourceNotFoundException", {{"Message", nullptr}});
    }
    span.setResource(config->function);
    span.step("Function URL", "It is that of " + config->arn() + ", " + config->invokeMode);
    if (auto preflight = corsPreflight(*config, request)) {
        span.step("CORS", "Answers the preflight of " + std::string(request.headers.get("Origin")));
        return *std::move(preflight);
    }
    const auto target =
        service.resolve(config->region + '/' + config->function, config->qualifier, service.draw());
    if (!target.function) {
        span.step("No function", config->arn() + " is not there any more", trace::Verdict::Fail);
        return forbidden();
    }
    const auto& policy = target.alias ? target.alias->policy : target.function->policy;
    auto response = [&] {
        // The signature is over what was sent; the function sees the path below the URL.
        const auto caller = authorize(*config, policy, request, service.host().clock.now(), span);
        if (!caller)
            return caller.error();
        request.target = address.target;
        if (span.recording())
            request.headers.set("X-Amzn-Trace-Id", span.traceHeader());
        return call(service, *config, target, address, request, *caller, span);
    }();
    addCorsHeaders(*config, request, response);
    return response;
}

}
