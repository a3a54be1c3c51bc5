#include "core/apigateway/compression.h"

#include "core/base/gzip.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::size_t kMaxPayload = 10 * 1024 * 1024;

// "gzip;q=0" is a refusal.
bool takesGzip(std::string_view acceptEncoding)
{
    for (const auto part : split(acceptEncoding, ',')) {
        const auto coding = trimmed(part.substr(0, part.find(';')));
        const auto parameters =
            part.find(';') == part.npos ? std::string_view() : trimmed(part.substr(part.find(';') + 1));
        if ((equalsIgnoreCase(coding, "gzip") || coding == "*") && parameters != "q=0"
            && parameters != "q=0.0")
            return true;
    }
    return false;
}

}

StepResult unpackRequest(CallContext& context)
{
    if (!context.deployment->minimumCompressionSize)
        return {};
    const auto coding = trimmed(context.request.headers.get("Content-Encoding"));
    if (coding.empty() || equalsIgnoreCase(coding, "identity"))
        return {};
    if (!equalsIgnoreCase(coding, "gzip"))
        return stop(GatewayResponseType::UnsupportedMediaType,
            "Content-Encoding " + std::string(coding) + " is not supported: gzip and identity are");
    auto unpacked = gunzip(context.request.body, kMaxPayload);
    if (!unpacked && unpacked.error().kind == ErrorKind::TooLarge)
        return stop(GatewayResponseType::RequestTooLarge, "The unpacked body is beyond 10,485,760 bytes");
    if (!unpacked)
        return stopWith(GatewayResponseType::BadRequestBody, "Invalid request body", "The body is no gzip");
    context.step("Match route",
        "gzip body of " + std::to_string(context.request.body.size()) + " bytes unpacked to "
            + std::to_string(unpacked->size()));
    context.packed = context.request;
    context.request.body = *std::move(unpacked);
    context.request.headers.remove("Content-Encoding");
    return {};
}

void packResponse(CallContext& context, http::Response& response)
{
    const auto& least = context.deployment->minimumCompressionSize;
    if (!least || response.body.size() < static_cast<std::size_t>(*least)
        || response.headers.has("Content-Encoding")
        || !takesGzip(context.request.headers.get("Accept-Encoding")))
        return;
    const auto before = response.body.size();
    response.body = gzip(response.body);
    response.headers.set("Content-Encoding", "gzip");
    context.step("Map response",
        "gzip: " + std::to_string(before) + " bytes become " + std::to_string(response.body.size()));
}

}
