#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/project/resource_types.h"

#include <nlohmann/json.hpp>

namespace core::project {

using nlohmann::json;

namespace {

// CloudFormation's way of naming what the template does not name.
std::string generatedName(const ImportContext& context, const std::string& logicalId)
{
    return context.name + "-" + logicalId + "-" + randomUpper(12);
}

}

Result<Created> createTable(ImportContext& context, const std::string& logicalId, const json& properties)
{
    auto input = properties;
    if (!input.contains("TableName"))
        input["TableName"] = generatedName(context, logicalId);
    if (input.contains("StreamSpecification"))
        input["StreamSpecification"]["StreamEnabled"] = true; // CloudFormation says it by naming the view
    input.erase("TimeToLiveSpecification");
    CORE_TRY(const auto output, context.call("dynamodb", "CreateTable", input));
    if (properties.contains("TimeToLiveSpecification"))
        CORE_CHECK(context.call("dynamodb", "UpdateTimeToLive",
            {{"TableName", input["TableName"]},
                {"TimeToLiveSpecification", properties["TimeToLiveSpecification"]}}));
    const auto& table = output["TableDescription"];
    return Created{
        input["TableName"], {{"Arn", table["TableArn"]}, {"StreamArn", table.value("LatestStreamArn", "")}}};
}

Result<Created> createBucket(ImportContext& context, const std::string& logicalId, const json& properties)
{
    const auto name = properties.contains("BucketName") ? properties["BucketName"].get<std::string>()
                                                        : toLower(generatedName(context, logicalId));
    json input{{"Bucket", name}};
    if (context.region != "us-east-1")
        input["CreateBucketConfiguration"] = {{"LocationConstraint", context.region}};
    CORE_CHECK(context.call("s3", "CreateBucket", input));
    return Created{name,
        {{"Arn", Arn{"s3", "", "", name}.text()}, {"DomainName", name + ".s3.amazonaws.com"},
            {"RegionalDomainName", name + ".s3." + context.region + ".amazonaws.com"}}};
}

Result<Created> createBucketPolicy(
    ImportContext& context, const std::string& logicalId, const json& properties)
{
    const auto bucket = properties.value("Bucket", "");
    CORE_CHECK(context.call("s3", "PutBucketPolicy",
        {{"Bucket", bucket}, {"Policy", properties.value("PolicyDocument", json::object()).dump()}}));
    context.report.notes.push_back(logicalId + ": the bucket policy is kept, and not enforced");
    return Created{bucket, {}};
}

}
