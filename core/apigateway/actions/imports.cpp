#include "core/apigateway/actions.h"
#include "core/apigateway/api_room.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/openapi/definition_text.h"
#include "core/apigateway/openapi/import.h"
#include "core/apigateway/requests.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

// SDKs send `parameters` as query names of their own.
std::string parameter(const json& input, std::string_view name)
{
    auto given = text(input, name);
    return given.empty() ? text(input.value("parameters", json::object()), name) : given;
}

openapi::ImportOptions optionsOf(const json& input)
{
    openapi::ImportOptions options;
    options.failOnWarnings = flag(input, "failOnWarnings");
    options.documentation = parameter(input, "ignore") != "documentation";
    if (const auto given = parameter(input, "basepath"); !given.empty())
        options.basePath = given;
    options.endpointType = parameter(input, "endpointConfigurationTypes");
    return options;
}

// "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:x", as AWS resolves it on import.
std::string withVariables(std::string text, const RequestContext& context)
{
    if (text.find("${AWS::") == text.npos)
        return text;
    text = replaceAll(std::move(text), "${AWS::AccountId}", context.principal.account);
    text = replaceAll(std::move(text), "${AWS::Region}", context.region);
    return replaceAll(std::move(text), "${AWS::Partition}", "aws");
}

// The raw body; in process it may come as the member.
std::string bodyOf(const Request& request)
{
    return request.body.empty() ? text(request.input(), "body") : request.body;
}

Result<openapi::Definition> definitionOf(const RequestContext& context, const Request& request)
{
    CORE_TRY(auto tree, openapi::readDefinition(withVariables(bodyOf(request), context)));
    return openapi::Definition::read(std::move(tree));
}

void addWarnings(json& answer, const std::vector<std::string>& warnings)
{
    if (!warnings.empty())
        answer["warnings"] = warnings;
}

// The creation of an API with what its import has to say.
class ImportedApi : public aws::PendingWrite {
public:
    ImportedApi(std::unique_ptr<aws::PendingWrite> create, std::vector<std::string> warnings)
        : m_create(std::move(create))
        , m_warnings(std::move(warnings))
    {
    }

    Result<> apply(store::Transaction& transaction) override { return m_create->apply(transaction); }

    Result<Reply> answer() override
    {
        CORE_TRY(const auto reply, m_create->answer());
        auto output = reply.json();
        addWarnings(output, m_warnings);
        return Reply::of(std::move(output));
    }

private:
    std::unique_ptr<aws::PendingWrite> m_create;
    std::vector<std::string> m_warnings;
};

void tell(RequestContext& context, const openapi::Definition& definition)
{
    context.span.step("Read definition",
        std::string(definition.isSwagger() ? "Swagger 2.0" : "OpenAPI 3.0") + " with "
            + std::to_string(definition.operations().size()) + " operations and "
            + std::to_string(definition.schemas().size()) + " models");
}

}

Result<Outcome> importRestApi(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto definition, definitionOf(context, request));
    tell(context, definition);
    CORE_TRY(auto api, openapi::emptyApi(definition, context.region, context.principal.account, context.now));
    CORE_TRY(auto warnings, openapi::importDefinition(api, definition, optionsOf(request.input())));
    context.touch(api.id);
    CORE_CHECK(checkApiRoom(service.apis(), api));
    return std::make_unique<ImportedApi>(service.apis().create(std::move(api)), std::move(warnings));
}

Result<Outcome> putRestApi(ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(auto read, definitionOf(context, request));
    tell(context, read);
    auto options = optionsOf(request.input());
    options.merge = text(request.input(), "mode") != "overwrite";
    return changeApi(service, context, request, unknownApi(context, request),
        [definition = std::make_shared<const openapi::Definition>(std::move(read)), options](
            ApiDraft& draft) -> Result<json> {
            CORE_TRY(const auto warnings, openapi::importDefinition(draft.api, *definition, options));
            auto answer = toJson(draft.api);
            answer.emplace("tags", json::object()); // as an update's answer, even when there are none
            addWarnings(answer, warnings);
            return answer;
        });
}

Result<Outcome> importDocumentationParts(
    ApiGatewayService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto tree, openapi::readDefinition(bodyOf(request)));
    const auto* extension = openapi::childObject(tree, "x-amazon-apigateway-documentation");
    CORE_TRY(auto parts, openapi::documentationParts(extension ? *extension : tree));
    const bool merge = text(request.input(), "mode") != "overwrite";
    return changeApi(service, context, request, unknownApi(context, request),
        [parts = std::move(parts), merge](ApiDraft& draft) -> Result<json> {
            return json{{"ids", putDocumentationParts(draft.api.documentation, parts, merge)}};
        });
}

}
