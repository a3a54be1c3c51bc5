#pragma once

#include "core/base/result.h"
#include "core/http/message.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

// Each error of S3 in AWS's words, once. Further elements of the XML body (BucketName, Key, …) travel in
// Error::members, in the order in which AWS writes them.
namespace core::s3 {

using ErrorElements = std::initializer_list<std::pair<std::string_view, std::string>>;

Error s3Error(std::string code, std::string message, ErrorElements elements = {});

Error noSuchBucket(std::string_view bucket);
Error noSuchBucketPolicy(std::string_view bucket);
Error malformedPolicy();
Error noSuchKey(std::string_view key);
Error noSuchUpload(std::string_view uploadId);
Error bucketAlreadyOwnedByYou(std::string_view bucket);
Error bucketAlreadyExists(std::string_view bucket);
Error bucketNotEmpty(std::string_view bucket);
Error invalidBucketName(std::string_view bucket);
Error accessDenied();
Error invalidArgument(std::string message, std::string_view name, std::string_view value);
Error invalidRequest(std::string message);
Error preconditionFailed(std::string_view condition);
Error notModified();
Error invalidRange(std::string_view range, std::uint64_t size);
Error invalidDigest(std::string_view contentMd5);
Error md5Mismatch(std::string_view expected, std::string_view calculated);
Error checksumMismatch(std::string_view algorithm);
Error payloadHashMismatch(std::string_view claimed, std::string_view computed);
Error incompleteBody();
Error malformedTrailer();
Error entityTooLarge(std::uint64_t proposed, std::uint64_t allowed);
Error malformedXml();
Error methodNotAllowed(std::string_view method, std::string_view resourceType);
Error headerNotImplemented(std::string_view header, std::string_view value);
Error internalError(const Error& cause);

int statusOf(const Error& error);

// The answer as it goes over the wire: <Error> without a wrapper, nothing for HEAD and 304.
http::Response errorAnswer(const Error& error, std::string_view requestId, const http::Request& wire);

}
