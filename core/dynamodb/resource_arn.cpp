#include "core/dynamodb/resource_arn.h"

#include "core/base/arn.h"
#include "core/dynamodb/errors.h"

namespace core::dynamodb {

Result<TablePtr> findByArn(DynamoDbService& service, aws::RequestContext& context, std::string_view text)
{
    const std::string given(text);
    if (!given.starts_with("arn:"))
        return fail(errors::invalidParameters("ARNs must start with 'arn:': " + given));
    const auto arn = Arn::parse(given);
    if (!arn || arn->service != "dynamodb")
        return fail(errors::invalidParameters("Provided Arn is not a DynamoDB resource arn: " + given));
    auto name = arn->resource.starts_with("table/") ? arn->resource.substr(6) : std::string();
    const auto stream = name.find("/stream/");
    if (name.empty() || (name.find('/') != std::string::npos && stream == std::string::npos)) {
        return fail(errors::invalidParameters(
            "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: "
            + given));
    }
    if (arn->region != context.region)
        return fail(errors::validation("Invalid TableArn: Invalid ResourceArn provided as input " + given));
    name = name.substr(0, stream);
    auto table = service.tables().find(context.region, name);
    context.touch(std::move(name));
    if (!table || !table->servesItems(context.now)
        || (stream != std::string::npos
            && !service.streams().find(table->region + "/" + table->name + "/"
                + arn->resource.substr(arn->resource.rfind('/') + 1))))
        return fail(errors::resourceNotFound(given));
    return table;
}

std::string ownArn(const Table& table, std::string_view text)
{
    const auto stream = text.find("/stream/");
    return table.arn() + std::string(stream == std::string_view::npos ? "" : text.substr(stream));
}

}
