#include "core/apigateway/v2/management_service.h"

#include "core/aws/json_text.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

using aws::Effect;
using aws::In;
using aws::Lane;
using aws::Member;
using aws::Shape;
using aws::Type;
using nlohmann::json;
using Row = aws::ActionRow<ManagementService>;

constexpr Member kId{.name = "ConnectionId", .shape = &aws::kString, .required = true, .in = In::Path};
constexpr Member kPostMembers[] = {kId, {.name = "Data", .shape = &aws::kBlob, .in = In::Payload}};
constexpr Shape kPost{.type = Type::Structure, .members = kPostMembers};
constexpr Member kOneMembers[] = {kId};
constexpr Shape kOne{.type = Type::Structure, .members = kOneMembers};

constexpr aws::ActionInfo info(std::string_view name, Effect effect, const Shape& input,
    std::string_view method, int status, std::string_view payload = {})
{
    return {.name = name,
        .lane = Lane::Inline,
        .effect = effect,
        .input = &input,
        .method = method,
        .uri = "/@connections/{ConnectionId}",
        .status = status,
        .payload = payload};
}

constexpr Row kRows[] = {
    {info("PostToConnection", Effect::Data, kPost, "POST", 200, "Data"), postToConnection},
    {info("GetConnection", Effect::Reads, kOne, "GET", 200), getConnection},
    {info("DeleteConnection", Effect::Data, kOne, "DELETE", 204), deleteConnection},
};

std::string idOf(const aws::Request& request)
{
    return request.input().at("ConnectionId");
}

}

std::span<const Row> ManagementService::rows()
{
    return kRows;
}

http::BodyPlan ManagementService::planBody(const aws::ActionInfo&, const http::Request&)
{
    // Beyond what a message may have, so that the error is the API's own.
    return {.maxBytes = 8 * kMaxSocketMessage, .sink = {}};
}

int ManagementService::statusOf(const Error& error) const
{
    if (error.code == "GoneException")
        return 410;
    if (error.code == "PayloadTooLargeException")
        return 413;
    if (error.code == "LimitExceededException")
        return 429;
    return TableService::statusOf(error);
}

std::optional<http::Response> ManagementService::errorResponse(
    const Error& error, const aws::RequestContext&, const http::Request&) const
{
    return error.code == "GoneException" ? std::optional(managementError(error)) : std::nullopt;
}

Error goneConnection()
{
    return {ErrorKind::NotFound, "GoneException", ""};
}

http::Response managementError(const Error& error)
{
    http::Response response;
    response.status = error.code == "GoneException" ? 410
        : error.code == "PayloadTooLargeException"  ? 413
        : error.code == "LimitExceededException"    ? 429
        : error.kind == ErrorKind::Invalid          ? 400
                                                    : 500;
    response.headers.add("x-amzn-ErrorType", error.code);
    response.headers.add("x-amzn-RequestId", newUuid());
    if (response.status == 410)
        return response;
    response.headers.add("Content-Type", "application/json");
    response.body = aws::writeJson({{"message", error.message}});
    return response;
}

Result<aws::Outcome> postToConnection(
    ManagementService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto id = idOf(request);
    context.touch(id);
    const auto size = request.body.size();
    if (auto sent = service.hub().post(id, std::move(request.body)); !sent) {
        context.span.step("Not sent", sent.error().code + " " + sent.error().message, trace::Verdict::Fail);
        return fail(std::move(sent).error());
    }
    context.span.step("Sent", std::to_string(size) + " bytes to " + id, trace::Verdict::Pass);
    return aws::Reply{.status = 200, .headers = {}, .body = {}, .output = {}, .source = {}};
}

Result<aws::Outcome> getConnection(
    ManagementService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto id = idOf(request);
    context.touch(id);
    const auto connection = service.hub().find(id);
    if (!connection)
        return fail(goneConnection());
    json identity{{"sourceIp", connection->sourceIp}};
    if (!connection->userAgent.empty())
        identity["userAgent"] = connection->userAgent;
    return aws::Reply::of({{"connectedAt", iso8601Millis(connection->connectedAt)},
        {"identity", std::move(identity)}, {"lastActiveAt", iso8601Millis(connection->lastActive)}});
}

Result<aws::Outcome> deleteConnection(
    ManagementService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto id = idOf(request);
    context.touch(id);
    if (auto closed = service.hub().close(id); !closed)
        return fail(std::move(closed).error());
    context.span.step("Closed", id, trace::Verdict::Pass);
    return aws::Reply{.status = 204, .headers = {}, .body = {}, .output = {}, .source = {}};
}

}
