#pragma once

#include "core/logs/service.h"

namespace core::logs {

// The actions, one function each, named as on the wire. They run in the lane that the table in actions.cpp
// gives them.
using aws::Outcome;
using aws::Request;
using aws::RequestContext;

Result<Outcome> createLogGroup(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteLogGroup(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> describeLogGroups(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> putRetentionPolicy(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteRetentionPolicy(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> createLogStream(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteLogStream(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> describeLogStreams(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> putLogEvents(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> getLogEvents(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> filterLogEvents(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> startLiveTail(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> tagResource(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> untagResource(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> listTagsForResource(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> tagLogGroup(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> untagLogGroup(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> listTagsLogGroup(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> putSubscriptionFilter(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteSubscriptionFilter(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> describeSubscriptionFilters(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> putMetricFilter(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteMetricFilter(LogsService& service, RequestContext& context, Request& request);
Result<Outcome> describeMetricFilters(LogsService& service, RequestContext& context, Request& request);

// What AWS has and this has not.
std::span<const aws::ActionRow<LogsService>> absentActions();

// Our own: GET /_chamber/logs/tail.
Result<Outcome> tailLogEvents(LogsService& service, RequestContext& context, Request& request);

}
