#include "core/s3/multipart.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/s3/errors.h"

#include <algorithm>
#include <optional>

namespace core::s3 {

namespace {

Error invalidPart(const UploadRecord& upload, const WantedPart& part)
{
    return s3Error("InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the "
        "specified "
        "entity tag may not match the part's entity tag.",
        {{"UploadId", upload.id}, {"PartNumber", std::to_string(part.number)}, {"ETag", part.etag}});
}

Error entityTooSmall(const PartRecord& part)
{
    return s3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size",
        {{"ProposedSize", std::to_string(part.size)}, {"MinSizeAllowed", std::to_string(kMinPartSize)},
            {"PartNumber", std::to_string(part.number)}, {"ETag", part.etag}});
}

Result<> checkWanted(const UploadRecord& upload, const WantedPart& wanted, const PartRecord& part)
{
    if (part.etag != wanted.etag)
        return fail(invalidPart(upload, wanted));
    if (!wanted.checksum.empty() && wanted.checksum != part.checksum)
        return fail(invalidPart(upload, wanted));
    if (upload.algorithm && upload.checksumType == ChecksumType::Composite && wanted.checksum.empty()) {
        return fail(
            invalidRequest("The upload was created using a " + toLower(checksumName(*upload.algorithm))
                + " checksum. The complete request must include the checksum for each part. It was missing "
                  "for part "
                + std::to_string(wanted.number) + " in the request."));
    }
    return {};
}

// Without an algorithm of its own an upload takes the one of its parts, if they agree on a CRC.
std::optional<ChecksumAlgorithm> algorithmOf(const UploadRecord& upload, const std::vector<PartRecord>& parts)
{
    if (upload.algorithm)
        return upload.algorithm;
    const auto first = parts.front().algorithm;
    const bool agree = std::all_of(
        parts.begin(), parts.end(), [&](const PartRecord& part) { return part.algorithm == first; });
    return agree && isCrc(first) ? std::optional(first) : std::nullopt;
}

std::optional<ObjectChecksum> checksumOf(const UploadRecord& upload, const std::vector<PartRecord>& parts)
{
    const auto algorithm = algorithmOf(upload, parts);
    if (!algorithm)
        return std::nullopt;
    std::vector<PartChecksum> sums;
    for (const auto& part : parts)
        sums.push_back({part.checksum, part.size});
    const bool composite = upload.checksumType == ChecksumType::Composite;
    return ObjectChecksum{*algorithm, upload.checksumType,
        composite ? compositeChecksum(*algorithm, sums) : combineChecksums(*algorithm, sums)};
}

Result<std::vector<PartRecord>> pick(
    const UploadRecord& upload, const std::vector<PartRecord>& parts, const std::vector<WantedPart>& wanted)
{
    std::vector<PartRecord> taken;
    int before = 0;
    for (const auto& want : wanted) {
        if (want.number <= before) {
            return fail(s3Error("InvalidPartOrder",
                "The list of parts was not in ascending order. Parts must be ordered by part number.",
                {{"UploadId", upload.id}}));
        }
        before = want.number;
        const auto found = std::lower_bound(parts.begin(), parts.end(), want.number,
            [](const PartRecord& part, int number) { return part.number < number; });
        if (found == parts.end() || found->number != want.number)
            return fail(invalidPart(upload, want));
        CORE_CHECK(checkWanted(upload, want, *found));
        taken.push_back(*found);
    }
    for (std::size_t i = 0; i + 1 < taken.size(); ++i) {
        if (taken[i].size < kMinPartSize)
            return fail(entityTooSmall(taken[i]));
    }
    return taken;
}

}

std::string unquotedEtag(std::string_view etag)
{
    etag = trimmed(etag);
    if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"')
        etag = etag.substr(1, etag.size() - 2);
    return std::string(etag);
}

Result<ChecksumType> checksumTypeFor(ChecksumAlgorithm algorithm, std::string_view wanted)
{
    const bool usuallyWhole = algorithm == ChecksumAlgorithm::Crc64Nvme;
    if (wanted.empty())
        return usuallyWhole ? ChecksumType::FullObject : ChecksumType::Composite;
    if (wanted != "COMPOSITE" && wanted != "FULL_OBJECT")
        return fail(invalidRequest("Value for x-amz-checksum-type header is invalid."));
    const auto type = wanted == "COMPOSITE" ? ChecksumType::Composite : ChecksumType::FullObject;
    const bool fits = type == ChecksumType::Composite ? !usuallyWhole : isCrc(algorithm);
    if (!fits) {
        return fail(invalidRequest("The " + std::string(wanted) + " checksum type cannot be used with the "
            + toLower(checksumName(algorithm)) + " checksum algorithm."));
    }
    return type;
}

Result<ObjectRecord> assembleObject(
    const UploadRecord& upload, const std::vector<PartRecord>& parts, const std::vector<WantedPart>& wanted)
{
    CORE_TRY(const auto taken, pick(upload, parts, wanted));
    ObjectRecord record;
    record.multipart = true;
    record.owner = upload.owner;
    record.headers = upload.headers;
    record.checksum = checksumOf(upload, taken);
    Hasher digests(HashKind::Md5);
    for (const auto& part : taken) {
        record.size += part.size;
        record.segments.push_back({part.blob, part.size, part.checksum});
        digests.update(unhex(part.etag).value_or(std::string()));
    }
    record.etag = hex(digests.digest()) + '-' + std::to_string(taken.size());
    return record;
}

}
