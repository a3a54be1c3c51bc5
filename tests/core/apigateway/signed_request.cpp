#include "tests/core/apigateway/signed_request.h"

#include "core/aws/sigv4.h"
#include "core/base/hash.h"
#include "core/base/time_format.h"

using namespace core;

void sign(http::Request& request, const Signer& signer)
{
    const auto date = amzDate(realMicros() + signer.since);
    request.headers.set("X-Amz-Date", date);
    aws::Signature signature;
    signature.date = date.substr(0, 8);
    signature.region = signer.region;
    signature.service = signer.service;
    signature.signedHeaders = "host;x-amz-date";
    const auto canonical = aws::canonicalRequest(request, signature, hex(sha256(request.body)));
    request.headers.set("Authorization",
        "AWS4-HMAC-SHA256 Credential=" + signer.key + "/" + signature.date + "/" + signer.region + "/"
            + signer.service + "/aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + aws::signatureOf(signature, signer.secret, aws::stringToSign(signature, date, canonical)));
}
