#include "core/apigateway/steps.h"
#include "core/aws/json_text.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

namespace {

std::optional<std::int64_t> statusIn(const nlohmann::json& body)
{
    const auto status = body.is_object() ? body.find("statusCode") : body.end();
    if (!body.is_object() || status == body.end())
        return std::nullopt;
    if (status->is_number_integer())
        return status->get<std::int64_t>();
    return status->is_string() ? parseInteger(status->get<std::string>()) : std::nullopt;
}

// AWS takes names without quotes or in single ones too: CDK's templates say { statusCode: 204 }.
std::optional<std::int64_t> statusInLooseJson(std::string_view text)
{
    constexpr std::string_view kName = "statusCode";
    const auto body = trimmed(text);
    const auto at = body.find(kName);
    if (!body.starts_with('{') || !body.ends_with('}') || at == body.npos)
        return std::nullopt;
    auto rest = trimmed(body.substr(at + kName.size()));
    if (rest.starts_with('\'') || rest.starts_with('"'))
        rest = trimmed(rest.substr(1));
    if (!rest.starts_with(':'))
        return std::nullopt;
    rest = trimmed(rest.substr(1));
    return parseInteger(rest.substr(0, rest.find_first_not_of("0123456789")));
}

}

// A MOCK answers with the statusCode that the mapped request body names; templates do the rest.
StepResult answerMock(CallContext& context, IntegrationEnvironment&)
{
    const auto& text = context.integrationRequest.body;
    const auto body = aws::parseJson(text);
    const auto status = body ? statusIn(*body) : statusInLooseJson(text);
    if (!status || *status < 100 || *status > 599)
        return stop(GatewayResponseType::ApiConfigurationError,
            "Unable to parse statusCode. It should be an integer that is defined in the request template.");
    context.answer.status = static_cast<int>(*status);
    context.answer.headers = {};
    context.answer.body.clear();
    context.step("Integrate", "Mock with status " + std::to_string(context.answer.status));
    return {};
}

}
