#include "core/base/arn.h"
#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/filter_pages.h"
#include "core/logs/filter_pattern.h"
#include "core/logs/filter_store.h"
#include "core/logs/log_names.h"
#include "core/logs/log_write.h"

#include <nlohmann/json.hpp>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr int kMostSubscriptionFilters = 2; // of a group
constexpr std::string_view kFunctionKind = "function:";

// The function's name: "arn:aws:lambda:us-east-1:000000000000:function:name[:qualifier]".
Result<std::string> functionNameOf(const std::string& destinationArn)
{
    const auto arn = Arn::parse(destinationArn);
    if (!arn)
        return fail(errors::invalidParameter("Invalid destinationArn: " + destinationArn));
    if (arn->service != "lambda" || !arn->resource.starts_with(kFunctionKind))
        return fail(errors::invalidParameter(
            "Cloud Chamber brings log events to functions only, not to " + destinationArn + '.'));
    const auto name = std::string_view(arn->resource).substr(kFunctionKind.size());
    return std::string(name.substr(0, name.find(':')));
}

json recordOf(const json& input, Micros now)
{
    return {{"filterName", input.at("filterName")}, {"logGroupName", input.at("logGroupName")},
        {"filterPattern", input.at("filterPattern")}, {"destinationArn", input.at("destinationArn")},
        {"distribution", input.value("distribution", "ByLogStream")}, {"creationTime", millis(now)}};
}

}

Result<Outcome> putSubscriptionFilter(LogsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto ref, groupOf(context, input));
    context.touch(ref.group);
    CORE_CHECK(FilterPattern::parse(input.at("filterPattern").get_ref<const std::string&>()));
    if (!readGroup(*service.readSettled(), ref))
        return fail(errors::groupNotFound());
    const std::string function = input.at("destinationArn");
    CORE_TRY(const auto name, functionNameOf(function));
    if (input.contains("roleArn"))
        return fail(errors::invalidParameter("destinationArn for vendor lambda cannot be used with roleArn"));
    CORE_CHECK(service.delivery().checkFunction(function, ref, context.principal.account));
    // Its every run would write what sets it going again, for ever.
    if (ref.group == "/aws/lambda/" + name)
        return fail(errors::invalidParameter(
            "The function " + name + " would be invoked with its own log, without end."));
    return std::make_unique<LogWrite>(
        [ref, record = recordOf(input, context.now)](store::Transaction& transaction) {
            return putFilter(transaction, kSubscriptionFilters, ref, record, kMostSubscriptionFilters);
        });
}

Result<Outcome> deleteSubscriptionFilter(LogsService&, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    context.touch(ref.group);
    return std::make_unique<LogWrite>(
        [ref, name = request.input().at("filterName").get<std::string>()](store::Transaction& transaction) {
            return eraseFilter(transaction, kSubscriptionFilters, ref, name);
        });
}

Result<Outcome> describeSubscriptionFilters(LogsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    const auto reader = service.readSettled();
    if (!readGroup(*reader, ref))
        return fail(errors::groupNotFound());
    FilterPage page("subscriptionFilters", request.input());
    CORE_TRY(const auto after, namedByToken(request.input()));
    scanFilters(*reader, kSubscriptionFilters, ref, page.prefix(), after,
        [&](const json& filter) { return page.take(filter, filter.at("filterName")); });
    return aws::Reply::of(page.output());
}

}
