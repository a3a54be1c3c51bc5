#include "core/apigateway/mapping.h"

#include "core/apigateway/errors.h"
#include "core/base/text.h"

#include <array>
#include <utility>

namespace core::apigateway {

namespace {

using Source = MappingExpression::Source;

constexpr std::array<std::pair<std::string_view, Source>, 9> kSources{{
    {"method.request.path.", Source::RequestPath},
    {"method.request.querystring.", Source::RequestQuery},
    {"method.request.multivaluequerystring.", Source::RequestMultiQuery},
    {"method.request.header.", Source::RequestHeader},
    {"method.request.multivalueheader.", Source::RequestMultiHeader},
    {"stageVariables.", Source::StageVariable},
    {"context.", Source::Context},
    {"integration.response.header.", Source::ResponseHeader},
    {"integration.response.multivalueheader.", Source::ResponseMultiHeader},
}};

// "method.request.body" alone, or with a path behind it.
std::optional<MappingExpression> bodyExpression(
    const std::string& text, std::string_view prefix, Source source)
{
    if (text == prefix)
        return MappingExpression{source, {}};
    if (!text.starts_with(prefix) || text.size() <= prefix.size() + 1 || text[prefix.size()] != '.')
        return std::nullopt;
    return MappingExpression{source, text.substr(prefix.size() + 1)};
}

}

Result<MappingExpression> MappingExpression::parse(const std::string& text)
{
    if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'')
        return MappingExpression{Source::Literal, text.substr(1, text.size() - 2)};
    if (auto body = bodyExpression(text, "method.request.body", Source::RequestBody))
        return *std::move(body);
    if (auto body = bodyExpression(text, "integration.response.body", Source::ResponseBody))
        return *std::move(body);
    for (const auto& [prefix, source] : kSources) {
        if (text.size() > prefix.size() && text.starts_with(prefix))
            return MappingExpression{source, text.substr(prefix.size())};
    }
    return fail(errors::invalidMapping(text));
}

std::optional<MappingTarget> MappingTarget::parseRequest(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, Place>, 3> kPlaces{{
        {"integration.request.path.", Place::Path},
        {"integration.request.querystring.", Place::Query},
        {"integration.request.header.", Place::Header},
    }};
    for (const auto& [prefix, place] : kPlaces) {
        if (text.size() > prefix.size() && text.starts_with(prefix))
            return MappingTarget{place, std::string(text.substr(prefix.size()))};
    }
    return std::nullopt;
}

std::optional<MappingTarget> MappingTarget::parseResponse(std::string_view text)
{
    constexpr std::string_view kPrefix = "method.response.header.";
    if (text.size() <= kPrefix.size() || !text.starts_with(kPrefix))
        return std::nullopt;
    return MappingTarget{Place::Header, std::string(text.substr(kPrefix.size()))};
}

std::string substituteStageVariables(std::string text, const StringMap& variables)
{
    constexpr std::string_view kOpen = "${stageVariables.";
    for (auto begin = text.find(kOpen); begin != text.npos; begin = text.find(kOpen, begin)) {
        const auto end = text.find('}', begin);
        if (end == text.npos)
            break;
        const auto name = text.substr(begin + kOpen.size(), end - begin - kOpen.size());
        const auto found = variables.find(name);
        const std::string value = found == variables.end() ? std::string{} : found->second;
        text.replace(begin, end - begin + 1, value);
        begin += value.size();
    }
    return text;
}

std::string substitutePath(const std::string& text, const StringMap& values)
{
    std::string whole;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text[at] == '{' ? text.find('}', at) : text.npos;
        auto name = end == text.npos ? std::string() : text.substr(at + 1, end - at - 1);
        if (name.ends_with('+'))
            name.pop_back();
        const auto found = end == text.npos ? values.end() : values.find(name);
        if (found == values.end()) {
            whole += text[at++];
            continue;
        }
        whole += found->second;
        at = end + 1;
    }
    return whole;
}

std::string mediaType(std::string_view contentType)
{
    return toLower(trimmed(contentType.substr(0, contentType.find(';'))));
}

bool isBinaryType(const std::vector<std::string>& binaryMediaTypes, std::string_view contentType)
{
    const auto wanted = mediaType(contentType);
    for (const auto& pattern : binaryMediaTypes) {
        if (pattern == "*/*")
            return true;
        if (!wanted.empty() && matchesGlob(toLower(pattern), wanted))
            return true;
    }
    return false;
}

}
