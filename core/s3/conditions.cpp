#include "core/s3/conditions.h"

#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/s3/errors.h"

namespace core::s3 {

namespace {

using Answer = ConditionOutcome::Answer;

std::string_view unquoted(std::string_view tag)
{
    tag = trimmed(tag);
    if (tag.starts_with("W/"))
        tag.remove_prefix(2);
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"')
        return tag.substr(1, tag.size() - 2);
    return tag;
}

bool isLater(Micros modified, Micros since)
{
    return modified / kSecond > since / kSecond;
}

}

bool matchesEtag(std::string_view list, std::string_view etag)
{
    for (const auto tag : split(list, ',')) {
        if (trimmed(tag) == "*" || unquoted(tag) == etag)
            return true;
    }
    return false;
}

ConditionOutcome evaluate(const ReadConditions& conditions, std::string_view etag, Micros lastModified)
{
    ConditionOutcome outcome;
    if (!conditions.ifMatch.empty()) {
        if (!matchesEtag(conditions.ifMatch, etag))
            return {Answer::Failed, "If-Match", "If-Match names another entity tag: 412"};
        outcome = {Answer::Proceed, "If-Match", "If-Match names this entity tag"};
    } else if (conditions.ifUnmodifiedSince && isLater(lastModified, *conditions.ifUnmodifiedSince)) {
        return {Answer::Failed, "If-Unmodified-Since",
            "changed at " + httpDate(lastModified) + ", after If-Unmodified-Since: 412"};
    }
    if (!conditions.ifNoneMatch.empty()) {
        if (matchesEtag(conditions.ifNoneMatch, etag))
            return {Answer::NotModified, "If-None-Match", "If-None-Match matched: 304"};
        return {Answer::Proceed, "If-None-Match", "If-None-Match names another entity tag"};
    }
    if (conditions.ifModifiedSince && !isLater(lastModified, *conditions.ifModifiedSince)) {
        return {Answer::NotModified, "If-Modified-Since",
            "unchanged since " + httpDate(lastModified) + ", as If-Modified-Since asks: 304"};
    }
    return outcome;
}

Result<> checkWrite(std::string_view ifMatch, std::string_view ifNoneMatch,
    const std::optional<std::string>& etag, std::string_view key)
{
    if (!ifNoneMatch.empty()) {
        // PutObject's page: "Expects the '*' (asterisk) character."
        if (trimmed(ifNoneMatch) != "*")
            return fail(headerNotImplemented("If-None-Match", ifNoneMatch));
        if (etag)
            return fail(preconditionFailed("If-None-Match"));
    }
    if (!ifMatch.empty()) {
        if (!etag)
            return fail(noSuchKey(key));
        if (!matchesEtag(ifMatch, *etag))
            return fail(preconditionFailed("If-Match"));
    }
    return {};
}

}
