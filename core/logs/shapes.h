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
extern const aws::Shape kTailLogEvents; // our own

}
