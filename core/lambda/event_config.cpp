#include "core/lambda/event_config.h"

#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

std::string EventConfig::arn() const
{
    return Arn{"lambda", region, account, "function:" + function + ':' + qualifier}.text();
}

std::string recordKey(const EventConfig& config)
{
    return config.region + '/' + config.function + '/' + config.qualifier;
}

std::string encode(const EventConfig& config)
{
    return json{{"region", config.region}, {"account", config.account}, {"function", config.function},
        {"qualifier", config.qualifier}, {"maxAge", config.maxAge}, {"maxRetries", config.maxRetries},
        {"onSuccess", config.onSuccess}, {"onFailure", config.onFailure}, {"modified", config.modified}}
        .dump();
}

bool decode(std::string_view record, EventConfig& config)
{
    const auto given = json::parse(record);
    given.at("region").get_to(config.region);
    given.at("account").get_to(config.account);
    given.at("function").get_to(config.function);
    given.at("qualifier").get_to(config.qualifier);
    given.at("maxAge").get_to(config.maxAge);
    given.at("maxRetries").get_to(config.maxRetries);
    given.at("onSuccess").get_to(config.onSuccess);
    given.at("onFailure").get_to(config.onFailure);
    given.at("modified").get_to(config.modified);
    return true;
}

json describe(const EventConfig& config)
{
    json destinations = {{"OnSuccess", json::object()}, {"OnFailure", json::object()}};
    if (!config.onSuccess.empty())
        destinations["OnSuccess"]["Destination"] = config.onSuccess;
    if (!config.onFailure.empty())
        destinations["OnFailure"]["Destination"] = config.onFailure;
    json output = {{"FunctionArn", config.arn()}, {"DestinationConfig", std::move(destinations)},
        {"LastModified", static_cast<double>(config.modified / kMillisecond) / 1000}};
    if (config.maxAge >= 0)
        output["MaximumEventAgeInSeconds"] = config.maxAge;
    if (config.maxRetries >= 0)
        output["MaximumRetryAttempts"] = config.maxRetries;
    return output;
}

}
