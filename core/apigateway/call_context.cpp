#include "core/apigateway/call_context.h"

namespace core::apigateway {

namespace {

template <typename Pairs> std::string braced(const Pairs& pairs)
{
    std::string text = "{";
    for (const auto& [name, value] : pairs) {
        if (text.size() > 1)
            text += ", ";
        text += name + "=" + value;
    }
    return text + "}";
}

}

std::string CallContext::fullPath() const
{
    if (isTest)
        return path();
    if (address.isCustomDomain && !address.basePath.empty()) {
        // The base path alone, as the client sent it.
        const bool isWhole = path() == "/" && !request.path().ends_with('/');
        return "/" + address.basePath + (isWhole ? "" : path());
    }
    if (address.isCustomDomain)
        return path();
    return "/" + address.stage + address.path;
}

std::string CallContext::path() const
{
    const auto begin = address.path.find_first_not_of('/');
    return begin == std::string::npos ? "/" : "/" + address.path.substr(begin);
}

void CallContext::step(std::string title, std::string detail, trace::Verdict verdict)
{
    span.step(std::move(title), std::move(detail), verdict);
}

void CallContext::logLine(const std::string& text, ExecutionLog::Kind kind)
{
    if (log)
        log->line(text, kind);
}

std::string shownBody(const std::string& body)
{
    constexpr std::size_t kShown = 2048;
    if (body.empty())
        return "(empty)";
    auto text = body.substr(0, kShown);
    if (body.size() > kShown)
        text += " … (" + std::to_string(body.size()) + " bytes)";
    return text;
}

std::string logMap(const http::Headers& fields)
{
    return braced(fields);
}

std::string logMap(const StringMap& values)
{
    return braced(values);
}

}
