#pragma once

#include "core/aws/service.h"
#include "core/aws/sigv4.h"

namespace core::aws {

// A refused signature in the words of the service: S3 names these faults in another way than JSON services
// do.
Error signatureError(const Service& service, const SignatureFault& fault, const http::Request& request);
// Signed with an access key id that nobody has.
Error unknownKey(const Service& service, const http::Request& request);
// Signed with temporary credentials whose time is over.
Error expiredKey(const Service& service, const http::Request& request);

}
