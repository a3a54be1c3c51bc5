#include "core/lambda/code_signing_config.h"

#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

std::string CodeSigningConfig::arn() const
{
    return Arn{"lambda", region, account, "code-signing-config:" + id}.text();
}

std::string recordKey(const CodeSigningConfig& config)
{
    return config.region + '/' + config.id;
}

std::string encode(const CodeSigningConfig& config)
{
    return aws::writeJson({{"region", config.region}, {"account", config.account}, {"id", config.id},
        {"description", config.description}, {"publishers", config.publishers}, {"policy", config.policy},
        {"tags", config.tags}, {"modified", config.modified}});
}

bool decode(std::string_view record, CodeSigningConfig& config)
{
    const auto given = json::parse(record);
    given.at("region").get_to(config.region);
    given.at("account").get_to(config.account);
    given.at("id").get_to(config.id);
    given.at("description").get_to(config.description);
    given.at("publishers").get_to(config.publishers);
    given.at("policy").get_to(config.policy);
    given.at("tags").get_to(config.tags);
    given.at("modified").get_to(config.modified);
    return true;
}

json describe(const CodeSigningConfig& config)
{
    return {{"CodeSigningConfigId", config.id}, {"CodeSigningConfigArn", config.arn()},
        {"Description", config.description},
        {"AllowedPublishers", {{"SigningProfileVersionArns", config.publishers}}},
        {"CodeSigningPolicies", {{"UntrustedArtifactOnDeployment", config.policy}}},
        {"LastModified", lambdaTime(config.modified)}};
}

}
