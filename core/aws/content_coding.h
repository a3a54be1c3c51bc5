#pragma once

#include "core/base/result.h"
#include "core/http/message.h"

// HTTP's content codings of JSON 1.x requests and answers. Pure; only gzip is known, as in AWS.
namespace core::aws {

// Takes the request's Content-Encoding off its body. ErrorKind::TooLarge beyond what a body may be;
// ErrorKind::Invalid for what is no gzip, or another coding.
Result<> decodeBody(http::Request& wire);

// Compresses an answer that is worth it for a client that accepts gzip. x-amz-crc32 is then the compressed
// body's, which is what AWS's SDKs check.
void encodeBody(const http::Request& wire, http::Response& response);

}
