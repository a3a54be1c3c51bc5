#pragma once

#include "core/aws/shape.h"

// The inputs of the actions on VPC links and client certificates.
namespace core::apigateway {

extern const aws::Shape kCreateVpcLinkShape;
extern const aws::Shape kVpcLinkShape; // and DeleteVpcLink
extern const aws::Shape kPatchVpcLinkShape;
extern const aws::Shape kGenerateClientCertificateShape;
extern const aws::Shape kClientCertificateShape; // and DeleteClientCertificate
extern const aws::Shape kPatchClientCertificateShape;

}
