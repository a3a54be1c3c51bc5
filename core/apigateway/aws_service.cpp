#include "core/apigateway/aws_service.h"

#include "core/apigateway/endpoint_call.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/function_permission.h"
#include "core/apigateway/resource_policy.h"
#include "core/apigateway/steps.h"
#include "core/aws/sigv4.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <algorithm>
#include <array>

namespace core::apigateway {

namespace {

// What this chamber has, and how an action reaches it: services of the JSON protocols by X-Amz-Target, those
// of the query protocol by a form.
struct KnownService {
    std::string_view name;
    std::string_view target; // "" for REST services, which take paths alone
    std::string_view contentType;
    // "2012-11-05": its actions come as a form or in the query; without a target, in no other way.
    std::string_view queryVersion = {};
};

constexpr std::array<KnownService, 13> kServices{{
    {"dynamodb", "DynamoDB_20120810", "application/x-amz-json-1.0"},
    {"streams.dynamodb", "DynamoDBStreams_20120810", "application/x-amz-json-1.0"},
    {"logs", "Logs_20140328", "application/x-amz-json-1.1"},
    {"events", "AWSEvents", "application/x-amz-json-1.1"},
    {"sqs", "AmazonSQS", "application/x-amz-json-1.0", "2012-11-05"},
    {"sns", "", "", "2010-03-31"},
    {"sts", "", "", "2011-06-15"},
    {"monitoring", "GraniteServiceVersion20100801", "application/x-amz-json-1.0", "2010-08-01"},
    {"xray", "", ""},
    {"s3", "", ""},
    {"lambda", "", ""},
    {"apigateway", "", ""},
    {"cloudfront", "", ""},
}};

const KnownService* findService(std::string_view name)
{
    const auto found = std::find_if(
        kServices.begin(), kServices.end(), [&](const KnownService& known) { return known.name == name; });
    return found == kServices.end() ? nullptr : found;
}

// A subdomain is a service's own ("streams.dynamodb") or a place within it (a bucket of s3).
const KnownService* findService(const AwsTarget& target)
{
    const auto* own =
        target.subdomain.empty() ? nullptr : findService(target.subdomain + "." + target.service);
    return own ? own : findService(target.service);
}

// Signed with the chamber's own key; `credentials` name a role that is not assumed.
void sign(http::Request& request, const AwsTarget& target, const std::string& account, Micros now)
{
    aws::Signature signature;
    signature.form = aws::Signature::Form::Header;
    signature.accessKeyId = account;
    signature.amzDate = amzDate(now);
    signature.date = signature.amzDate.substr(0, 8);
    signature.region = target.region;
    signature.service = target.service;
    signature.signedHeaders = "host;x-amz-content-sha256;x-amz-date";
    const auto payload = hex(sha256(request.body));
    request.headers.set("X-Amz-Date", signature.amzDate);
    request.headers.set("x-amz-content-sha256", payload);
    const auto text =
        aws::stringToSign(signature, signature.amzDate, aws::canonicalRequest(request, signature, payload));
    request.headers.set("Authorization",
        "AWS4-HMAC-SHA256 Credential=" + account + "/" + signature.date + "/" + target.region + "/"
            + target.service + "/aws4_request, SignedHeaders=" + std::string(signature.signedHeaders)
            + ", Signature=" + aws::signatureOf(signature, "test", text));
}

http::Request serviceRequest(const CallContext& context, const AwsTarget& target, const KnownService& known)
{
    const auto& from = context.integrationRequest;
    http::Request request;
    request.method = from.httpMethod;
    request.headers = from.headers;
    request.body = from.body;
    request.target = target.path;
    if (!from.query.empty())
        request.target +=
            (target.path.find('?') == std::string::npos ? "?" : "&") + http::writeQuery(from.query);
    request.headers.set("Host", target.host());
    request.headers.set("x-amzn-apigateway-api-id", context.api->api.id);
    // A form, or a query, unless the integration says that its body is JSON, as queues' may be.
    const bool isForm = !known.queryVersion.empty()
        && (known.target.empty() || !from.headers.get("Content-Type").starts_with("application/x-amz-json"));
    if (!target.action.empty() && isForm) {
        request.target += (request.target.find('?') == std::string::npos ? "?" : "&")
            + http::writeQuery({{"Action", target.action}, {"Version", std::string(known.queryVersion)}});
        if (!from.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded"))
            request.body.clear(); // as AWS: the query says it all
    } else if (!target.action.empty()) {
        request.headers.set("X-Amz-Target", std::string(known.target) + "." + target.action);
        request.headers.set("Content-Type", std::string(known.contentType));
    }
    if (target.invokesFunction())
        request.headers.set("x-amzn-lambda-integration-tag", context.requestId);
    if (target.invokesFunction() && context.method->integration->credentials.empty()) {
        request.headers.set("X-Chamber-Invoking-Service", std::string(kGatewayPrincipal));
        request.headers.set("X-Chamber-Invoking-Arn", methodArn(context));
    }
    request.remoteAddress = context.request.remoteAddress;
    sign(request, target, context.api->api.account, context.now);
    return request;
}

}

Result<AwsTarget> AwsTarget::parse(const std::string& uri)
{
    const auto parts = split(uri, ':');
    if (parts.size() < 6 || parts[0] != "arn" || parts[2] != "apigateway")
        return fail(errors::badRequest(parts.size() >= 6 && parts[0] == "arn"
                ? "AWS ARN for integration must contain path or action"
                : "Invalid ARN specified in the request"));
    const std::string_view rest =
        std::string_view(uri).substr(static_cast<std::size_t>(parts[5].data() - uri.data()));
    AwsTarget target{.region = std::string(parts[3]), .path = "/"};
    const auto dot = parts[4].rfind('.');
    target.service = std::string(dot == parts[4].npos ? parts[4] : parts[4].substr(dot + 1));
    target.subdomain = std::string(dot == parts[4].npos ? std::string_view() : parts[4].substr(0, dot));
    if (rest.starts_with("action/"))
        target.action = std::string(rest.substr(std::string_view("action/").size()));
    else if (rest.starts_with("path/"))
        target.path = std::string(rest.substr(std::string_view("path").size()));
    else
        return fail(errors::badRequest("AWS ARN for integration must contain path or action"));
    // "path//" is the root.
    if (target.path.starts_with("//"))
        target.path.erase(0, 1);
    return target;
}

std::string AwsTarget::host() const
{
    return (subdomain.empty() ? "" : subdomain + ".") + service + "." + region + ".amazonaws.com";
}

bool AwsTarget::invokesFunction() const
{
    return service == "lambda" && path.starts_with("/2015-03-31/functions/")
        && path.ends_with("/invocations");
}

StepResult callAwsService(CallContext& context, IntegrationEnvironment& environment)
{
    auto target = AwsTarget::parse(context.integrationRequest.uri);
    if (!target)
        return stop(GatewayResponseType::ApiConfigurationError, target.error().message);
    if (target->region.empty())
        target->region = context.api->api.region;
    // An action may carry its parameters after '&'; they are query parameters.
    if (const auto mark = target->action.find('&'); mark != std::string::npos) {
        for (auto& entry : http::parseQuery(target->action.substr(mark + 1)))
            context.integrationRequest.query.push_back(std::move(entry));
        target->action.resize(mark);
    }
    const auto* known = findService(*target);
    if (!known)
        return stop(GatewayResponseType::ApiConfigurationError,
            "Cloud Chamber has no service " + target->service + " for this integration");
    if (!target->action.empty() && known->target.empty() && known->queryVersion.empty())
        return stop(GatewayResponseType::ApiConfigurationError,
            "Cloud Chamber does not support action/ for " + target->service + ": name its path");
    auto request = serviceRequest(context, *target, *known);
    const auto uri = "https://" + target->host() + request.target;
    context.step("Integrate",
        target->service + " "
            + (target->action.empty() ? request.method + " " + request.target : target->action) + ", body "
            + shownBody(request.body));
    return callEndpoint(context, environment, uri, std::move(request));
}

}
