#pragma once

#include "core/events/service.h"

#include <nlohmann/json_fwd.hpp>

namespace core::events {

// The actions, one function each, named as on the wire. All run on the pool: they wait for the disk.
using aws::Outcome;
using aws::Request;
using aws::RequestContext;

Result<Outcome> createEventBus(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteEventBus(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> describeEventBus(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> listEventBuses(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> putRule(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> describeRule(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> listRules(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> enableRule(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> disableRule(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteRule(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> listRuleNamesByTarget(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> putTargets(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> listTargetsByRule(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> removeTargets(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> putEvents(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> testEventPattern(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> tagResource(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> untagResource(EventsService& service, RequestContext& context, Request& request);
Result<Outcome> listTagsForResource(EventsService& service, RequestContext& context, Request& request);

// What several of them share.

// EventBusName (a name or an ARN), or the default bus. Error: ResourceNotFoundException.
Result<std::string> busOf(EventsService& service, const RequestContext& context, const Request& request,
    const char* member = "EventBusName");
// The rule that `member` names, on its bus. Names it on the span. Error: ResourceNotFoundException.
Result<RuleBook::RulePtr> ruleOf(
    EventsService& service, RequestContext& context, const Request& request, const char* member);
// {"<member>": […], "NextToken": …} of entries in order.
Result<nlohmann::json> pageOf(
    const nlohmann::json& input, const char* member, const std::vector<nlohmann::json>& entries);
// Tags of a request added to those there are. Error: ValidationException for a key that is named twice.
Result<> addTags(const nlohmann::json& given, std::map<std::string, std::string>& tags);

// Names of AWS's actions that are not here; the front door refuses them.
std::span<const aws::ActionRow<EventsService>> absentActions();

}
