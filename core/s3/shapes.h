#pragma once

#include "core/aws/shape.h"

// The constraint table of each action's input, with every member that AWS's model has, and how outputs are
// written.
namespace core::s3::shapes {

extern const aws::Shape kCreateBucket;
extern const aws::Shape kListBuckets;
extern const aws::Shape kHeadBucket;
extern const aws::Shape kDeleteBucket;
extern const aws::Shape kGetBucketLocation;
extern const aws::Shape kGetBucketVersioning;
extern const aws::Shape kBucketPolicy;
extern const aws::Shape kPutBucketPolicy;
extern const aws::Shape kPutNotifications;
extern const aws::Shape kGetNotifications;
extern const aws::Shape kNotifications; // the output
extern const aws::Shape kPutObject;
extern const aws::Shape kGetObject;
extern const aws::Shape kHeadObject;
extern const aws::Shape kGetObjectTagging;
extern const aws::Shape kDeleteObject;
extern const aws::Shape kDeleteObjects;
extern const aws::Shape kListObjectsV2;
extern const aws::Shape kListObjects;
extern const aws::Shape kCopyObject;
extern const aws::Shape kCreateMultipartUpload;
extern const aws::Shape kUploadPart;
extern const aws::Shape kUploadPartCopy;
extern const aws::Shape kCompleteMultipartUpload;
extern const aws::Shape kAbortMultipartUpload;
extern const aws::Shape kListParts;
extern const aws::Shape kListMultipartUploads;

extern const aws::Shape kCreateBucketOutput;
extern const aws::Shape kListBucketsOutput;
extern const aws::Shape kHeadBucketOutput;
extern const aws::Shape kGetBucketLocationOutput;
extern const aws::Shape kGetBucketVersioningOutput;
extern const aws::Shape kPutObjectOutput;
extern const aws::Shape kGetObjectOutput;
extern const aws::Shape kGetObjectTaggingOutput;
extern const aws::Shape kDeleteObjectsOutput;
extern const aws::Shape kListObjectsV2Output;
extern const aws::Shape kListObjectsOutput;
extern const aws::Shape kCopyObjectOutput;
extern const aws::Shape kCreateMultipartUploadOutput;
extern const aws::Shape kUploadPartOutput;
extern const aws::Shape kUploadPartCopyOutput;
extern const aws::Shape kCompleteMultipartUploadOutput;
extern const aws::Shape kListPartsOutput;
extern const aws::Shape kListMultipartUploadsOutput;

}
