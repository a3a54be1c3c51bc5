#pragma once

#include "core/aws/shape.h"

// The input shapes of the chamber's own actions below /_chamber/dynamodb/: replica delays and caches.
namespace core::dynamodb::shapes {

extern const aws::Shape kReplicaDelay;
extern const aws::Shape kTableReplicaDelay;
extern const aws::Shape kTableOfPath;
extern const aws::Shape kCacheSettings;
extern const aws::Shape kClusterOfPath;
extern const aws::Shape kCacheEntries;
extern const aws::Shape kCacheFlush;

}
