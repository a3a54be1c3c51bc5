#include "core/cdn/service.h"

#include "core/base/text.h"
#include "core/cdn/actions.h"
#include "core/cdn/viewer_pipeline.h"

namespace core::cdn {

namespace {

constexpr std::string_view kPathPrefix = "/_aws/cloudfront/";

// The distribution a request names, and the target that remains for it.
struct Address {
    std::string distribution;
    std::string target;
};

std::optional<Address> addressOf(const http::Request& head)
{
    if (head.target.starts_with(kPathPrefix)) {
        const auto rest = std::string_view(head.target).substr(kPathPrefix.size());
        const auto end = rest.find_first_of("/?");
        const auto remains = end == std::string_view::npos ? std::string_view() : rest.substr(end);
        return Address{std::string(rest.substr(0, end)),
            remains.starts_with('/') ? std::string(remains) : "/" + std::string(remains)};
    }
    const auto full = toLower(head.headers.get("Host"));
    const auto host = std::string_view(full).substr(0, full.find(':'));
    for (const std::string_view suffix : {".cloudfront.localhost", ".cloudfront.net"}) {
        if (host.size() > suffix.size() && host.ends_with(suffix))
            return Address{std::string(host.substr(0, host.size() - suffix.size())), head.target};
    }
    return std::nullopt;
}

}

CdnService::CdnService(const aws::Host& surroundings)
    : host(surroundings)
    , distributions(surroundings.store, surroundings.clock)
{
}

int CdnService::statusOf(const Error& error) const
{
    if (error.code == "PreconditionFailed")
        return 412;
    return Service::statusOf(error);
}

Error CdnService::invalidInput(const aws::ActionInfo&, const std::vector<aws::Violation>& violations) const
{
    std::vector<std::string> sentences;
    for (const auto& violation : violations)
        sentences.push_back(violation.path + ": " + violation.constraint);
    return {ErrorKind::Invalid, "InvalidArgument", join(sentences, "; ")};
}

Error CdnService::malformedBody(std::string_view) const
{
    return {ErrorKind::Invalid, "MalformedXML", "The XML document is malformed."};
}

bool CdnService::claims(const http::Request& head) const
{
    return addressOf(head).has_value();
}

http::Response CdnService::serve(http::Request request, trace::SpanScope& span)
{
    const auto address = addressOf(request);
    span.setName("viewer request");
    auto live = distributions.find(address->distribution);
    if (!live) {
        span.setResource(address->distribution);
        span.step("No such distribution", "Nothing here is called " + address->distribution + ".",
            trace::Verdict::Fail);
        span.setStatus(404);
        return errorPage(404, "The request could not be satisfied.",
            "There is no distribution " + address->distribution + ".");
    }
    request.target = address->target;
    const auto& rules = *live->rules;
    span.setResource(rules.comment.empty() ? rules.id : rules.comment);
    span.setTrackRequest(request.method, request.target);
    ViewerRequest viewer{.request = std::move(request),
        .distribution = *live,
        .caller = host.caller,
        .span = span,
        .now = host.clock.now()};
    return serveViewer(viewer);
}

}
