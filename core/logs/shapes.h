#pragma once

#include "core/aws/shape.h"

namespace core::logs::shapes {

// The constraint table of each action's input.
extern const aws::Shape kCreateLogGroup;
extern const aws::Shape kDeleteLogGroup;
extern const aws::Shape kDescribeLogGroups;
extern const aws::Shape kPutRetentionPolicy;
extern const aws::Shape kCreateLogStream;
extern const aws::Shape kDeleteLogStream;
extern const aws::Shape kDescribeLogStreams;
extern const aws::Shape kPutLogEvents;
extern const aws::Shape kGetLogEvents;
extern const aws::Shape kFilterLogEvents;
extern const aws::Shape kStartLiveTail;
extern const aws::Shape kTagResource;
extern const aws::Shape kUntagResource;
extern const aws::Shape kListTagsForResource;
extern const aws::Shape kTagLogGroup;
extern const aws::Shape kUntagLogGroup;
extern const aws::Shape kPutSubscriptionFilter;
extern const aws::Shape kDeleteFilter; // of either kind
extern const aws::Shape kDescribeSubscriptionFilters;
extern const aws::Shape kPutMetricFilter;
extern const aws::Shape kDescribeMetricFilters;
extern const aws::Shape kTailLogEvents; // our own

}
