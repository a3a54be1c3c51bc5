#include "core/cdn/viewer_pipeline.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <array>

namespace core::cdn {

namespace {

constexpr auto kSteps = std::to_array<ViewerStep>({
    {"place", findPlace},
    {"behavior", chooseBehavior},
    {"method", checkMethod},
    {"cache key", formKey},
    {"edge", lookUpEdge},
    {"origin", askOrigin},
    {"store", decideStorage},
});

// Ends the hold on the key however the walk ends.
class KeyHold {
public:
    explicit KeyHold(ViewerRequest& viewer)
        : m_viewer(viewer)
    {
    }
    ~KeyHold()
    {
        if (m_viewer.asksOrigin)
            m_viewer.distribution.collapser->release(
                std::string(m_viewer.edge->id) + "\n" + m_viewer.key.text);
    }
    KeyHold(const KeyHold&) = delete;
    KeyHold& operator=(const KeyHold&) = delete;

private:
    ViewerRequest& m_viewer;
};

// X-Amz-Cf-Id is an opaque 56 character token.
std::string requestToken()
{
    auto token = replaceAll(replaceAll(base64(randomBytes(40)), "+", "-"), "/", "_");
    return token.substr(0, 54) + "==";
}

void finish(ViewerRequest& viewer, http::Response& response)
{
    if (viewer.outcome.empty())
        viewer.outcome = response.status >= 400 ? "Error" : "Miss";
    const auto xCache = viewer.outcome + " from cloudfront";
    response.headers.set("X-Cache", xCache);
    response.headers.add(
        "Via", "1.1 " + hex(md5(viewer.distribution.rules->id)) + ".cloudfront.net (CloudFront)");
    response.headers.set("X-Amz-Cf-Pop", std::string(viewer.edge->pop));
    response.headers.set("X-Amz-Cf-Id", requestToken());
    if (viewer.span.recording())
        response.headers.set("X-Chamber-Track", viewer.span.trackId());
    viewer.span.setStatus(response.status);
    viewer.span.setTrackNote(xCache);
    const bool hit = viewer.outcome == "Hit" || viewer.outcome == "RefreshHit";
    // How much a body has that is still being written, nobody knows.
    const bool known = !response.source || response.sourceLength != http::kUnknownLength;
    viewer.cache->count({.requests = 1,
        .hits = hit ? 1U : 0U,
        .originRequests = viewer.fromOrigin ? 1U : 0U,
        .bytesServed = !known ? 0
            : response.source ? response.sourceLength
                              : response.body.size()});
}

}

std::span<const ViewerStep> viewerSteps()
{
    return kSteps;
}

http::Response serveViewer(ViewerRequest& viewer)
{
    KeyHold hold(viewer);
    for (const auto& step : kSteps) {
        if (auto answer = step.run(viewer)) {
            finish(viewer, *answer);
            return *std::move(answer);
        }
    }
    auto answer = errorPage(500, "Internal error", "The request went through every step without an answer.");
    finish(viewer, answer);
    return answer;
}

http::Response errorPage(int status, std::string_view title, std::string_view text)
{
    http::Response response;
    response.status = status;
    response.headers.set("Content-Type", "text/html");
    response.headers.set("Server", "CloudFront");
    response.body = "<!DOCTYPE HTML>\n<html><head><title>ERROR: The request could not be "
                    "satisfied</title></head><body>\n<h1>"
        + std::to_string(status) + " ERROR</h1>\n<h2>" + std::string(title) + "</h2>\n<p>" + std::string(text)
        + "</p>\n</body></html>\n";
    return response;
}

}
