#include "core/base/text.h"
#include "core/s3/actions.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

namespace core::s3 {

ActionResult uploadPart(S3Service& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto name, objectName(service, context, request));
    CORE_TRY(const int number, partNumber(request));
    const auto id = textOf(request, "UploadId");
    const UploadName uploadName{name.bucket, name.key, id};
    CORE_TRY(const auto upload, service.uploads().find(uploadName));
    CORE_TRY(const auto body,
        receiveBody(service, request, upload.algorithm.value_or(ChecksumAlgorithm::Crc64Nvme)));
    const auto part = partRecord(body, number, context);
    if (upload.algorithm && *upload.algorithm != part.algorithm) {
        service.discard(body.blob);
        return fail(invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
            + toLower(checksumName(*upload.algorithm))
            + ", actual checksum Type: " + toLower(checksumName(part.algorithm))));
    }
    CORE_CHECK(service.uploads().putPart(uploadName, part));
    context.span.step("part " + std::to_string(number) + " stored", byteCount(part.size));
    if (!body.verified.empty())
        context.span.step(body.verified, {}, trace::Verdict::Pass);

    nlohmann::json output{{"ETag", quotedEtag(part.etag)}};
    output[std::string(checksumMember(part.algorithm))] = part.checksum;
    return aws::Reply::of(std::move(output));
}

}
