#include "core/dynamodb/dax/endpoint.h"

#include "core/aws/host_rules.h"
#include "core/aws/protocol.h"
#include "core/base/text.h"
#include "core/dynamodb/dax/cached_reads.h"
#include "core/dynamodb/dax/errors.h"
#include "core/dynamodb/dax/written_items.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb::dax {

namespace {

constexpr std::string_view kHostSuffix = ".dax.localhost";
constexpr std::string_view kPathPrefix = "/_aws/dax/";

using Run = Result<aws::Outcome> (*)(
    DynamoDbService&, const ClusterPtr&, std::size_t, aws::RequestContext&, aws::Request&);

struct Row {
    std::string_view action;
    Run run;
};

// What DAX knows; https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.concepts.html
constexpr Row kRows[] = {
    {"GetItem", cachedGetItem},
    {"BatchGetItem", cachedBatchGetItem},
    {"Query", cachedQuery},
    {"Scan", cachedScan},
    {"PutItem", writeThrough},
    {"UpdateItem", writeThrough},
    {"DeleteItem", writeThrough},
    {"BatchWriteItem", writeThrough},
    {"TransactWriteItems", writeThrough},
    {"TransactGetItems", passThrough},
};

http::Response refusal(int status, std::string_view message)
{
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = nlohmann::json{{"message", message}}.dump();
    return response;
}

}

std::string_view clusterOfHost(std::string_view host)
{
    const auto name = aws::hostWithoutPort(host);
    if (name.size() <= kHostSuffix.size()
        || !equalsIgnoreCase(name.substr(name.size() - kHostSuffix.size()), kHostSuffix))
        return {};
    return name.substr(0, name.size() - kHostSuffix.size());
}

Result<aws::Outcome> runCached(DynamoDbService& service, std::string_view cluster, std::size_t index,
    aws::RequestContext& context, aws::Request& request)
{
    const auto& action = DynamoDbService::rows()[index].info;
    const auto row =
        std::ranges::find_if(kRows, [&](const Row& known) { return known.action == action.name; });
    if (row == std::end(kRows))
        return fail(errors::notKnown(action.name));
    CORE_TRY(const auto opened, service.clusters().open(cluster));
    return row->run(service, opened, index, context, request);
}

bool isPathOfEndpoint(std::string_view path)
{
    return path.starts_with(kPathPrefix);
}

// The request again, at the endpoint's own host name.
http::Response serveByPath(DynamoDbService& service, http::Request request, trace::SpanScope& span)
{
    // Browsers resolve *.localhost themselves, where the usual rules for pages of other sites hold.
    if (request.headers.has("Origin"))
        return refusal(403, "Pages reach a cached endpoint by its host name, {cluster}.dax.localhost.");
    const auto path = request.path().substr(kPathPrefix.size());
    const auto end = std::min(path.find('/'), path.size());
    if (path.size() > end + 1)
        return refusal(404, "A cached endpoint is at /_aws/dax/{cluster}/ and nothing is below it.");
    const auto host = percentDecode(path.substr(0, end)) + std::string(kHostSuffix);
    request.headers.set("Host", host);
    aws::CallOptions options;
    options.parent = &span;
    auto response = service.host().caller.fetch(service.endpoint() + "/", std::move(request), options);
    return response ? *std::move(response) : refusal(500, response.error().message);
}

}
