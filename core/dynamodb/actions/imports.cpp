#include "core/base/arn.h"
#include "core/base/gzip.h"
#include "core/base/ids.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_codec.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_lines.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/table_maker.h"
#include "core/dynamodb/transfer.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kMostListed = 25;
constexpr std::size_t kMostUnpacked = std::size_t{1} << 30U;

// Reads one import's objects into its table.
class Import {
public:
    Import(DynamoDbService& service, aws::RequestContext& context, const json& input)
        : m_service(service)
        , m_context(context)
        , m_input(input)
    {
    }

    Result<> fill(const Table& table, const TableMaker::Put& put);
    void describe(json& description) const;

private:
    Result<std::string> load(const std::string& key);
    void readItems(std::string_view text, const Table& table, const TableMaker::Put& put);
    bool take(Result<Item> item, const Table& table, const TableMaker::Put& put);

    DynamoDbService& m_service;
    aws::RequestContext& m_context;
    const json& m_input;
    std::size_t m_bytes = 0;
    std::size_t m_processed = 0;
    std::size_t m_imported = 0;
    std::size_t m_errors = 0;
};

Result<> Import::fill(const Table& table, const TableMaker::Put& put)
{
    const auto& source = m_input["S3BucketSource"];
    const auto bucket = source.value("S3Bucket", "");
    CORE_TRY(const auto keys, listObjects(m_service, m_context, bucket, source.value("S3KeyPrefix", "")));
    for (const auto& key : keys) {
        CORE_TRY(const auto text, load(key));
        readItems(text, table, put);
    }
    return {};
}

Result<std::string> Import::load(const std::string& key)
{
    CORE_TRY(
        auto body, getObject(m_service, m_context, m_input["S3BucketSource"].value("S3Bucket", ""), key));
    m_bytes += body.size();
    if (m_input.value("InputCompressionType", "NONE") != "GZIP" || body.empty())
        return body;
    return gunzip(body, kMostUnpacked);
}

void Import::readItems(std::string_view text, const Table& table, const TableMaker::Put& put)
{
    const auto visit = [&](Result<Item> item) { return take(std::move(item), table, put); };
    if (m_input["InputFormat"] == "DYNAMODB_JSON")
        return eachJsonItem(text, visit);
    const auto options = m_input.value("InputFormatOptions", json::object()).value("Csv", json::object());
    CsvFormat format;
    if (const auto delimiter = options.value("Delimiter", ""); !delimiter.empty())
        format.delimiter = delimiter.front();
    format.header = options.value("HeaderList", std::vector<std::string>{});
    eachCsvItem(text, format, table, visit);
}

// An item that cannot be one of this table is counted, and the import goes on.
bool Import::take(Result<Item> item, const Table& table, const TableMaker::Put& put)
{
    ++m_processed;
    const auto good = item && checkItem(*item, table) && storedSize(*item) <= kMaxItemBytes;
    if (!good) {
        ++m_errors;
        return true;
    }
    ++m_imported;
    return put(itemKey(*item, table), encoded(*item));
}

void Import::describe(json& description) const
{
    description["ProcessedSizeBytes"] = m_bytes;
    description["ProcessedItemCount"] = m_processed;
    description["ImportedItemCount"] = m_imported;
    description["ErrorCount"] = m_errors;
}

json begun(const json& input, const Table& table, Micros now)
{
    json description = {{"ImportArn", table.arn() + "/import/" + transferId(now)},
        {"ImportStatus", "IN_PROGRESS"}, {"TableArn", table.arn()},
        {"ClientToken", input.value("ClientToken", newUuid())}, {"S3BucketSource", input["S3BucketSource"]},
        {"ErrorCount", 0}, {"InputFormat", input["InputFormat"]},
        {"InputCompressionType", input.value("InputCompressionType", "NONE")},
        {"TableCreationParameters", input["TableCreationParameters"]}, {"StartTime", secondsOf(now)},
        {"ProcessedSizeBytes", 0}, {"ProcessedItemCount", 0}, {"ImportedItemCount", 0}};
    if (input.contains("InputFormatOptions"))
        description["InputFormatOptions"] = input["InputFormatOptions"];
    return description;
}

Result<> checkImport(const json& input)
{
    if (input.contains("InputFormatOptions") && input["InputFormat"] != "CSV") {
        return fail(errors::validation("Invalid Request: Unsupported InputFormatOptions for the given input "
                                       "format: "
            + input.value("InputFormat", "") + "."));
    }
    return {};
}

}

Result<aws::Outcome> importTable(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    if (const auto known =
            transferOfToken(*service.store().read(), TransferKind::Import, context.region, input)) {
        if (!asksTheSame(*known, input))
            return fail(errors::importConflict());
        return aws::Reply::of({{"ImportTableDescription", *known}});
    }
    CORE_CHECK(checkImport(input));
    const auto& parameters = input["TableCreationParameters"];
    CORE_TRY(auto planned, defineTable(parameters));
    if (service.tables().find(context.region, planned.name))
        return fail(errors::tableExists(planned.name));
    planned.region = context.region;
    planned.account = context.principal.account;
    auto description = begun(input, planned, context.now);
    const auto answer = description;
    Import import(service, context, input);
    TableMaker maker(service, context);
    const auto made = maker.make(parameters,
        [&import](const Table& table, const TableMaker::Put& put) { return import.fill(table, put); });
    import.describe(description);
    description["EndTime"] = secondsOf(service.host().clock.now());
    description["ImportStatus"] = made ? "COMPLETED" : "FAILED";
    if (made) {
        description["TableId"] = (*made)->id;
        context.span.step("imported the objects' items",
            std::to_string(description["ImportedItemCount"].get<std::size_t>()) + " of "
                + std::to_string(description["ProcessedItemCount"].get<std::size_t>()));
    } else {
        description["FailureCode"] = "S3" + made.error().code;
        description["FailureMessage"] = made.error().message;
        context.span.step("the import failed", made.error().message, trace::Verdict::Fail);
    }
    CORE_CHECK(service.store().commit([&description](store::Transaction& transaction) -> Result<> {
        putTransfer(transaction, TransferKind::Import, description);
        return {};
    }));
    return aws::Reply::of({{"ImportTableDescription", answer}});
}

Result<aws::Outcome> describeImport(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto arn = std::string(textOf(inputOf(request), "ImportArn"));
    const auto parsed = Arn::parse(arn);
    if (!parsed || parsed->resource.find("/import/") == std::string::npos)
        return fail(errors::validation("Invalid Import ARN"));
    const auto found = parsed->region == context.region
        ? findTransfer(*service.store().read(), TransferKind::Import, arn)
        : std::nullopt;
    if (!found)
        return fail(errors::importNotFound(arn));
    return aws::Reply::of({{"ImportTableDescription", *found}});
}

Result<aws::Outcome> listImports(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    const auto wanted = input.value("TableArn", "");
    const auto after = input.value("NextToken", "");
    const auto limit = input.value("PageSize", kMostListed);
    json output = {{"ImportSummaryList", json::array()}};
    auto& listed = output["ImportSummaryList"];
    for (const auto& one : transfersOf(*service.store().read(), TransferKind::Import, context.region)) {
        const auto arn = one.value("ImportArn", "");
        if (arn <= after || (!wanted.empty() && one.value("TableArn", "") != wanted))
            continue;
        if (listed.size() >= limit) {
            output["NextToken"] = listed.back()["ImportArn"];
            break;
        }
        json summary;
        for (const auto* member : {"ImportArn", "ImportStatus", "TableArn", "S3BucketSource", "InputFormat",
                 "StartTime", "EndTime"}) {
            if (one.contains(member))
                summary[member] = one[member];
        }
        listed.push_back(std::move(summary));
    }
    return aws::Reply::of(std::move(output));
}

}
