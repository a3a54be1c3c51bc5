#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::s3 {

// The conditional headers of a read, or of the source of a copy.
struct ReadConditions {
    std::string ifMatch = {}; // "" when absent
    std::string ifNoneMatch = {};
    std::optional<Micros> ifModifiedSince = {};
    std::optional<Micros> ifUnmodifiedSince = {};
};

// What decided, in words for a step; empty text when there was no condition.
struct ConditionOutcome {
    enum class Answer { Proceed, NotModified, Failed };
    Answer answer = Answer::Proceed;
    std::string condition; // the header that decided: "If-None-Match"
    std::string words;
};

// RFC 9110 §13.2.2 and the notes on S3's GetObject page: an If-Match that holds outweighs
// If-Unmodified-Since, an If-None-Match outweighs If-Modified-Since. `etag` without its quotes; times compare
// by whole seconds.
ConditionOutcome evaluate(const ReadConditions& conditions, std::string_view etag, Micros lastModified);

// Whether a list of entity tags, "*" among them, names `etag` (given without quotes). Quotes and W/ are
// optional.
bool matchesEtag(std::string_view list, std::string_view etag);

// If-Match and If-None-Match of PutObject, CopyObject and CompleteMultipartUpload; `etag` of what is there
// now, if any. Errors: PreconditionFailed, NoSuchKey for If-Match without an object, NotImplemented for an
// If-None-Match but "*".
Result<> checkWrite(std::string_view ifMatch, std::string_view ifNoneMatch,
    const std::optional<std::string>& etag, std::string_view key);

}
