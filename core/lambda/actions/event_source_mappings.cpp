#include "core/base/ids.h"
#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/mapping_rules.h"
#include "core/lambda/page.h"
#include "core/lambda/queue_rules.h"
#include "core/lambda/target.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

Result<> takeFunction(
    LambdaService& service, RequestContext& context, const Request& request, EventSourceMapping& mapping)
{
    CORE_TRY(const auto name, functionNameOf(context, request));
    context.touch(name.name);
    if (!service.functions().find(name.key()))
        return fail(errors::invalidParameter("Function does not exist"));
    if (!service.resolve(name.key(), name.qualifier).function)
        return fail(errors::functionNotFound(name.arn(context)));
    mapping.region = name.region;
    mapping.function = name.name;
    mapping.qualifier = name.qualifier;
    return {};
}

Result<std::shared_ptr<const EventSourceMapping>> findMapping(
    LambdaService& service, RequestContext& context, const Request& request)
{
    const auto id = request.input().at("UUID").get<std::string>();
    auto mapping = service.mappings().find(context.region + '/' + id);
    if (!mapping)
        return fail(errors::resourceNotFound());
    context.touch(mapping->function);
    return mapping;
}

}

Result<Outcome> createEventSourceMapping(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    EventSourceMapping mapping;
    mapping.id = newUuid();
    mapping.account = context.principal.account;
    mapping.modified = context.now;
    CORE_CHECK(takeMappingSource(input, mapping));
    CORE_CHECK(takeFunction(service, context, request, mapping));
    CORE_CHECK(takeMappingSettings(service, input, mapping));
    if (input.contains("Tags"))
        input.at("Tags").get_to(mapping.tags);
    CORE_CHECK(checkTags(mapping.tags));
    CORE_CHECK(checkMappingIsNew(service, mapping));
    if (mapping.isQueue())
        CORE_CHECK(checkQueue(service, mapping, context.span));
    CORE_CHECK(service.eventSources().begin(mapping, &context.span));
    CORE_TRY(const auto kept, service.mappings().put(std::move(mapping)));
    service.eventSources().sync();
    context.span.step("Reads " + kept->source,
        "A batch has at most " + std::to_string(kept->batchSize)
            + (kept->isQueue() ? " messages" : " records, and begins at " + kept->startingPosition));
    return aws::Reply::of(describe(*kept, kept->isQueue() && !kept->enabled ? "Disabled" : "Creating"));
}

Result<Outcome> getEventSourceMapping(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto mapping, findMapping(service, context, request));
    return aws::Reply::of(describe(*mapping));
}

Result<Outcome> listEventSourceMappings(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto page, pageOf(input, 100));
    const auto source = input.value("EventSourceArn", "");
    std::string wanted;
    if (input.contains("FunctionName")) {
        CORE_TRY(const auto name, functionNameOf(context, request));
        wanted = name.arn(context);
    }
    std::vector<std::pair<std::string, json>> entries;
    for (const auto& mapping : service.mappings().below(context.region + '/')) {
        if ((source.empty() || mapping->source == source)
            && (wanted.empty() || mapping->functionArn() == wanted))
            entries.emplace_back(mapping->id, describe(*mapping));
    }
    return aws::Reply::of(writePage(page, "EventSourceMappings", std::move(entries)));
}

Result<Outcome> updateEventSourceMapping(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto before, findMapping(service, context, request));
    auto mapping = *before;
    if (input.contains("FunctionName"))
        CORE_CHECK(takeFunction(service, context, request, mapping));
    CORE_CHECK(takeMappingSettings(service, input, mapping));
    if (mapping.functionArn() != before->functionArn())
        CORE_CHECK(checkMappingIsNew(service, mapping));
    if (mapping.isQueue() && input.contains("FunctionName"))
        CORE_CHECK(checkQueue(service, mapping, context.span));
    mapping.modified = context.now;
    if (mapping.enabled && !mapping.begun)
        CORE_CHECK(service.eventSources().begin(mapping, &context.span));
    CORE_TRY(const auto kept, service.mappings().put(std::move(mapping)));
    service.eventSources().sync();
    const auto* state = kept->enabled == before->enabled ? "Updating"
        : kept->enabled                                  ? "Enabling"
                                                         : "Disabling";
    return aws::Reply::of(describe(*kept, state));
}

Result<Outcome> deleteEventSourceMapping(LambdaService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.changing());
    CORE_TRY(const auto mapping, findMapping(service, context, request));
    CORE_CHECK(service.mappings().erase(mapping->key()));
    service.eventSources().sync();
    service.eventSources().forget(mapping->id);
    return aws::Reply::of(describe(*mapping, "Deleting"));
}

}
