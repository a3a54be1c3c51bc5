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

// Our own: GET /_chamber/logs/tail.
Result<Outcome> tailLogEvents(LogsService& service, RequestContext& context, Request& request);

}
