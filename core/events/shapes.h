#pragma once

#include "core/aws/shape.h"

namespace core::events::shapes {

// The constraint table of each action's input.
extern const aws::Shape kCreateEventBus;
extern const aws::Shape kNamedBus; // Delete…, Describe…
extern const aws::Shape kDescribeEventBus;
extern const aws::Shape kListEventBuses;
extern const aws::Shape kPutRule;
extern const aws::Shape kRule; // Describe…, Enable…, Disable…
extern const aws::Shape kDeleteRule;
extern const aws::Shape kListRules;
extern const aws::Shape kListRuleNamesByTarget;
extern const aws::Shape kPutTargets;
extern const aws::Shape kListTargetsByRule;
extern const aws::Shape kRemoveTargets;
extern const aws::Shape kPutEvents;
extern const aws::Shape kTestEventPattern;
extern const aws::Shape kTagResource;
extern const aws::Shape kUntagResource;
extern const aws::Shape kListTagsForResource;

}
