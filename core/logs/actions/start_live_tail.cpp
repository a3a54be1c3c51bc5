#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/log_names.h"
#include "core/logs/tail_session.h"

#include <nlohmann/json.hpp>

namespace core::logs {

using nlohmann::json;

namespace {

using Names = std::vector<std::string>;

Result<TailWish> wishOf(LogsService& service, const RequestContext& context, const json& input)
{
    TailWish wish;
    wish.region = context.region;
    wish.account = context.principal.account;
    wish.identifiers = input.at("logGroupIdentifiers").get<Names>();
    wish.streams = input.value("logStreamNames", Names());
    wish.streamPrefixes = input.value("logStreamNamePrefixes", Names());
    wish.patternText = input.value("logEventFilterPattern", "");
    if (!wish.streams.empty() && !wish.streamPrefixes.empty())
        return fail(errors::invalidParameter(
            "logStreamNames and logStreamNamePrefixes are mutually exclusive parameters."));
    if (wish.identifiers.size() > 1 && (!wish.streams.empty() || !wish.streamPrefixes.empty()))
        return fail(errors::invalidParameter(
            "Log stream names and prefixes can be used with a single log group only."));
    const auto reader = service.readSettled();
    for (const auto& identifier : wish.identifiers) {
        wish.groups.push_back(groupNamed(identifier));
        if (!readGroup(*reader, {context.region, wish.groups.back()}))
            return fail(errors::groupNotFound());
    }
    CORE_TRY(wish.pattern, FilterPattern::parse(wish.patternText));
    return wish;
}

}

Result<Outcome> startLiveTail(LogsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto wish, wishOf(service, context, request.input()));
    context.touch(wish.groups.front());
    aws::Reply reply;
    reply.headers.add("Content-Type", "application/vnd.amazon.eventstream");
    reply.source = std::make_shared<TailSession>(
        service.sharedTail(), service.clock(), std::move(wish), context.requestId);
    reply.sourceLength = http::kUnknownLength;
    return reply;
}

}
