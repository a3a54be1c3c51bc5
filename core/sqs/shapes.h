#pragma once

#include "core/aws/shape.h"

// Inputs and outputs of SQS's actions. Lists and maps are flattened and named as the query protocol has them.
namespace core::sqs::shapes {

extern const aws::Shape kCreateQueue;
extern const aws::Shape kQueueUrlOutput;
extern const aws::Shape kQueueAlone;
extern const aws::Shape kGetQueueUrl;
extern const aws::Shape kListQueues;
extern const aws::Shape kListQueuesOutput;
extern const aws::Shape kListSources;
extern const aws::Shape kListSourcesOutput;
extern const aws::Shape kGetAttributes;
extern const aws::Shape kAttributesOutput;
extern const aws::Shape kSetAttributes;
extern const aws::Shape kTagQueue;
extern const aws::Shape kUntagQueue;
extern const aws::Shape kTagsOutput;
extern const aws::Shape kSendMessage;
extern const aws::Shape kSendOutput;
extern const aws::Shape kSendBatch;
extern const aws::Shape kSendBatchOutput;
extern const aws::Shape kReceive;
extern const aws::Shape kReceiveOutput;
extern const aws::Shape kDelete;
extern const aws::Shape kDeleteBatch;
extern const aws::Shape kDeleteBatchOutput;
extern const aws::Shape kVisibility;
extern const aws::Shape kVisibilityBatch;
extern const aws::Shape kVisibilityBatchOutput;
extern const aws::Shape kStartMove;
extern const aws::Shape kStartMoveOutput;
extern const aws::Shape kCancelMove;
extern const aws::Shape kCancelMoveOutput;
extern const aws::Shape kListMoves;
extern const aws::Shape kListMovesOutput;
extern const aws::Shape kAddPermission;
extern const aws::Shape kRemovePermission;
extern const aws::Shape kArrivals; // our own

}
