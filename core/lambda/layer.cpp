#include "core/lambda/layer.h"

#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/time_format.h"
#include "core/lambda/function.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

std::string LayerVersion::layerArn() const
{
    return Arn{"lambda", region, account, "layer:" + name}.text();
}

std::string LayerVersion::arn() const
{
    return layerArn() + ':' + std::to_string(version);
}

std::string recordKey(const LayerVersion& layer)
{
    return versionKey(layer.region + '/' + layer.name, std::to_string(layer.version));
}

std::string encode(const LayerVersion& layer)
{
    return aws::writeJson({{"region", layer.region}, {"account", layer.account}, {"name", layer.name},
        {"version", layer.version}, {"description", layer.description}, {"license", layer.license},
        {"runtimes", layer.runtimes}, {"architectures", layer.architectures}, {"created", layer.created},
        {"codeSha256", layer.codeSha256}, {"codeSize", layer.codeSize}, {"unpackedSize", layer.unpackedSize},
        {"policy", layer.policy}, {"policyRevision", layer.policyRevision}, {"deleted", layer.deleted}});
}

bool decode(std::string_view record, LayerVersion& layer)
{
    const auto given = json::parse(record);
    given.at("region").get_to(layer.region);
    given.at("account").get_to(layer.account);
    given.at("name").get_to(layer.name);
    given.at("version").get_to(layer.version);
    given.at("description").get_to(layer.description);
    given.at("license").get_to(layer.license);
    given.at("runtimes").get_to(layer.runtimes);
    given.at("architectures").get_to(layer.architectures);
    given.at("created").get_to(layer.created);
    given.at("codeSha256").get_to(layer.codeSha256);
    given.at("codeSize").get_to(layer.codeSize);
    given.at("unpackedSize").get_to(layer.unpackedSize);
    given.at("policy").get_to(layer.policy);
    given.at("policyRevision").get_to(layer.policyRevision);
    given.at("deleted").get_to(layer.deleted);
    return true;
}

json describe(const LayerVersion& layer)
{
    json output = {{"LayerVersionArn", layer.arn()}, {"Version", layer.version},
        {"Description", layer.description}, {"CreatedDate", lambdaTime(layer.created)},
        {"CompatibleRuntimes", layer.runtimes}};
    if (!layer.architectures.empty())
        output["CompatibleArchitectures"] = layer.architectures;
    if (!layer.license.empty())
        output["LicenseInfo"] = layer.license;
    return output;
}

json describe(const LayerVersion& layer, const std::string& location)
{
    auto output = describe(layer);
    output["LayerArn"] = layer.layerArn();
    output["Content"] = {
        {"Location", location}, {"CodeSha256", layer.codeSha256}, {"CodeSize", layer.codeSize}};
    return output;
}

}
