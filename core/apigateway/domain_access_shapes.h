#pragma once

#include "core/aws/shape.h"

namespace core::apigateway {

extern const aws::Shape kCreateDomainAccessShape;
extern const aws::Shape kGetDomainAccessesShape;
extern const aws::Shape kDomainAccessShape;
extern const aws::Shape kRejectDomainAccessShape;

extern const aws::Shape kResourceOwnerShape; // SELF or OTHER_ACCOUNTS

}
