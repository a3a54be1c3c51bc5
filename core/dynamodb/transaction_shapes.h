#pragma once

#include "core/aws/shape.h"

// The input shapes of the transactions; shapes.h has the other actions'.
namespace core::dynamodb::shapes {

extern const aws::Shape kTransactWriteItems;
extern const aws::Shape kTransactGetItems;

}
