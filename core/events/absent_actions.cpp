#include "core/events/actions.h"

namespace core::events {

namespace {

using Row = aws::ActionRow<EventsService>;

constexpr std::string_view kPartners = "there are no partner event sources";
constexpr std::string_view kArchives = "there are no archives of events";
constexpr std::string_view kOutside = "there are no API destinations";
constexpr std::string_view kEndpoints = "there are no global endpoints";
constexpr std::string_view kPolicies =
    "buses have no resource policies: any account of the chamber may use them";

// Names after AWS's model of EventBridge.
const Row kAbsent[] = {
    aws::absentAction<EventsService>("ActivateEventSource", kPartners),
    aws::absentAction<EventsService>("DeactivateEventSource", kPartners),
    aws::absentAction<EventsService>("DescribeEventSource", kPartners),
    aws::absentAction<EventsService>("ListEventSources", kPartners),
    aws::absentAction<EventsService>("CreatePartnerEventSource", kPartners),
    aws::absentAction<EventsService>("DeletePartnerEventSource", kPartners),
    aws::absentAction<EventsService>("DescribePartnerEventSource", kPartners),
    aws::absentAction<EventsService>("ListPartnerEventSources", kPartners),
    aws::absentAction<EventsService>("ListPartnerEventSourceAccounts", kPartners),
    aws::absentAction<EventsService>("PutPartnerEvents", kPartners),
    aws::absentAction<EventsService>("CreateArchive", kArchives),
    aws::absentAction<EventsService>("DeleteArchive", kArchives),
    aws::absentAction<EventsService>("DescribeArchive", kArchives),
    aws::absentAction<EventsService>("ListArchives", kArchives),
    aws::absentAction<EventsService>("UpdateArchive", kArchives),
    aws::absentAction<EventsService>("StartReplay", kArchives),
    aws::absentAction<EventsService>("CancelReplay", kArchives),
    aws::absentAction<EventsService>("DescribeReplay", kArchives),
    aws::absentAction<EventsService>("ListReplays", kArchives),
    aws::absentAction<EventsService>("CreateApiDestination", kOutside),
    aws::absentAction<EventsService>("DeleteApiDestination", kOutside),
    aws::absentAction<EventsService>("DescribeApiDestination", kOutside),
    aws::absentAction<EventsService>("ListApiDestinations", kOutside),
    aws::absentAction<EventsService>("UpdateApiDestination", kOutside),
    aws::absentAction<EventsService>("CreateConnection", kOutside),
    aws::absentAction<EventsService>("DeauthorizeConnection", kOutside),
    aws::absentAction<EventsService>("DeleteConnection", kOutside),
    aws::absentAction<EventsService>("DescribeConnection", kOutside),
    aws::absentAction<EventsService>("ListConnections", kOutside),
    aws::absentAction<EventsService>("UpdateConnection", kOutside),
    aws::absentAction<EventsService>("CreateEndpoint", kEndpoints),
    aws::absentAction<EventsService>("DeleteEndpoint", kEndpoints),
    aws::absentAction<EventsService>("DescribeEndpoint", kEndpoints),
    aws::absentAction<EventsService>("ListEndpoints", kEndpoints),
    aws::absentAction<EventsService>("UpdateEndpoint", kEndpoints),
    aws::absentAction<EventsService>("PutPermission", kPolicies),
    aws::absentAction<EventsService>("RemovePermission", kPolicies),
    aws::absentAction<EventsService>("UpdateEventBus", "a bus keeps the description that it was made with"),
};

}

std::span<const Row> absentActions()
{
    return kAbsent;
}

}
