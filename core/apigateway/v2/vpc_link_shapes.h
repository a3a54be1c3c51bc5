#pragma once

#include "core/aws/shape.h"

// The inputs of the actions on VPC links.
namespace core::apigateway::v2 {

extern const aws::Shape kCreateVpcLinkShape;
extern const aws::Shape kGetVpcLinksShape;
extern const aws::Shape kVpcLinkShape; // and DeleteVpcLink
extern const aws::Shape kUpdateVpcLinkShape;

}
