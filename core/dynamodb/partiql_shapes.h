#pragma once

#include "core/aws/shape.h"

// The input shapes of the PartiQL actions; shapes.h has the other actions'.
namespace core::dynamodb::shapes {

extern const aws::Shape kExecuteStatement;
extern const aws::Shape kBatchExecuteStatement;
extern const aws::Shape kExecuteTransaction;

}
