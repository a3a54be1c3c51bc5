#include "core/dynamodb/held_moment.h"
#include "core/dynamodb/transfer.h"
#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/core/dynamodb/pending_call.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <condition_variable>
#include <map>
#include <mutex>
#include <random>

using namespace core;
using nlohmann::json;
using tests::DynamoDbRoom;

namespace {

constexpr int kItems = 1200; // several pages
const char* const kThings = "arn:aws:dynamodb:us-east-1:000000000000:table/Things";

// One bucket that answers when it is let.
class SlowBucket final : public aws::TableService<SlowBucket> {
public:
    std::string_view id() const override { return "s3"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json11; }
    Result<> prepare(const aws::ActionInfo&, aws::Request&) override { return {}; }
    static std::span<const aws::ActionRow<SlowBucket>> rows();

    void open()
    {
        std::lock_guard guard(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }
    void waitForCalls(int count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_calls >= count; });
    }
    std::map<std::string, std::string> objects;

    Result<aws::Outcome> list(const aws::Request&)
    {
        enter();
        json contents = json::array();
        for (const auto& [key, body] : objects)
            contents.push_back({{"Key", key}, {"Size", body.size()}});
        return aws::Reply::of({{"Contents", contents}});
    }
    Result<aws::Outcome> get(const aws::Request& request)
    {
        return aws::Reply::bytes(objects[request.input().value("Key", "")], "text/plain");
    }
    Result<aws::Outcome> put(aws::Request& request)
    {
        enter();
        objects[request.input().value("Key", "")] = std::move(request.body);
        return aws::Reply::of(json::object());
    }

private:
    void enter()
    {
        std::unique_lock lock(m_mutex);
        ++m_calls;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_isOpen; });
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isOpen = false;
    int m_calls = 0;
};

constexpr aws::Shape kAny{.type = aws::Type::Structure};

std::span<const aws::ActionRow<SlowBucket>> SlowBucket::rows()
{
    static const aws::ActionRow<SlowBucket> kRows[] = {
        {{"ListObjectsV2", aws::Lane::Blocking, aws::Effect::Reads, &kAny},
            [](SlowBucket& self, aws::RequestContext&, aws::Request& request) { return self.list(request); }},
        {{"GetObject", aws::Lane::Blocking, aws::Effect::Reads, &kAny},
            [](SlowBucket& self, aws::RequestContext&, aws::Request& request) { return self.get(request); }},
        {{"PutObject", aws::Lane::Blocking, aws::Effect::Data, &kAny},
            [](SlowBucket& self, aws::RequestContext&, aws::Request& request) { return self.put(request); }},
    };
    return kRows;
}

// The bucket goes after the room, whatever a test does.
struct Setting {
    SlowBucket bucket;
    DynamoDbRoom room;

    Setting() { room.door().add(bucket); }
    ~Setting() { bucket.open(); }
};

json definition(const std::string& name)
{
    return {{"TableName", name}, {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions", {{{"AttributeName", "pk"}, {"AttributeType", "S"}}}},
        {"KeySchema", {{{"AttributeName", "pk"}, {"KeyType", "HASH"}}}}};
}

json item(int number, int version)
{
    return {{"pk", {{"S", std::to_string(number)}}}, {"v", {{"N", std::to_string(version)}}}};
}

void put(DynamoDbRoom& room, int number, int version)
{
    room.call("PutItem", {{"TableName", "Things"}, {"Item", item(number, version)}});
}

void remove(DynamoDbRoom& room, int number)
{
    room.call("DeleteItem", {{"TableName", "Things"}, {"Key", {{"pk", {{"S", std::to_string(number)}}}}}});
}

void fill(DynamoDbRoom& room, int items)
{
    room.call("CreateTable", definition("Things"));
    for (int first = 0; first < items; first += 25) {
        json requests = json::array();
        for (int number = first; number < first + 25; ++number)
            requests.push_back({{"PutRequest", {{"Item", item(number, 0)}}}});
        room.call("BatchWriteItem", {{"RequestItems", {{"Things", requests}}}});
    }
}

std::map<std::string, std::string> stored(DynamoDbRoom& room, const std::string& keyspace)
{
    std::map<std::string, std::string> rows;
    room.store().read()->scan(keyspace, store::Range::all(), store::Direction::Forward,
        [&rows](std::string_view key, std::string_view text) {
            rows.emplace(key, text);
            return true;
        });
    return rows;
}

dynamodb::TablePtr things(DynamoDbRoom& room)
{
    return room.service().tables().find("us-east-1", "Things");
}

void writeAtRandom(DynamoDbRoom& room, std::mt19937& random, int writes)
{
    for (int i = 0; i < writes; ++i) {
        const auto number = static_cast<int>(random() % (kItems + 300));
        if (random() % 3 == 0)
            remove(room, number);
        else
            put(room, number, static_cast<int>(random() % 1000));
    }
}

json importOf(const std::string& table)
{
    return {{"S3BucketSource", {{"S3Bucket", "shelf"}}}, {"InputFormat", "DYNAMODB_JSON"},
        {"TableCreationParameters", definition(table)}};
}

std::string beginImport(DynamoDbRoom& room, const std::string& table)
{
    const auto answer = room.call("ImportTable", importOf(table));
    return answer["ImportTableDescription"]["ImportArn"].get<std::string>();
}

json import(DynamoDbRoom& room, const std::string& arn)
{
    return room.call("DescribeImport", {{"ImportArn", arn}})["ImportTableDescription"];
}

std::string beginExport(DynamoDbRoom& room)
{
    room.call("UpdateContinuousBackups",
        {{"TableName", "Things"},
            {"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", true}}}});
    const auto answer = room.call("ExportTableToPointInTime", {{"TableArn", kThings}, {"S3Bucket", "shelf"}});
    return answer["ExportDescription"]["ExportArn"].get<std::string>();
}

json exported(DynamoDbRoom& room, const std::string& arn)
{
    return room.call("DescribeExport", {{"ExportArn", arn}})["ExportDescription"];
}

json transfers(DynamoDbRoom& room)
{
    return room.call("ListTransfers", json::object())["Transfers"];
}

std::string backupStatus(DynamoDbRoom& room, const std::string& arn)
{
    const auto answer = room.call("DescribeBackup", {{"BackupArn", arn}});
    return answer.is_null() ? room.error
                            : answer["BackupDescription"]["BackupDetails"]["BackupStatus"].get<std::string>();
}

}

class TstTransfers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesBetweenPages_areNotInTheMoment();
    void writesMeanwhile_areNotInTheBackup();
    void backupUnderWay_isShownAndProtected();
    void restoreWhileItemsChange_isOfItsMoment();
    void importUnderWay_tellsHowFarItIs();
    void chamberEndsMeanwhile_leavesNothingHalf();
    void chamberReset_leavesNothing();
    void cancelledImport_leavesNoTable();
    void tableDeletedMeanwhile_failsItsExport();
};

void TstTransfers::writesBetweenPages_areNotInTheMoment()
{
    DynamoDbRoom room;
    fill(room, kItems);
    const auto table = things(room);
    const auto before = stored(room, table->keyspace);
    dynamodb::HeldMomentPtr moment;
    QVERIFY(room.store().commit([&](store::Transaction& transaction) -> Result<> {
        moment = dynamodb::HeldMoment::begin(transaction, table, "1", false);
        return {};
    }));
    std::mt19937 random(11);
    std::map<std::string, std::string> read;
    writeAtRandom(room, random, 150);
    for (dynamodb::MomentReader reader(room.store(), table, moment); !reader.atEnd();) {
        const auto rows = reader.next();
        QVERIFY(rows);
        for (const auto& [key, text] : *rows)
            QVERIFY(read.emplace(key, text).second);
        writeAtRandom(room, random, 60);
    }
    QVERIFY(read == before);
    QVERIFY(stored(room, table->keyspace) != before);
}

void TstTransfers::writesMeanwhile_areNotInTheBackup()
{
    DynamoDbRoom room;
    fill(room, kItems);
    const auto before = stored(room, things(room)->keyspace);
    const auto made = room.call("CreateBackup", {{"TableName", "Things"}, {"BackupName", "first"}});
    const auto arn = made["BackupDetails"]["BackupArn"].get<std::string>();
    std::mt19937 random(12);
    writeAtRandom(room, random, 200);
    QTRY_VERIFY(backupStatus(room, arn) == "AVAILABLE");
    room.call("RestoreTableFromBackup", {{"TargetTableName", "Again"}, {"BackupArn", arn}});
    QTRY_VERIFY(room.call("DescribeTable", {{"TableName", "Again"}})["Table"]["TableStatus"] == "ACTIVE");
    const auto again = room.service().tables().find("us-east-1", "Again");
    QVERIFY(stored(room, again->keyspace) == before);
    QCOMPARE(again->state->table.items.load(), std::int64_t{kItems});
    QVERIFY(!things(room)->state->isHeld());
    QVERIFY(room.store().read()->keyspaces("dynamodb/moments/").empty());
}

void TstTransfers::backupUnderWay_isShownAndProtected()
{
    Setting setting;
    auto& room = setting.room;
    fill(room, 50);
    beginImport(room, "One");
    beginImport(room, "Two");
    setting.bucket.waitForCalls(2);
    const auto made = room.call("CreateBackup", {{"TableName", "Things"}, {"BackupName", "first"}});
    const auto arn = made["BackupDetails"]["BackupArn"].get<std::string>();
    put(room, 1000, 1); // behind its moment
    QCOMPARE(backupStatus(room, arn), std::string("CREATING"));
    const auto rows = transfers(room);
    QCOMPARE(rows.size(), std::size_t{3});
    QVERIFY(rows[0]["Kind"] == "Backup" && rows[0]["Status"] == "WAITING" && rows[0]["TotalItems"] == 50);
    QVERIFY(rows[1]["Kind"] == "Import" && rows[1]["Status"] == "RUNNING" && rows[1]["Finished"].is_null());
    room.call("DeleteBackup", {{"BackupArn", arn}});
    QVERIFY(room.error.starts_with("BackupInUseException"));
    room.call("RestoreTableFromBackup", {{"TargetTableName", "Again"}, {"BackupArn", arn}});
    QVERIFY(room.error.starts_with("BackupInUseException"));
    room.call("DeleteTable", {{"TableName", "Things"}});
    QVERIFY(room.error.starts_with("ResourceInUseException"));
    setting.bucket.open();
    QTRY_VERIFY(backupStatus(room, arn) == "AVAILABLE");
    QTRY_VERIFY(transfers(room)[0]["Status"] == "COMPLETED");
    QVERIFY(transfers(room)[0]["Items"] == 50);
    room.call("DeleteTable", {{"TableName", "Things"}});
    QCOMPARE(room.error, std::string());
}

void TstTransfers::restoreWhileItemsChange_isOfItsMoment()
{
    DynamoDbRoom room;
    fill(room, kItems);
    room.call("UpdateContinuousBackups",
        {{"TableName", "Things"},
            {"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", true}}}});
    std::mt19937 random(13);
    writeAtRandom(room, random, 200);
    room.clock().advance(60 * kSecond);
    const auto then = stored(room, things(room)->keyspace);
    const auto moment = room.clock().now() / kSecond - 1;
    writeAtRandom(room, random, 400); // several steps of the way back
    room.clock().advance(60 * kSecond);
    room.call("RestoreTableToPointInTime",
        {{"SourceTableName", "Things"}, {"TargetTableName", "Then"}, {"RestoreDateTime", moment}});
    QCOMPARE(room.error, std::string());
    writeAtRandom(room, random, 200);
    QTRY_VERIFY(room.call("DescribeTable", {{"TableName", "Then"}})["Table"]["TableStatus"] == "ACTIVE");
    QVERIFY(stored(room, room.service().tables().find("us-east-1", "Then")->keyspace) == then);
}

void TstTransfers::importUnderWay_tellsHowFarItIs()
{
    Setting setting;
    auto& room = setting.room;
    std::string body;
    for (int i = 0; i < 700; ++i)
        body += json{{"Item", item(i, 1)}}.dump() + "\n";
    setting.bucket.objects["a"] = body + "no item\n";
    const auto arn = beginImport(room, "Copy");
    setting.bucket.waitForCalls(1);
    QVERIFY(import(room, arn)["ImportStatus"] == "IN_PROGRESS");
    const auto table = room.call("DescribeTable", {{"TableName", "Copy"}});
    QVERIFY(table["Table"]["TableStatus"] == "CREATING");
    setting.bucket.open();
    QTRY_VERIFY(import(room, arn)["ImportStatus"] == "COMPLETED");
    const auto done = import(room, arn);
    QVERIFY(done["ImportedItemCount"] == 700 && done["ErrorCount"] == 1 && done["ProcessedItemCount"] == 701);
    QVERIFY(done["ProcessedSizeBytes"] == setting.bucket.objects["a"].size());
}

void TstTransfers::chamberEndsMeanwhile_leavesNothingHalf()
{
    Setting setting;
    auto& room = setting.room;
    fill(room, 50);
    const auto exportArn = beginExport(room);
    const auto importArn = beginImport(room, "Copy");
    setting.bucket.waitForCalls(2);
    room.call("CreateBackup", {{"TableName", "Things"}, {"BackupName", "first"}});
    const auto next = room.afterCrash();
    QVERIFY(!next->tables().find("us-east-1", "Copy"));
    const auto reader = room.store().read();
    QVERIFY(reader->keyspaces("dynamodb/moments/").empty());
    QVERIFY(reader->keyspaces("dynamodb/backup/").empty());
    const auto import = dynamodb::findTransfer(*reader, dynamodb::TransferKind::Import, importArn);
    QCOMPARE((*import)["ImportStatus"].get<std::string>(), std::string("FAILED"));
    const auto failed = dynamodb::findTransfer(*reader, dynamodb::TransferKind::Export, exportArn);
    QCOMPARE((*failed)["ExportStatus"].get<std::string>(), std::string("FAILED"));
    const auto rows = next->transfers().rows();
    QCOMPARE(rows.size(), std::size_t{3});
    for (const auto& row : rows) {
        QVERIFY(row["Status"] == "FAILED");
        QVERIFY(row["Failure"].get<std::string>().starts_with("The chamber was closed before"));
    }
}

void TstTransfers::chamberReset_leavesNothing()
{
    Setting setting;
    auto& room = setting.room;
    fill(room, 50);
    beginExport(room);
    beginImport(room, "Copy");
    setting.bucket.waitForCalls(2);
    QVERIFY(room.store().commit([](store::Transaction& transaction) -> Result<> {
        for (const auto& keyspace : transaction.keyspaces(""))
            transaction.dropKeyspace(keyspace);
        return {};
    }));
    room.service().reset();
    setting.bucket.open();
    room.service().stop(); // waits for what runs
    QVERIFY(room.store().read()->keyspaces("").empty());
    QVERIFY(transfers(room).empty());
}

void TstTransfers::cancelledImport_leavesNoTable()
{
    Setting setting;
    auto& room = setting.room;
    setting.bucket.objects["a"] = json{{"Item", item(1, 1)}}.dump();
    const auto arn = beginImport(room, "Copy");
    setting.bucket.waitForCalls(1);
    room.call("CancelTransfer", {{"Id", transfers(room)[0]["Id"]}});
    QCOMPARE(room.error, std::string());
    setting.bucket.open();
    QTRY_VERIFY(import(room, arn)["ImportStatus"] == "CANCELLED");
    room.call("DescribeTable", {{"TableName", "Copy"}});
    QVERIFY(room.error.starts_with("ResourceNotFoundException"));
    room.call("CancelTransfer", {{"Id", transfers(room)[0]["Id"]}});
    QVERIFY(room.error.starts_with("ResourceNotFoundException"));
}

void TstTransfers::tableDeletedMeanwhile_failsItsExport()
{
    Setting setting;
    auto& room = setting.room;
    fill(room, 50);
    const auto arn = beginExport(room);
    setting.bucket.waitForCalls(1);
    room.call("DeleteTable", {{"TableName", "Things"}});
    QCOMPARE(room.error, std::string());
    fill(room, 25); // another one of that name
    setting.bucket.open();
    QTRY_VERIFY(exported(room, arn)["ExportStatus"] == "FAILED");
    QCOMPARE(exported(room, arn)["FailureMessage"].get<std::string>(),
        std::string("The table Things was deleted meanwhile."));
}

CHAMBER_SUITE(TstTransfers, "tst_transfers")
#include "tst_transfers.moc"
