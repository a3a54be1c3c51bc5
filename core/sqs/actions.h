#pragma once

#include "core/sqs/service.h"

#include <nlohmann/json_fwd.hpp>

namespace core::sqs {

// The actions, one function each, named as on the wire. All run on the pool: they wait for the disk.
using aws::Outcome;
using aws::Request;
using aws::RequestContext;

Result<Outcome> createQueue(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteQueue(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> getQueueUrl(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> listQueues(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> listDeadLetterSourceQueues(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> getQueueAttributes(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> setQueueAttributes(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> purgeQueue(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> tagQueue(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> untagQueue(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> listQueueTags(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> sendMessage(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> sendMessageBatch(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> receiveMessage(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteMessage(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> deleteMessageBatch(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> changeMessageVisibility(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> changeMessageVisibilityBatch(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> startMessageMoveTask(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> cancelMessageMoveTask(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> listMessageMoveTasks(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> addPermission(SqsService& service, RequestContext& context, Request& request);
Result<Outcome> removePermission(SqsService& service, RequestContext& context, Request& request);

// Our own: when the next message can be received, for those who wait without a request.
Result<Outcome> getQueueArrivals(SqsService& service, RequestContext& context, Request& request);

// What several of them share.

// The queue that QueueUrl names, in the request's region. Names it on the span. Errors: InvalidAddress,
// NonExistentQueue.
Result<QueueStore::QueuePtr> queueOf(SqsService& service, RequestContext& context, const Request& request);
// That a batch has one to ten entries with ids of their own; `entry` names AWS's shape of them.
Result<> checkBatch(const nlohmann::json& entries, std::string_view entry);
// An entry of Failed.
nlohmann::json failedEntry(const std::string& id, const Error& error);
// {"<member>": [URLs], "NextToken": …}. Error: InvalidParameterValue for a token that is none.
Result<nlohmann::json> pageOfUrls(
    const nlohmann::json& input, const char* member, const std::vector<std::string>& urls);

}
