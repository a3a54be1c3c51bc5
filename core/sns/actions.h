#pragma once

#include "core/sns/service.h"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace core::sns {

// The actions, one function each, named as on the wire. All run on the pool: they wait for the disk.
using aws::Outcome;
using aws::Request;
using aws::RequestContext;

Result<Outcome> createTopic(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteTopic(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> listTopics(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> getTopicAttributes(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> setTopicAttributes(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> addPermission(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> removePermission(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> subscribe(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> confirmSubscription(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> unsubscribe(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> listSubscriptions(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> listSubscriptionsByTopic(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> getSubscriptionAttributes(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> setSubscriptionAttributes(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> publish(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> publishBatch(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> tagResource(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> untagResource(SnsService& service, RequestContext& context, Request& request);
Result<Outcome> listTagsForResource(SnsService& service, RequestContext& context, Request& request);

std::span<const aws::ActionRow<SnsService>> absentActions();

// What several of them share.

// The topic that an ARN names, in the request's region; `member` names the parameter. Names it on the span.
// Errors: InvalidParameter, NotFound.
Result<Topics::Pointer> topicOf(SnsService& service, RequestContext& context, const std::string& arn,
    std::string_view member = "TopicArn");
// Errors: InvalidParameter, NotFound.
Result<Subscriptions::Pointer> subscriptionOf(
    SnsService& service, RequestContext& context, const std::string& arn);
// {"<member>": […], "NextToken": …}: a hundred entries after the token of `input`; a token is the place of
// the next. Error: InvalidParameter.
Result<nlohmann::json> pageOf(
    const std::vector<nlohmann::json>& entries, const char* member, const nlohmann::json& input);

}
