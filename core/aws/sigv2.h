#pragma once

#include "core/aws/sigv4.h"

namespace core::aws {

// Presigned S3 URLs of signature version 2 (AWSAccessKeyId, Expires, Signature): boto3 still makes them by
// default.
bool isPresignedV2(std::string_view rawQuery);
tl::expected<Signature, SignatureFault> parsePresignedV2(std::string_view rawQuery);

// `request.target` in path style: the resource that is signed begins with the bucket.
std::optional<SignatureFault> verifySignatureV2(
    const Signature& signature, const http::Request& request, const VerifyOptions& options);

std::string signatureV2(const http::Request& request, std::string_view expires, std::string_view secret);

}
