#pragma once

#include "core/aws/shape.h"

// The input of the chamber's own actions on throughput.
namespace core::dynamodb::shapes {

extern const aws::Shape kPutThrottling; // PUT /_chamber/dynamodb/throttling
extern const aws::Shape kGetThroughput; // GET /_chamber/dynamodb/tables/{TableName}/throughput

}
