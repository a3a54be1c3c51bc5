#include "core/events/actions.h"
#include "core/events/errors.h"

#include <nlohmann/json.hpp>

namespace core::events {

using nlohmann::json;

Result<Outcome> createEventBus(EventsService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    Bus bus;
    bus.name = input.at("Name");
    bus.region = context.region;
    bus.account = context.principal.account;
    bus.description = input.value("Description", "");
    bus.created = context.now;
    bus.modified = context.now;
    context.touch(bus.name);
    if (bus.name.find('/') != std::string::npos)
        return fail(errors::validation("Event bus name must not contain '/'."));
    CORE_CHECK(addTags(input.value("Tags", json::array()), bus.tags));
    const std::lock_guard guard(service.rules().changing());
    if (service.rules().bus(bus.region, bus.account, bus.name))
        return fail(errors::busExists(bus.name));
    CORE_CHECK(service.rules().putBus(bus));
    json output = {{"EventBusArn", bus.arn()}};
    if (!bus.description.empty())
        output["Description"] = bus.description;
    return aws::Reply::of(std::move(output));
}

Result<Outcome> deleteEventBus(EventsService& service, RequestContext& context, Request& request)
{
    const std::lock_guard guard(service.rules().changing());
    const auto name = busOf(service, context, request, "Name");
    // Deleting none is no error on AWS.
    if (!name)
        return aws::Reply::of(json::object());
    context.touch(*name);
    if (*name == kDefaultBus)
        return fail(errors::validation("Cannot delete event bus default."));
    if (!service.rules().rulesOf(context.region, *name).empty())
        return fail(errors::validation("Event bus " + *name + " can't be deleted since it has rules."));
    CORE_CHECK(service.rules().eraseBus(context.region + '/' + *name));
    return aws::Reply::of(json::object());
}

Result<Outcome> describeEventBus(EventsService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, busOf(service, context, request, "Name"));
    CORE_TRY(const auto bus, service.rules().bus(context.region, context.principal.account, name));
    return aws::Reply::of(describe(bus));
}

Result<Outcome> listEventBuses(EventsService& service, RequestContext& context, Request& request)
{
    const auto prefix = request.input().value("NamePrefix", "");
    std::vector<json> entries;
    for (const auto& bus : service.rules().buses(context.region, context.principal.account)) {
        if (bus.name.starts_with(prefix))
            entries.push_back(describe(bus));
    }
    CORE_TRY(auto output, pageOf(request.input(), "EventBuses", entries));
    return aws::Reply::of(std::move(output));
}

}
