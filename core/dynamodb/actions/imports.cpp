#include "core/base/arn.h"
#include "core/base/gzip_reader.h"
#include "core/base/ids.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/item_lines.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/table_maker.h"
#include "core/dynamodb/timed_id.h"
#include "core/dynamodb/transfer.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kMostListed = 25;

// Reads objects into the table that it makes.
class Import final : public TableMaker {
public:
    Import(DynamoDbService& service, TablePtr table, json description)
        : TableMaker(service, std::move(table))
        , m_description(std::move(description))
    {
    }

    Result<> begin(store::Transaction& transaction, Transfer& transfer) override
    {
        CORE_CHECK(TableMaker::begin(transaction, transfer));
        putTransfer(transaction, TransferKind::Import, m_description);
        return {};
    }

    Result<> run(TransferRunner& runner, Transfer& transfer, trace::SpanScope& span) override;

    void finish(store::Transaction& transaction, const Result<>& outcome) override
    {
        TableMaker::finish(transaction, outcome);
        m_description["EndTime"] = secondsOf(service().host().clock.now());
        m_description["ImportStatus"] = "COMPLETED";
        if (!outcome)
            describeFailure(m_description, TransferKind::Import, outcome.error());
        putTransfer(transaction, TransferKind::Import, m_description);
    }

private:
    Result<> readObject(
        TransferRunner& runner, Transfer& transfer, TransferBucket& bucket, const std::string& key);
    Result<> take(TransferRunner& runner, Transfer& transfer, Result<Item> item);
    Result<> flush(TransferRunner& runner, Transfer& transfer);
    std::optional<CsvFormat> csv() const;

    json m_description;
    Rows m_rows;
    StepBounds m_bounds;
};

void describeProgress(json& description, const Transfer& transfer)
{
    description["ProcessedSizeBytes"] = transfer.bytes.load();
    description["ImportedItemCount"] = transfer.items.load();
    description["ErrorCount"] = transfer.errors.load();
    description["ProcessedItemCount"] = transfer.items + transfer.errors;
}

Result<> Import::run(TransferRunner& runner, Transfer& transfer, trace::SpanScope& span)
{
    const auto& source = m_description["S3BucketSource"];
    TransferBucket bucket(service().host().caller, span, table()->region, source.value("S3Bucket", ""));
    const auto read = [&]() -> Result<> {
        CORE_TRY(const auto objects, bucket.list(source.value("S3KeyPrefix", "")));
        std::int64_t total = 0;
        for (const auto& object : objects)
            total += object.size;
        transfer.totalBytes = total;
        for (const auto& object : objects)
            CORE_CHECK(readObject(runner, transfer, bucket, object.key));
        return flush(runner, transfer);
    };
    auto outcome = read();
    describeProgress(m_description, transfer);
    return outcome;
}

Result<> Import::readObject(
    TransferRunner& runner, Transfer& transfer, TransferBucket& bucket, const std::string& key)
{
    ItemLines lines(
        *table(), csv(), [&](Result<Item> item) { return take(runner, transfer, std::move(item)); });
    const bool packed = m_description["InputCompressionType"] == "GZIP";
    GzipReader unpacker;
    const auto takePiece = [&](std::string_view piece) -> Result<> {
        transfer.bytes += static_cast<std::int64_t>(piece.size());
        if (!packed)
            return lines.feed(piece);
        Result<> fed;
        CORE_CHECK(unpacker.feed(piece, [&](std::string_view text) {
            fed = lines.feed(text);
            return fed.has_value();
        }));
        return fed;
    };
    CORE_CHECK(bucket.read(key, takePiece));
    if (packed)
        CORE_CHECK(unpacker.finish());
    return lines.finish();
}

// An item that cannot be one of this table is counted, and the import goes on.
Result<> Import::take(TransferRunner& runner, Transfer& transfer, Result<Item> item)
{
    if (!item || !checkItem(*item, *table()) || storedSize(*item) > kMaxItemBytes) {
        ++transfer.errors;
        return {};
    }
    m_rows.emplace_back(itemKey(*item, *table()), encoded(*item));
    (void)m_bounds.takes(m_rows.back().second.size());
    return m_bounds.isFull() ? flush(runner, transfer) : Result<>();
}

Result<> Import::flush(TransferRunner& runner, Transfer& transfer)
{
    m_bounds = {};
    CORE_CHECK(write(runner, transfer, std::exchange(m_rows, {})));
    return {};
}

std::optional<CsvFormat> Import::csv() const
{
    if (m_description["InputFormat"] != "CSV")
        return std::nullopt;
    const auto options =
        m_description.value("InputFormatOptions", json::object()).value("Csv", json::object());
    CsvFormat format;
    if (const auto delimiter = options.value("Delimiter", ""); !delimiter.empty())
        format.delimiter = delimiter.front();
    format.header = options.value("HeaderList", std::vector<std::string>{});
    return format;
}

json begun(const json& input, const Table& table, Micros now)
{
    json description = {{"ImportArn", table.arn() + "/import/" + timedId(now)},
        {"ImportStatus", "IN_PROGRESS"}, {"TableArn", table.arn()}, {"TableId", table.id},
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
        return fail(errors::invalidRequest("Unsupported InputFormatOptions for the given input "
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
    CORE_TRY(const auto table, tableToMake(service, context, input["TableCreationParameters"]));
    auto description = begun(input, *table, context.now);
    const auto transfer =
        service.transfers().make("Import", table->name, table->region, description.value("ImportArn", ""));
    auto output = json{{"ImportTableDescription", description}};
    CORE_CHECK(service.transfers().start(
        transfer, std::make_unique<Import>(service, table, std::move(description))));
    context.span.step("reads the objects behind the request");
    return aws::Reply::of(std::move(output));
}

Result<aws::Outcome> describeImport(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto arn = std::string(textOf(inputOf(request), "ImportArn"));
    const auto parsed = Arn::parse(arn);
    if (!parsed || parsed->resource.find("/import/") == std::string::npos)
        return fail(errors::validation("Invalid Import ARN"));
    const auto underWay = service.transfers().findUnderWay(arn);
    auto found = parsed->region == context.region
        ? findTransfer(*service.store().read(), TransferKind::Import, arn)
        : std::nullopt;
    if (!found)
        return fail(errors::importNotFound(arn));
    if (underWay) {
        describeProgress(*found, *underWay);
        (*found)["ImportStatus"] = "IN_PROGRESS";
        for (const auto* member : {"EndTime", "FailureCode", "FailureMessage"})
            found->erase(member);
    }
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
