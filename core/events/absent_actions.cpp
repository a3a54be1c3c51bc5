#include "core/events/actions.h"

#include "core/events/errors.h"

namespace core::events {

namespace {

using Row = aws::ActionRow<EventsService>;

// The front door refuses the request and names the action; nothing comes this far.
Result<Outcome> refuse(EventsService&, RequestContext&, Request&)
{
    return fail(errors::validation("This action is not implemented."));
}

constexpr Row absent(std::string_view name, std::string_view note)
{
    return {{.name = name, .lane = aws::Lane::Inline, .fidelity = aws::Fidelity::Unsupported, .note = note},
        refuse};
}

constexpr std::string_view kPartners = "there are no partner event sources";
constexpr std::string_view kArchives = "there are no archives of events";
constexpr std::string_view kOutside = "there are no API destinations";
constexpr std::string_view kEndpoints = "there are no global endpoints";
constexpr std::string_view kPolicies =
    "buses have no resource policies: any account of the chamber may use them";

// Names after AWS's model of EventBridge.
const Row kAbsent[] = {
    absent("ActivateEventSource", kPartners),
    absent("DeactivateEventSource", kPartners),
    absent("DescribeEventSource", kPartners),
    absent("ListEventSources", kPartners),
    absent("CreatePartnerEventSource", kPartners),
    absent("DeletePartnerEventSource", kPartners),
    absent("DescribePartnerEventSource", kPartners),
    absent("ListPartnerEventSources", kPartners),
    absent("ListPartnerEventSourceAccounts", kPartners),
    absent("PutPartnerEvents", kPartners),
    absent("CreateArchive", kArchives),
    absent("DeleteArchive", kArchives),
    absent("DescribeArchive", kArchives),
    absent("ListArchives", kArchives),
    absent("UpdateArchive", kArchives),
    absent("StartReplay", kArchives),
    absent("CancelReplay", kArchives),
    absent("DescribeReplay", kArchives),
    absent("ListReplays", kArchives),
    absent("CreateApiDestination", kOutside),
    absent("DeleteApiDestination", kOutside),
    absent("DescribeApiDestination", kOutside),
    absent("ListApiDestinations", kOutside),
    absent("UpdateApiDestination", kOutside),
    absent("CreateConnection", kOutside),
    absent("DeauthorizeConnection", kOutside),
    absent("DeleteConnection", kOutside),
    absent("DescribeConnection", kOutside),
    absent("ListConnections", kOutside),
    absent("UpdateConnection", kOutside),
    absent("CreateEndpoint", kEndpoints),
    absent("DeleteEndpoint", kEndpoints),
    absent("DescribeEndpoint", kEndpoints),
    absent("ListEndpoints", kEndpoints),
    absent("UpdateEndpoint", kEndpoints),
    absent("PutPermission", kPolicies),
    absent("RemovePermission", kPolicies),
    absent("UpdateEventBus", "a bus keeps the description that it was made with"),
};

}

std::span<const Row> absentActions()
{
    return kAbsent;
}

}
