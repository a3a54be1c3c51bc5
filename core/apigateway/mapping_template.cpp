#include "core/apigateway/mapping_template.h"

#include "core/apigateway/request_values.h"
#include "core/apigateway/template_cache.h"
#include "core/apigateway/template_input.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

using vtl::Heap;
using vtl::Value;

using Rendered = tl::expected<std::string, GatewayFailure>;

vtl::Map* mapOf(Heap& heap, const OverriddenValues& values)
{
    auto* map = heap.map();
    for (const auto& [name, list] : values) {
        if (list.size() == 1) {
            map->put(name, Value(list.front()));
            continue;
        }
        std::vector<Value> items(list.begin(), list.end());
        map->put(name, heap.list(std::move(items)));
    }
    return map;
}

// Names of claims and of a context's values may have dots and are one name all the same.
void putAuthorizer(Heap& heap, vtl::Map& into, const AuthorizerAnswer& answer)
{
    if (!into.find("authorizer"))
        into.put("authorizer", heap.map());
    auto* map = into.find("authorizer")->map();
    for (const auto& [name, value] : answer.values)
        map->put(name, Value(value.text));
    if (!answer.claims)
        return;
    auto* claims = heap.map();
    for (const auto& [name, value] : *answer.claims)
        claims->put(name, Value(value));
    map->put("claims", claims);
}

vtl::Map* contextMap(Heap& heap, const CallContext& context)
{
    auto* map = heap.map();
    for (const auto& [name, value] : contextVariables(context))
        putNested(heap, *map, name, Value(value));
    if (context.authorizer)
        putAuthorizer(heap, *map, *context.authorizer);
    auto* request = heap.map();
    request->put("header", mapOf(heap, context.requestOverride.headers));
    request->put("querystring", mapOf(heap, context.requestOverride.query));
    request->put("path", mapOf(heap, context.requestOverride.path));
    map->put("requestOverride", request);
    auto* response = heap.map();
    response->put("header", mapOf(heap, context.responseOverride.headers));
    if (context.responseOverride.status)
        response->put("status", Value(*context.responseOverride.status));
    map->put("responseOverride", response);
    return map;
}

Result<OverriddenValues> readValues(const vtl::Map* overrides, std::string_view name)
{
    OverriddenValues result;
    const auto* found = overrides ? overrides->find(name) : nullptr;
    if (!found || !found->map())
        return result;
    for (const auto& [key, value] : found->map()->entries()) {
        auto& list = result[key];
        if (const auto* items = value.list()) {
            for (const auto& item : items->items) {
                CORE_TRY(auto text, vtl::textOf(item));
                list.push_back(std::move(text));
            }
            continue;
        }
        CORE_TRY(auto text, vtl::textOf(value));
        list.push_back(std::move(text));
    }
    return result;
}

const vtl::Map* child(const vtl::Map& map, std::string_view name)
{
    const auto* found = map.find(name);
    return found ? found->map() : nullptr;
}

// What the template left on $context, and a step for each thing that it overrides.
Result<> readOverrides(CallContext& context, const vtl::Map& from, std::string_view title)
{
    const auto* request = child(from, "requestOverride");
    CORE_TRY(context.requestOverride.headers, readValues(request, "header"));
    CORE_TRY(context.requestOverride.query, readValues(request, "querystring"));
    CORE_TRY(context.requestOverride.path, readValues(request, "path"));
    const auto* response = child(from, "responseOverride");
    CORE_TRY(context.responseOverride.headers, readValues(response, "header"));
    const auto* status = response ? response->find("status") : nullptr;
    if (status && !status->isNull()) {
        CORE_TRY(const auto text, vtl::textOf(*status));
        const auto number = parseInteger(text);
        if (!number || *number < 100 || *number > 599)
            return fail(ErrorKind::Invalid, "InvalidStatus",
                "responseOverride.status " + text + " is no HTTP status");
        if (context.responseOverride.status != static_cast<int>(*number))
            context.step(std::string(title), "The template sets the status to " + text);
        context.responseOverride.status = static_cast<int>(*number);
    }
    return {};
}

tl::unexpected<GatewayFailure> transformFailure(bool ofRequest, const std::string& why)
{
    return stop(GatewayResponseType::ApiConfigurationError,
        std::string(ofRequest ? "Unable to transform request" : "Unable to transform response") + ": " + why);
}

// The map has some fifty values, which most templates do not ask for. #evaluate can put any name together.
bool mayUseContext(const std::string& text)
{
    return text.find("context") != text.npos || text.find("evaluate") != text.npos;
}

Rendered render(CallContext& context, CallEnvironment& environment, const std::string& text,
    const std::string& body, bool ofRequest)
{
    const auto parsed = environment.templates.get(text);
    if (!parsed)
        return transformFailure(ofRequest, parsed.error().message);
    Heap heap;
    BodyProblem problem;
    auto* contextValues = mayUseContext(text) ? contextMap(heap, context) : nullptr;
    auto* stage = heap.map();
    for (const auto& [name, value] : context.stageVariables)
        stage->put(name, Value(value));
    vtl::Variables variables;
    variables["input"] = makeInput(heap, context, body, problem);
    variables["util"] = makeUtil(heap);
    if (contextValues)
        variables["context"] = contextValues;
    variables["stageVariables"] = stage;
    auto result = (*parsed)->render(variables, heap);
    if (!result && ofRequest && !problem.message.empty())
        return stopWith(GatewayResponseType::BadRequestBody,
            "Could not parse request body into json: " + problem.message);
    if (!result)
        return transformFailure(ofRequest, result.error().code + ": " + result.error().message);
    if (!contextValues)
        return *std::move(result);
    // The variable may have been set anew by the template; what counts is what it was given.
    if (const auto read = readOverrides(context, *contextValues, ofRequest ? "Map request" : "Map response");
        !read)
        return transformFailure(ofRequest, read.error().message);
    return *std::move(result);
}

bool isNamePart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'
        || c == '-';
}

}

Rendered renderRequestTemplate(
    CallContext& context, CallEnvironment& environment, const std::string& text, const std::string& body)
{
    return render(context, environment, text, body, true);
}

Rendered renderResponseTemplate(
    CallContext& context, CallEnvironment& environment, const std::string& text, const std::string& body)
{
    return render(context, environment, text, body, false);
}

std::string substituteContext(const CallContext& context, const std::string& text)
{
    constexpr std::string_view kContext = "context.";
    constexpr std::string_view kStage = "stageVariables.";
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const bool braced = text.compare(i, 2, "${") == 0;
        const auto start = i + (braced ? 2 : 1);
        const auto rest =
            text[i] == '$' ? std::string_view(text).substr(std::min(start, text.size())) : std::string_view();
        const bool ofContext = rest.starts_with(kContext);
        if (!ofContext && !rest.starts_with(kStage)) {
            result += text[i++];
            continue;
        }
        const auto skipped = ofContext ? kContext.size() : kStage.size();
        auto end = start + skipped;
        while (end < text.size() && isNamePart(text[end]))
            ++end;
        while (text[end - 1] == '.' || text[end - 1] == '-')
            --end;
        const auto name = text.substr(start + skipped, end - start - skipped);
        if (ofContext)
            result += contextVariable(context, name).value_or("");
        else if (const auto found = context.stageVariables.find(name); found != context.stageVariables.end())
            result += found->second;
        i = end + (braced && end < text.size() && text[end] == '}' ? 1 : 0);
    }
    return result;
}

}
