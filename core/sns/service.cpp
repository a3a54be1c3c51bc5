#include "core/sns/service.h"

#include "core/aws/shape_check.h"
#include "core/sns/errors.h"

#include <algorithm>

namespace core::sns {

using Kind = aws::Violation::Kind;

SnsService::SnsService(const aws::Host& host)
    : m_host(host)
    , m_topics(host.store, "sns/topics")
    , m_subscriptions(host.store, "sns/subscriptions")
    , m_signer(host.store, host.clock)
    , m_publisher(m_host, m_subscriptions, m_signer)
{
}

SnsService::~SnsService()
{
    stop();
}

Result<> SnsService::prepare(const aws::ActionInfo& action, aws::Request& request)
{
    wake();
    return Service::prepare(action, request);
}

Error SnsService::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    if (const auto missing = std::ranges::find(violations, Kind::Missing, &aws::Violation::kind);
        missing != violations.end())
        return errors::missing(missing->path);
    auto error = Service::invalidInput(action, violations);
    error.code = error.code == "SerializationException" ? "MalformedInput" : "InvalidParameter";
    return error;
}

int SnsService::statusOf(const Error& error) const
{
    if (error.kind == ErrorKind::NotFound)
        return 404;
    return error.kind == ErrorKind::Denied ? 403 : Service::statusOf(error);
}

bool SnsService::claims(const http::Request& head) const
{
    const auto path = head.path();
    return path.starts_with("/SimpleNotificationService-") && path.ends_with(".pem");
}

http::Response SnsService::serve(http::Request request, trace::SpanScope& span)
{
    http::Response response;
    const auto name = m_signer.certificateName();
    const auto certificate = m_signer.certificate();
    if (!name || !certificate || request.path() != '/' + *name) {
        span.step("There is no such certificate", std::string(request.path()), trace::Verdict::Fail);
        response.status = 404;
        return response;
    }
    span.step("The certificate of the key that signs messages", *name, trace::Verdict::Pass);
    response.headers.set("Content-Type", "application/x-pem-file");
    response.body = *certificate;
    return response;
}

void SnsService::wake()
{
    std::call_once(m_woken, [this] { m_publisher.resume(); });
}

void SnsService::stop()
{
    m_publisher.close();
}

void SnsService::reset()
{
    m_topics.reset();
    m_subscriptions.reset();
    m_signer.reset();
}

}
