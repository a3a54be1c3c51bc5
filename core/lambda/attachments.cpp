#include "core/lambda/attachments.h"

#include "core/base/hash.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

// There is no EC2 to ask: what looks like a subnet or a group is one.
Result<> checkIds(const std::vector<std::string>& ids, const std::string& prefix, const std::string& call,
    const std::string& code, const std::string& kind)
{
    for (const auto& id : ids) {
        if (!id.starts_with(prefix) || id.size() == prefix.size())
            return fail(errors::invalidParameter("Error occurred while " + call + ". EC2 Error Code: " + code
                + ". EC2 Error Message: The " + kind + " '" + id + "' does not exist"));
    }
    return {};
}

Result<> applyNetwork(Attachments& attachments, const json& network)
{
    const auto take = [&network](const char* name, auto& into) {
        if (const auto given = network.find(name); given != network.end() && !given->is_null())
            given->get_to(into);
    };
    take("SubnetIds", attachments.subnets);
    take("SecurityGroupIds", attachments.securityGroups);
    take("Ipv6AllowedForDualStack", attachments.dualStack);
    if (attachments.subnets.empty() != attachments.securityGroups.empty())
        return fail(
            errors::invalidParameter("SubnetIds and SecurityIds must coexist or be both empty list."));
    CORE_CHECK(
        checkIds(attachments.subnets, "subnet-", "DescribeSubnets", "InvalidSubnetID.NotFound", "subnet ID"));
    CORE_CHECK(checkIds(attachments.securityGroups, "sg-", "DescribeSecurityGroups", "InvalidGroup.NotFound",
        "security group"));
    attachments.hasNetwork = attachments.hasNetwork || !attachments.subnets.empty();
    if (attachments.subnets.empty())
        attachments.dualStack = false;
    return {};
}

void takeFileSystems(Attachments& attachments, const json& given)
{
    attachments.fileSystems.clear();
    for (const auto& one : given)
        attachments.fileSystems.push_back(
            {one.at("Arn").get<std::string>(), one.at("LocalMountPath").get<std::string>()});
}

// The one network of an account and region.
std::string networkId(const std::string& region, const std::string& account)
{
    constexpr std::size_t kDigits = 17;
    return "vpc-" + hex(sha256(region + '/' + account)).substr(0, kDigits);
}

json fileSystemsJson(const std::vector<FileSystem>& fileSystems)
{
    auto list = json::array();
    for (const auto& one : fileSystems)
        list.push_back({{"Arn", one.accessPoint}, {"LocalMountPath", one.mountPath}});
    return list;
}

}

bool Attachments::isEmpty() const
{
    return !hasNetwork && key.empty() && codeKey.empty() && fileSystems.empty();
}

json toRecord(const Attachments& attachments)
{
    return {{"hasNetwork", attachments.hasNetwork}, {"subnets", attachments.subnets},
        {"securityGroups", attachments.securityGroups}, {"dualStack", attachments.dualStack},
        {"key", attachments.key}, {"codeKey", attachments.codeKey},
        {"fileSystems", fileSystemsJson(attachments.fileSystems)}};
}

Attachments attachmentsFrom(const json& record)
{
    Attachments attachments;
    record.at("hasNetwork").get_to(attachments.hasNetwork);
    record.at("subnets").get_to(attachments.subnets);
    record.at("securityGroups").get_to(attachments.securityGroups);
    record.at("dualStack").get_to(attachments.dualStack);
    record.at("key").get_to(attachments.key);
    record.at("codeKey").get_to(attachments.codeKey);
    takeFileSystems(attachments, record.at("fileSystems"));
    return attachments;
}

Result<> applyAttachments(Attachments& attachments, const json& input)
{
    if (input.contains("VpcConfig"))
        CORE_CHECK(applyNetwork(attachments, input.at("VpcConfig")));
    if (input.contains("KMSKeyArn"))
        input.at("KMSKeyArn").get_to(attachments.key);
    if (input.contains("FileSystemConfigs"))
        takeFileSystems(attachments, input.at("FileSystemConfigs"));
    if (!attachments.fileSystems.empty() && attachments.subnets.empty())
        return fail(errors::invalidParameter(
            "Function must be configured to execute in a VPC to reference access point "
            + attachments.fileSystems.front().accessPoint + "."));
    return {};
}

void showAttachments(
    const Attachments& attachments, const std::string& region, const std::string& account, json& output)
{
    if (attachments.hasNetwork)
        output["VpcConfig"] = {{"SubnetIds", attachments.subnets},
            {"SecurityGroupIds", attachments.securityGroups},
            {"VpcId", attachments.subnets.empty() ? "" : networkId(region, account)},
            {"Ipv6AllowedForDualStack", attachments.dualStack}};
    if (!attachments.key.empty())
        output["KMSKeyArn"] = attachments.key;
    if (!attachments.fileSystems.empty())
        output["FileSystemConfigs"] = fileSystemsJson(attachments.fileSystems);
}

}
