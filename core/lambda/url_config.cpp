#include "core/lambda/url_config.h"

#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

std::string UrlConfig::arn() const
{
    return Arn{"lambda", region, account, "function:" + function + (qualifier.empty() ? "" : ':' + qualifier)}
        .text();
}

std::string recordKey(const UrlConfig& config)
{
    return config.region + '/' + config.function + '/'
        + (config.qualifier.empty() ? std::string("$LATEST") : config.qualifier);
}

std::string encode(const UrlConfig& config)
{
    return aws::writeJson({{"region", config.region}, {"account", config.account},
        {"function", config.function}, {"qualifier", config.qualifier}, {"id", config.id},
        {"authType", config.authType}, {"invokeMode", config.invokeMode}, {"cors", config.cors},
        {"created", config.created}, {"modified", config.modified}});
}

bool decode(std::string_view record, UrlConfig& config)
{
    const auto given = json::parse(record);
    given.at("region").get_to(config.region);
    given.at("account").get_to(config.account);
    given.at("function").get_to(config.function);
    given.at("qualifier").get_to(config.qualifier);
    given.at("id").get_to(config.id);
    given.at("authType").get_to(config.authType);
    given.at("invokeMode").get_to(config.invokeMode);
    given.at("cors").get_to(config.cors);
    given.at("created").get_to(config.created);
    given.at("modified").get_to(config.modified);
    return true;
}

json describe(const UrlConfig& config, std::string_view endpoint)
{
    const auto colon = endpoint.rfind(':');
    const auto port =
        colon == std::string_view::npos || colon < 6 ? std::string_view() : endpoint.substr(colon);
    json output = {
        {"FunctionUrl",
            "http://" + config.id + ".lambda-url." + config.region + ".localhost" + std::string(port) + '/'},
        {"FunctionArn", config.arn()}, {"AuthType", config.authType}, {"InvokeMode", config.invokeMode},
        {"CreationTime", iso8601Millis(config.created)},
        {"LastModifiedTime", iso8601Millis(config.modified)}};
    if (!config.cors.empty())
        output["Cors"] = json::parse(config.cors);
    return output;
}

}
