#include "core/base/geo.h"
#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

namespace {

std::string locationConstraint(const Request& request)
{
    const auto found = request.input().find("CreateBucketConfiguration");
    return found == request.input().end() ? std::string() : found->value("LocationConstraint", std::string());
}

// us-east-1 makes buckets anywhere; every other endpoint only at home. "EU" is an old name of eu-west-1.
Result<std::string> regionOf(std::string constraint, const std::string& endpointRegion)
{
    if (constraint == "EU")
        constraint = "eu-west-1";
    if (!constraint.empty() && (constraint == "us-east-1" || !geo::findRegion(constraint))) {
        return fail(s3Error("InvalidLocationConstraint", "The specified location-constraint is not valid",
            {{"LocationConstraint", constraint}}));
    }
    if (endpointRegion == "us-east-1")
        return constraint.empty() ? endpointRegion : constraint;
    if (constraint != endpointRegion) {
        return fail(s3Error("IllegalLocationConstraintException",
            "The " + (constraint.empty() ? "unspecified" : constraint)
                + " location constraint is incompatible for the region specific endpoint this request was "
                  "sent to."));
    }
    return constraint;
}

Result<> checkAccess(const Request& request)
{
    const auto ownership = textOf(request, "ObjectOwnership");
    if (!ownership.empty() && ownership != "BucketOwnerEnforced")
        return fail(headerNotImplemented("x-amz-object-ownership", ownership));
    const auto acl = textOf(request, "ACL");
    if (!acl.empty() && acl != "private") {
        return fail(s3Error("InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"));
    }
    return {};
}

}

ActionResult createBucket(S3Service& service, RequestContext& context, Request& request)
{
    const auto name = textOf(request, "Bucket");
    context.touch(name);
    if (!isBucketName(name))
        return fail(invalidBucketName(name));
    CORE_CHECK(checkAccess(request));
    CORE_TRY(const auto region, regionOf(locationConstraint(request), context.region));
    CORE_TRY(
        const bool made, service.buckets().create(name, {region, context.principal.account, context.now}));
    context.span.step(made ? "bucket made in " + region : "the bucket was yours already: nothing changed");
    const auto location = region == "us-east-1" ? '/' + name : "http://" + name + ".s3.amazonaws.com/";
    return aws::Reply::of({{"Location", location}, {"BucketArn", "arn:aws:s3:::" + name}});
}

}
