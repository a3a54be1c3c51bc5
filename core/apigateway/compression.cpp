#include "core/apigateway/compression.h"

#include "core/base/deflate.h"
#include "core/base/gzip.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::size_t kMaxPayload = 10 * 1024 * 1024;

struct Coding {
    std::string_view name;
    std::string (*pack)(std::string_view);
    Result<std::string> (*unpack)(std::string_view, std::size_t);
};

// The first is taken where a client takes several.
constexpr Coding kCodings[] = {{"gzip", gzip, gunzip}, {"deflate", deflated, inflated}};

// "gzip;q=0" is a refusal.
bool takes(std::string_view acceptEncoding, std::string_view name)
{
    for (const auto part : split(acceptEncoding, ',')) {
        const auto coding = trimmed(part.substr(0, part.find(';')));
        const auto parameters =
            part.find(';') == part.npos ? std::string_view() : trimmed(part.substr(part.find(';') + 1));
        if ((equalsIgnoreCase(coding, name) || coding == "*") && parameters != "q=0" && parameters != "q=0.0")
            return true;
    }
    return false;
}

const Coding* codingNamed(std::string_view name)
{
    for (const auto& coding : kCodings) {
        if (equalsIgnoreCase(coding.name, name))
            return &coding;
    }
    return nullptr;
}

const Coding* codingFor(std::string_view acceptEncoding)
{
    for (const auto& coding : kCodings) {
        if (takes(acceptEncoding, coding.name))
            return &coding;
    }
    return nullptr;
}

}

StepResult unpackRequest(CallContext& context)
{
    if (!context.deployment->minimumCompressionSize)
        return {};
    const auto name = trimmed(context.request.headers.get("Content-Encoding"));
    if (name.empty() || equalsIgnoreCase(name, "identity"))
        return {};
    const auto* coding = codingNamed(name);
    if (!coding)
        return stop(GatewayResponseType::UnsupportedMediaType,
            "Content-Encoding " + std::string(name) + " is not supported: gzip, deflate and identity are");
    auto unpacked = coding->unpack(context.request.body, kMaxPayload);
    if (!unpacked && unpacked.error().kind == ErrorKind::TooLarge)
        return stop(GatewayResponseType::RequestTooLarge, "The unpacked body is beyond 10,485,760 bytes");
    if (!unpacked)
        return stopWith(GatewayResponseType::BadRequestBody, "Invalid request body",
            "The body is no " + std::string(coding->name));
    context.step("Match route",
        std::string(coding->name) + " body of " + std::to_string(context.request.body.size())
            + " bytes unpacked to " + std::to_string(unpacked->size()));
    if (!context.packed)
        context.packed = context.request;
    context.request.body = *std::move(unpacked);
    context.request.headers.remove("Content-Encoding");
    return {};
}

void packResponse(CallContext& context, http::Response& response)
{
    const auto& least = context.deployment->minimumCompressionSize;
    if (!least || response.source || response.body.size() < static_cast<std::size_t>(*least)
        || response.headers.has("Content-Encoding"))
        return;
    const auto* coding = codingFor(context.request.headers.get("Accept-Encoding"));
    if (!coding)
        return;
    const auto before = response.body.size();
    response.body = coding->pack(response.body);
    response.headers.set("Content-Encoding", std::string(coding->name));
    context.step("Map response",
        std::string(coding->name) + ": " + std::to_string(before) + " bytes become "
            + std::to_string(response.body.size()));
}

}
