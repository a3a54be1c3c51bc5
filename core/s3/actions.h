#pragma once

#include "core/s3/service.h"

namespace core::s3 {

using ActionResult = Result<aws::Outcome>;
using aws::Request;
using aws::RequestContext;

ActionResult createBucket(S3Service& service, RequestContext& context, Request& request);
ActionResult listBuckets(S3Service& service, RequestContext& context, Request& request);
ActionResult headBucket(S3Service& service, RequestContext& context, Request& request);
ActionResult deleteBucket(S3Service& service, RequestContext& context, Request& request);
ActionResult getBucketLocation(S3Service& service, RequestContext& context, Request& request);
ActionResult getBucketVersioning(S3Service& service, RequestContext& context, Request& request);
ActionResult putBucketPolicy(S3Service& service, RequestContext& context, Request& request);
ActionResult getBucketPolicy(S3Service& service, RequestContext& context, Request& request);
ActionResult putBucketNotificationConfiguration(
    S3Service& service, RequestContext& context, Request& request);
ActionResult getBucketNotificationConfiguration(
    S3Service& service, RequestContext& context, Request& request);
ActionResult deleteBucketPolicy(S3Service& service, RequestContext& context, Request& request);
ActionResult putObject(S3Service& service, RequestContext& context, Request& request);
ActionResult getObject(S3Service& service, RequestContext& context, Request& request);
ActionResult getObjectTagging(S3Service& service, RequestContext& context, Request& request);
ActionResult headObject(S3Service& service, RequestContext& context, Request& request);
ActionResult deleteObject(S3Service& service, RequestContext& context, Request& request);
ActionResult deleteObjects(S3Service& service, RequestContext& context, Request& request);
ActionResult listObjectsV2(S3Service& service, RequestContext& context, Request& request);
ActionResult listObjects(S3Service& service, RequestContext& context, Request& request);
ActionResult copyObject(S3Service& service, RequestContext& context, Request& request);
ActionResult createMultipartUpload(S3Service& service, RequestContext& context, Request& request);
ActionResult uploadPart(S3Service& service, RequestContext& context, Request& request);
ActionResult uploadPartCopy(S3Service& service, RequestContext& context, Request& request);
ActionResult completeMultipartUpload(S3Service& service, RequestContext& context, Request& request);
ActionResult abortMultipartUpload(S3Service& service, RequestContext& context, Request& request);
ActionResult listParts(S3Service& service, RequestContext& context, Request& request);
ActionResult listMultipartUploads(S3Service& service, RequestContext& context, Request& request);

// The actions of AWS that the chamber does not have: each is known by name, so that its error can name it.
std::span<const aws::ActionRow<S3Service>> absentActions();

}
