#include "core/s3/service.h"

#include "core/aws/host_rules.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/s3/errors.h"
#include "core/s3/object_sink.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace core::s3 {

namespace {

struct PathName {
    std::string bucket;
    std::string key;
};

// The head is as it was sent: the bucket is in the host name or in the path.
PathName pathName(const http::Request& head)
{
    auto path = head.path();
    const auto host = aws::bucketOfHost(aws::hostWithoutPort(head.headers.get("Host")));
    if (host && !host->bucket.empty())
        return {std::string(host->bucket), percentDecode(path.substr(path.starts_with('/') ? 1 : 0))};
    if (path.starts_with('/'))
        path.remove_prefix(1);
    const auto slash = path.find('/');
    const auto key = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    return {percentDecode(path.substr(0, slash)), percentDecode(key)};
}

// The member that a violation's path begins with; AWS writes paths with a small first letter.
const aws::Member* memberOf(const aws::ActionInfo& action, std::string_view path)
{
    const auto first = path.substr(0, path.find('.'));
    for (const auto& member : action.input ? action.input->members : std::span<const aws::Member>()) {
        if (equalsIgnoreCase(member.name, first))
            return &member;
    }
    return nullptr;
}

// S3 pays no heed to query parameters that it does not know, such as the "?v=2" of a page's images. A
// checksum of a body of XML is no member of the actions that have one.
bool isNoInput(const aws::ActionInfo& action, std::string_view name)
{
    return !memberOf(action, name) && (!name.starts_with("x-amz-") || checksumByHeader(name));
}

Error describe(const aws::ActionInfo& action, const aws::Violation& violation)
{
    using Kind = aws::Violation::Kind;
    const auto* member = memberOf(action, violation.path);
    const bool inBody = !member ? violation.path.find('.') != std::string::npos
                                : member->in == aws::In::Body || member->in == aws::In::Payload;
    std::string wireName = violation.path;
    if (member && !inBody)
        wireName = member->wireName.empty() ? member->name : member->wireName;
    if (violation.kind == Kind::Unsupported) {
        auto error = headerNotImplemented(wireName, violation.value);
        if (inBody)
            error.message =
                "An element you provided implies functionality that is not implemented: " + wireName;
        return error;
    }
    if (inBody)
        return malformedXml();
    if (violation.kind == Kind::Missing)
        return invalidRequest("Missing required header for this request: " + wireName);
    return invalidArgument(
        "Provided " + wireName + " not an integer or within integer range", wireName, violation.value);
}

}

S3Service::S3Service(const aws::Host& host)
    : m_host(host)
    , m_leases(host.blobs)
    , m_buckets(host.store, m_leases)
    , m_objects(host.store, m_leases)
    , m_uploads(host.store, m_leases)
    , m_notifier(m_host)
{
    host.blobs.sweep([&](std::string_view id) { return host.store.get(kBlobSpace, id).has_value(); });
}

void S3Service::stop()
{
    m_notifier.queue().close();
}

void S3Service::reset()
{
    // Every keyspace was dropped: nobody's record names a body any more.
    m_host.blobs.sweep([](std::string_view) { return false; });
}

void S3Service::discard(const std::string& blob)
{
    if (!blob.empty())
        m_leases.remove({blob});
}

Result<aws::Outcome> S3Service::run(std::size_t index, aws::RequestContext& context, aws::Request& request)
{
    try {
        return TableService::run(index, context, request);
    } catch (const nlohmann::json::exception& error) {
        log::error("s3", error.what());
        return fail(s3Error("InternalError", "We encountered an internal error. Please try again."));
    }
}

Result<> S3Service::prepare(const aws::ActionInfo& action, aws::Request& request)
{
    wake();
    if (request.wire) {
        auto& input = request.input();
        for (auto member = input.begin(); member != input.end();)
            member = isNoInput(action, member.key()) ? input.erase(member) : std::next(member);
        if (!request.sink)
            CORE_CHECK(verifyPayload(request));
    }
    return Service::prepare(action, request);
}

void S3Service::wake()
{
    std::call_once(m_woken, [this] { m_notifier.queue().resume(); });
}

Error S3Service::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    for (const auto& violation : violations) {
        if (violation.kind == aws::Violation::Kind::Unsupported)
            return describe(action, violation);
    }
    return describe(action, violations.front());
}

Error S3Service::malformedBody(std::string_view /*detail*/) const
{
    return malformedXml();
}

Error S3Service::unknownAction(std::string_view what) const
{
    return methodNotAllowed(what.substr(0, what.find(' ')), "SERVICE");
}

int S3Service::statusOf(const Error& error) const
{
    return s3::statusOf(error);
}

std::optional<http::Response> S3Service::errorResponse(
    const Error& error, const aws::RequestContext& context, const http::Request& wire) const
{
    return errorAnswer(error, context.requestId, wire);
}

http::BodyPlan S3Service::planBody(const aws::ActionInfo& action, const http::Request& head)
{
    http::BodyPlan plan;
    const bool isPart = action.name == "UploadPart";
    if (action.name != "PutObject" && !isPart)
        return plan;
    auto fallback = ChecksumAlgorithm::Crc64Nvme;
    if (isPart) {
        const auto name = pathName(head);
        const auto id =
            http::queryValue(http::parseQuery(head.rawQuery()), "uploadId").value_or(std::string());
        if (const auto upload = m_uploads.find({name.bucket, name.key, id}))
            fallback = upload->algorithm.value_or(fallback);
    }
    // The sink says itself what is too large, in S3's words.
    plan.maxBytes = UINT64_MAX;
    plan.sink = std::make_shared<ObjectSink>(m_host.blobs, BodyClaims::parse(head), fallback);
    return plan;
}

}
