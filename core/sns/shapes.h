#pragma once

#include "core/aws/shape.h"

// Inputs and outputs of SNS's actions.
namespace core::sns::shapes {

extern const aws::Shape kCreateTopic;
extern const aws::Shape kTopicOutput;
extern const aws::Shape kTopicAlone;
extern const aws::Shape kListTopics;
extern const aws::Shape kListTopicsOutput;
extern const aws::Shape kAttributesOutput;
extern const aws::Shape kSetTopicAttributes;
extern const aws::Shape kAddPermission;
extern const aws::Shape kRemovePermission;
extern const aws::Shape kSubscribe;
extern const aws::Shape kConfirmSubscription;
extern const aws::Shape kSubscriptionOutput;
extern const aws::Shape kSubscriptionAlone;
extern const aws::Shape kListSubscriptions;
extern const aws::Shape kListByTopic;
extern const aws::Shape kSubscriptionsOutput;
extern const aws::Shape kSetSubscriptionAttributes;
extern const aws::Shape kPublish;
extern const aws::Shape kPublishOutput;
extern const aws::Shape kPublishBatch;
extern const aws::Shape kPublishBatchOutput;
extern const aws::Shape kTagResource;
extern const aws::Shape kUntagResource;
extern const aws::Shape kResourceAlone;
extern const aws::Shape kTagsOutput;
extern const aws::Shape kNothing; // an answer that is an empty element

}
