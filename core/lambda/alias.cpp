#include "core/lambda/alias.h"

#include "core/aws/json_text.h"
#include "core/base/arn.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

std::string Alias::arn() const
{
    return Arn{"lambda", region, account, "function:" + function + ':' + name}.text();
}

const std::string& Alias::versionFor(double draw) const
{
    for (const auto& [other, weight] : weights) {
        if (draw < weight)
            return other;
        draw -= weight;
    }
    return version;
}

std::string recordKey(const Alias& alias)
{
    return alias.functionKey() + '/' + alias.name;
}

std::string encode(const Alias& alias)
{
    const json record = {{"region", alias.region}, {"account", alias.account}, {"function", alias.function},
        {"name", alias.name}, {"version", alias.version}, {"description", alias.description},
        {"weights", alias.weights}, {"revision", alias.revision}, {"policy", alias.policy},
        {"policyRevision", alias.policyRevision}};
    return aws::writeJson(record);
}

bool decode(std::string_view record, Alias& alias)
{
    const auto given = json::parse(record);
    given.at("region").get_to(alias.region);
    given.at("account").get_to(alias.account);
    given.at("function").get_to(alias.function);
    given.at("name").get_to(alias.name);
    given.at("version").get_to(alias.version);
    given.at("description").get_to(alias.description);
    given.at("weights").get_to(alias.weights);
    given.at("revision").get_to(alias.revision);
    given.at("policy").get_to(alias.policy);
    given.at("policyRevision").get_to(alias.policyRevision);
    return true;
}

json describe(const Alias& alias)
{
    json output = {{"AliasArn", alias.arn()}, {"Name", alias.name}, {"FunctionVersion", alias.version},
        {"Description", alias.description}, {"RevisionId", alias.revision}};
    if (!alias.weights.empty())
        output["RoutingConfig"] = {{"AdditionalVersionWeights", alias.weights}};
    return output;
}

}
