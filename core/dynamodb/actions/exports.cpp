#include "core/base/arn.h"
#include "core/base/gzip.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/time_format.h"
#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/held_moment.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/timed_id.h"
#include "core/dynamodb/transfer.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::size_t kFileBytes = 16 * 1024 * 1024; // of a data file, unpacked
constexpr std::size_t kFileNameLength = 26;
constexpr std::size_t kMostListed = 25;
constexpr Micros kShortestIncrement = 15 * 60 * kSecond;
constexpr Micros kLongestIncrement = 24 * 3600 * kSecond;

// Writes one export's files as they fill up.
class ExportFiles {
public:
    ExportFiles(TransferBucket& bucket, std::string folder)
        : m_bucket(bucket)
        , m_folder(std::move(folder))
    {
    }

    Result<> begin() { return put("_started", {}); }
    Result<> add(std::string_view line, std::size_t itemBytes)
    {
        m_lines += line;
        m_lines += '\n';
        ++m_fileItems;
        m_bytes += itemBytes;
        return m_lines.size() < kFileBytes ? Result<>() : flush();
    }
    Result<> finish(json summary);

private:
    Result<> put(const std::string& name, std::string body)
    {
        return m_bucket.put(m_folder + name, std::move(body));
    }
    Result<> putWithSum(const std::string& name, const std::string& sumName, const std::string& body)
    {
        CORE_CHECK(put(name, body));
        return put(sumName, base64(md5(body)));
    }
    Result<> flush();

    TransferBucket& m_bucket;
    std::string m_folder; // ends with a slash
    std::string m_lines;
    std::string m_manifest;
    std::size_t m_fileItems = 0;
    std::size_t m_items = 0;
    std::size_t m_bytes = 0;
};

Result<> ExportFiles::flush()
{
    const auto name = "data/" + randomLower(kFileNameLength) + ".json.gz";
    const auto packed = gzip(m_lines);
    const auto sum = md5(packed);
    CORE_CHECK(put(name, packed));
    m_manifest += json{{"itemCount", m_fileItems}, {"md5Checksum", base64(sum)}, {"etag", hex(sum)},
                      {"dataFileS3Key", m_folder + name}}
                      .dump()
        + "\n";
    m_items += m_fileItems;
    m_fileItems = 0;
    m_lines.clear();
    return {};
}

Result<> ExportFiles::finish(json summary)
{
    if (m_fileItems > 0 || m_manifest.empty())
        CORE_CHECK(flush());
    CORE_CHECK(putWithSum("manifest-files.json", "manifest-files.md5", m_manifest));
    summary["manifestFilesS3Key"] = m_folder + "manifest-files.json";
    summary["itemCount"] = m_items;
    summary["billedSizeBytes"] = m_bytes;
    return putWithSum("manifest-summary.json", "manifest-summary.md5", summary.dump());
}

// What is to be exported.
struct ExportPlan {
    TablePtr table;
    bool incremental = false;
    Micros from = 0;
    Micros to = 0; // or the moment of a full export
    std::string view; // of an incremental one
};

Result<> readIncrement(ExportPlan& plan, const json& given, Micros now)
{
    if (!given.contains("ExportFromTime"))
        return fail(
            errors::invalidRequest("ExportFromTime must be provided in IncrementalExportSpecification"));
    CORE_TRY(plan.from, momentOf(given["ExportFromTime"]));
    plan.to = now;
    if (given.contains("ExportToTime")) {
        CORE_TRY(plan.to, momentOf(given["ExportToTime"]));
    }
    plan.view = given.value("ExportViewType", "NEW_AND_OLD_IMAGES");
    const auto earliest = earliestMoment(*plan.table, now);
    if (plan.from < earliest)
        return fail(errors::invalidExportTime("Incremental export period from time cannot be less than the "
                                              "table creation time : "
            + iso8601(plan.from)));
    if (plan.to > now)
        return fail(errors::invalidExportTime(
            "Incremental export period to time cannot be greater than the current time : "
            + iso8601(plan.to)));
    if (plan.to - plan.from < kShortestIncrement)
        return fail(errors::invalidExportTime(
            "Difference between export period from time and export period to time is less than 15 minutes"));
    if (plan.to - plan.from > kLongestIncrement)
        return fail(errors::invalidExportTime(
            "Difference between export period from time and export period to time is greater than 24 hours"));
    return {};
}

Result<ExportPlan> planExport(DynamoDbService& service, aws::RequestContext& context, const json& input)
{
    const auto given = input.value("TableArn", "");
    const auto arn = Arn::parse(given);
    if (!arn)
        return fail(errors::invalidParameters("tableArn is not a valid ARN"));
    if (!arn->resource.starts_with("table/") || arn->resource.find('/', 6) != std::string::npos)
        return fail(errors::invalidRequest("Table ARN is invalid."));
    const auto name = arn->resource.substr(6);
    context.touch(name);
    ExportPlan plan;
    plan.table = arn->region == context.region ? service.tables().find(context.region, name) : nullptr;
    if (!plan.table)
        return fail(errors::noTable(given));
    const bool specified = input.contains("IncrementalExportSpecification");
    plan.incremental = input.value("ExportType", "") == "INCREMENTAL_EXPORT";
    if (specified && !input.contains("ExportType"))
        return fail(
            errors::invalidRequest("Export Type expected to be Incremental Export when incremental export "
                                   "specification is provided"));
    if (specified && !plan.incremental)
        return fail(errors::invalidRequest(
            "When Export Type is Full Export , Incremental Export Specification should not "
            "be provided"));
    if (plan.incremental && !specified)
        return fail(
            errors::invalidRequest("Incremental Export Specification expected when export type is set as "
                                   "Incremental Export"));
    if (input.contains("S3SseKmsKeyId") && input.value("S3SseAlgorithm", "") != "KMS")
        return fail(errors::invalidRequest("KMS Key Id is not supported for this encryption type"));
    if (!plan.table->history)
        return fail(errors::recoveryUnavailable(plan.table->name));
    plan.to = context.now;
    if (plan.incremental)
        CORE_CHECK(readIncrement(plan, input["IncrementalExportSpecification"], context.now));
    if (!plan.incremental && input.contains("ExportTime")) {
        CORE_TRY(plan.to, momentOf(input["ExportTime"]));
        if (plan.to > context.now || plan.to < earliestMoment(*plan.table, context.now))
            return fail(errors::invalidExportTime("Export Time is invalid"));
    }
    return plan;
}

json describedExport(const ExportPlan& plan, const json& input, Micros now)
{
    json description = {{"ExportArn", plan.table->arn() + "/export/" + timedId(now)},
        {"ExportStatus", "IN_PROGRESS"}, {"StartTime", secondsOf(now)}, {"TableArn", plan.table->arn()},
        {"TableId", plan.table->id}, {"S3Bucket", input["S3Bucket"]},
        {"ExportFormat", input.value("ExportFormat", "DYNAMODB_JSON")},
        {"S3SseAlgorithm", input.value("S3SseAlgorithm", "AES256")},
        {"ClientToken", input.value("ClientToken", newUuid())}};
    for (const auto* member : {"S3Prefix", "S3BucketOwner", "S3SseKmsKeyId", "ExportType"}) {
        if (input.contains(member))
            description[member] = input[member];
    }
    if (plan.incremental) {
        description["IncrementalExportSpecification"] = {{"ExportFromTime", secondsOf(plan.from)},
            {"ExportToTime", secondsOf(plan.to)}, {"ExportViewType", plan.view}};
    } else {
        description["ExportTime"] = secondsOf(plan.to);
    }
    return description;
}

json manifestOf(const json& description, Micros start, Micros end)
{
    const auto member = [&description](const char* name) { return description.value(name, json(nullptr)); };
    json summary = {{"version", "2020-06-30"}, {"exportArn", member("ExportArn")},
        {"startTime", iso8601Millis(start)}, {"endTime", iso8601Millis(end)},
        {"tableArn", member("TableArn")}, {"tableId", member("TableId")}, {"s3Bucket", member("S3Bucket")},
        {"s3Prefix", member("S3Prefix")}, {"s3SseAlgorithm", member("S3SseAlgorithm")},
        {"s3SseKmsKeyId", member("S3SseKmsKeyId")}, {"outputFormat", member("ExportFormat")},
        {"exportType", description.value("ExportType", "FULL_EXPORT")}};
    if (description.contains("ExportTime"))
        summary["exportTime"] = iso8601Millis(
            static_cast<Micros>(description["ExportTime"].get<double>() * 1000.0) * kMillisecond);
    return summary;
}

// Writes a table's items at a moment, or what changed between two, into a bucket.
class Export final : public TransferWork {
public:
    Export(DynamoDbService& service, ExportPlan plan, json description, Micros now)
        : m_service(service)
        , m_plan(std::move(plan))
        , m_description(std::move(description))
        , m_start(now)
    {
        const auto prefix = m_description.value("S3Prefix", "");
        const auto arn = m_description.value("ExportArn", "");
        m_folder = prefix + (prefix.empty() || prefix.ends_with('/') ? "" : "/") + "AWSDynamoDB/"
            + arn.substr(arn.rfind('/') + 1) + "/";
    }

    Result<> begin(store::Transaction& transaction, Transfer& transfer) override
    {
        if (m_plan.table->state->dropped || !TableStore::exists(transaction, *m_plan.table))
            return fail(errors::noTable(m_description.value("TableArn", "")));
        putTransfer(transaction, TransferKind::Export, m_description);
        m_moment = HeldMoment::begin(transaction, m_plan.table, transfer.id, false);
        if (m_plan.incremental)
            m_from = HeldMoment::begin(transaction, m_plan.table, transfer.id + "-from", false);
        return {};
    }

    Result<> run(TransferRunner& runner, Transfer& transfer, trace::SpanScope& span) override
    {
        TransferBucket bucket(
            m_service.host().caller, span, m_plan.table->region, m_description.value("S3Bucket", ""));
        ExportFiles files(bucket, m_folder);
        CORE_CHECK(files.begin());
        if (m_plan.to < m_start)
            CORE_CHECK(rewindTo(m_plan.to, runner, transfer, m_plan.table, *m_moment));
        if (m_plan.incremental) {
            CORE_CHECK(rewindTo(m_plan.from, runner, transfer, m_plan.table, *m_from));
            CORE_CHECK(writeChanges(runner, transfer, files));
        } else {
            CORE_CHECK(writeItems(runner, transfer, files));
        }
        CORE_CHECK(files.finish(manifestOf(m_description, m_start, m_service.host().clock.now())));
        m_description["ExportManifest"] = m_folder + "manifest-summary.json";
        m_description["ItemCount"] = transfer.items.load();
        m_description["BilledSizeBytes"] = transfer.bytes.load();
        return {};
    }

    void finish(store::Transaction& transaction, const Result<>& outcome) override
    {
        m_description["EndTime"] = secondsOf(m_service.host().clock.now());
        m_description["ExportStatus"] = "COMPLETED";
        if (!outcome)
            describeFailure(m_description, TransferKind::Export, outcome.error());
        putTransfer(transaction, TransferKind::Export, m_description);
        m_moment->end(transaction, *m_plan.table);
        if (m_from)
            m_from->end(transaction, *m_plan.table);
    }

    void forget() override
    {
        for (const auto& moment : {m_moment, m_from}) {
            if (moment)
                moment->release(*m_plan.table);
        }
    }

private:
    Result<> writeItems(TransferRunner& runner, Transfer& transfer, ExportFiles& files);
    Result<> writeChanges(TransferRunner& runner, Transfer& transfer, ExportFiles& files);
    std::string lineOf(const ChangesReader::Change& change) const;

    DynamoDbService& m_service;
    ExportPlan m_plan;
    json m_description;
    Micros m_start;
    std::string m_folder;
    HeldMomentPtr m_moment; // that of a full export, the later one of an incremental
    HeldMomentPtr m_from;
};

Result<> Export::writeItems(TransferRunner& runner, Transfer& transfer, ExportFiles& files)
{
    for (MomentReader reader(m_service.store(), m_plan.table, m_moment); !reader.atEnd();) {
        CORE_CHECK(runner.check(transfer));
        CORE_TRY(const auto rows, reader.next());
        for (const auto& [key, text] : rows) {
            const auto bytes = sizeOfStored(text);
            CORE_CHECK(files.add("{\"Item\":" + text + "}", bytes));
            ++transfer.items;
            transfer.bytes += static_cast<std::int64_t>(bytes);
        }
    }
    return {};
}

Result<> Export::writeChanges(TransferRunner& runner, Transfer& transfer, ExportFiles& files)
{
    for (ChangesReader reader(m_service.store(), m_plan.table, m_from, m_moment); !reader.atEnd();) {
        CORE_CHECK(runner.check(transfer));
        CORE_TRY(const auto changes, reader.next());
        for (const auto& change : changes) {
            const auto line = lineOf(change);
            CORE_CHECK(files.add(line, line.size()));
            ++transfer.items;
            transfer.bytes += static_cast<std::int64_t>(line.size());
        }
    }
    return {};
}

std::string Export::lineOf(const ChangesReader::Change& change) const
{
    std::string line =
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"" + std::to_string(m_plan.to) + "\"}},\"Keys\":";
    encode(line, keyOf(decodeStored(change.after ? *change.after : *change.before), *m_plan.table));
    if (change.after)
        line += ",\"NewImage\":" + *change.after;
    if (change.before && m_plan.view == "NEW_AND_OLD_IMAGES")
        line += ",\"OldImage\":" + *change.before;
    return line + "}";
}

}

Result<aws::Outcome> exportTableToPointInTime(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    if (const auto known =
            transferOfToken(*service.store().read(), TransferKind::Export, context.region, input)) {
        if (!asksTheSame(*known, input))
            return fail(errors::exportConflict());
        return aws::Reply::of({{"ExportDescription", *known}});
    }
    CORE_TRY(auto plan, planExport(service, context, input));
    auto description = describedExport(plan, input, context.now);
    const auto transfer = service.transfers().make("Export", plan.table->name, plan.table->region,
        description.value("ExportArn", ""), plan.table->arn());
    if (!plan.incremental && plan.to == context.now && plan.table->state->counted)
        transfer->totalItems = plan.table->state->table.items.load();
    auto output = json{{"ExportDescription", description}};
    CORE_CHECK(service.transfers().start(
        transfer, std::make_unique<Export>(service, std::move(plan), std::move(description), context.now)));
    context.span.step("writes the items to the bucket behind the request");
    return aws::Reply::of(std::move(output));
}

Result<aws::Outcome> describeExport(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto arn = std::string(textOf(inputOf(request), "ExportArn"));
    const auto parsed = Arn::parse(arn);
    if (!parsed || parsed->resource.find("/export/") == std::string::npos)
        return fail(errors::validation("Invalid Export ARN"));
    if (parsed->region != context.region)
        return fail(errors::exportNotFound("Invalid export arn"));
    const auto underWay = service.transfers().findUnderWay(arn);
    auto found = findTransfer(*service.store().read(), TransferKind::Export, arn);
    if (!found)
        return fail(errors::exportNotFound("Export not found: " + arn));
    if (underWay && found->value("ExportStatus", "") == "IN_PROGRESS") {
        (*found)["ItemCount"] = underWay->items.load();
        (*found)["BilledSizeBytes"] = underWay->bytes.load();
    }
    return aws::Reply::of({{"ExportDescription", *found}});
}

Result<aws::Outcome> listExports(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    const auto wanted = input.value("TableArn", "");
    const auto after = input.value("NextToken", "");
    const auto limit = input.value("MaxResults", kMostListed);
    json output = {{"ExportSummaries", json::array()}};
    auto& listed = output["ExportSummaries"];
    for (const auto& one : transfersOf(*service.store().read(), TransferKind::Export, context.region)) {
        const auto arn = one.value("ExportArn", "");
        if (arn <= after || (!wanted.empty() && one.value("TableArn", "") != wanted))
            continue;
        if (listed.size() >= limit) {
            output["NextToken"] = listed.back()["ExportArn"];
            break;
        }
        listed.push_back({{"ExportArn", arn}, {"ExportStatus", one["ExportStatus"]},
            {"ExportType", one.value("ExportType", "FULL_EXPORT")}});
    }
    return aws::Reply::of(std::move(output));
}

}
