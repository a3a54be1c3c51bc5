#pragma once

#include "core/aws/shape.h"

namespace core::sts::shapes {

// The inputs and outputs of STS's actions.
extern const aws::Shape kNothing;
extern const aws::Shape kAssumeRole;
extern const aws::Shape kAssumeRoleWithWebIdentity;
extern const aws::Shape kGetAccessKeyInfo;
extern const aws::Shape kGetFederationToken;
extern const aws::Shape kGetSessionToken;
extern const aws::Shape kCallerIdentityOutput;
extern const aws::Shape kAssumeRoleOutput;
extern const aws::Shape kWebIdentityOutput;
extern const aws::Shape kAccessKeyInfoOutput;
extern const aws::Shape kFederationOutput;
extern const aws::Shape kSessionOutput;

}
