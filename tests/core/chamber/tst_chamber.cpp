#include "core/chamber/track_archive.h"
#include "core/chamber/track_json.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace core;
using core::chamber::Chamber;
using core::chamber::ChamberOptions;
using nlohmann::json;
using tests::TempChamber;

namespace {

Result<aws::Reply> createGroup(Chamber& chamber, const std::string& name)
{
    return chamber.caller().call("logs", "CreateLogGroup", {{"logGroupName", name}}, {});
}

std::size_t groups(Chamber& chamber)
{
    return chamber.caller().call("logs", "DescribeLogGroups", json::object(), {})->json()["logGroups"].size();
}

}

class TstChamber : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void folder_isMadeAndNamesTheChamber();
    void secondOpen_isConflict();
    void portInUse_isConflictNamingIt();
    void memory_leavesNothing();
    void content_survivesReopening();
    void tracks_surviveReopening();
    void clearedTracks_doNotComeBack();
    void tracks_areBoundedOnDisk();
    void clock_survivesReopening();
    void clock_runsOnAheadOfRealTime();
    void damagedFile_isNamed_data();
    void damagedFile_isNamed();
    void reset_emptiesEverythingAndWorksOn();
    void samples_areKnownUntilReset();
    void services_areAllThere();
    void endpoint_isEmptyBeforeListening();
};

void TstChamber::folder_isMadeAndNamesTheChamber()
{
    TempChamber chamber;
    QCOMPARE(chamber->name(), std::string("test"));
    QVERIFY(std::filesystem::exists(chamber.folder() / "chamber.json"));
    QVERIFY(std::filesystem::exists(chamber.folder() / "chamber.sqlite"));
    std::ifstream file(chamber.folder() / "chamber.json");
    const auto content = json::parse(file);
    QCOMPARE(content["format"].get<int>(), 1);
    QCOMPARE(content["clock"]["now"].get<std::string>(), std::string("2023-11-14T22:13:20.000Z"));
}

void TstChamber::secondOpen_isConflict()
{
    TempChamber chamber;
    ChamberOptions options;
    options.folder = chamber.folder();
    const auto second = Chamber::open(options);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Conflict);
    QVERIFY2(second.error().message.find(chamber.folder().string()) != std::string::npos,
        second.error().message.c_str());
}

void TstChamber::portInUse_isConflictNamingIt()
{
    TempChamber first;
    const auto port = first.endpoint().substr(first.endpoint().rfind(':') + 1);
    ChamberOptions options;
    options.durability = store::Durability::Memory;
    options.port = static_cast<std::uint16_t>(std::stoi(port));
    auto second = Chamber::open(options);
    QVERIFY(second.has_value());
    const auto listening = (*second)->listen();
    QVERIFY(!listening);
    QCOMPARE(listening.error().kind, ErrorKind::Conflict);
    QVERIFY(listening.error().message.find(port) != std::string::npos);
    QCOMPARE((*second)->endpoint(), std::string());
}

void TstChamber::memory_leavesNothing()
{
    ChamberOptions options;
    options.durability = store::Durability::Memory;
    auto chamber = Chamber::open(options);
    QVERIFY(chamber.has_value());
    const auto folder = (*chamber)->folder();
    QCOMPARE((*chamber)->name(), std::string("memory"));
    QVERIFY(createGroup(**chamber, "g").has_value());
    QVERIFY(std::filesystem::exists(folder));
    chamber->reset();
    QVERIFY(!std::filesystem::exists(folder));
}

void TstChamber::content_survivesReopening()
{
    TempChamber chamber;
    QVERIFY(createGroup(*chamber, "kept").has_value());
    chamber.reopen();
    QCOMPARE(groups(*chamber), 1u);
}

void TstChamber::tracks_surviveReopening()
{
    TempChamber chamber;
    QVERIFY(createGroup(*chamber, "made").has_value());
    QVERIFY(!createGroup(*chamber, "made").has_value());
    const auto before = chamber->tracer().latest(2);
    QCOMPARE(before.size(), 2u);
    chamber.reopen();
    const auto after = chamber->tracer().latest(10);
    QVERIFY(after.size() >= 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto found = chamber->tracer().find(before[i].id);
        QVERIFY(found);
        QCOMPARE(core::chamber::trackJson(*found).dump(), core::chamber::trackJson(before[i]).dump());
    }
    QCOMPARE(before[0].note, std::string("ResourceAlreadyExistsException"));
    QVERIFY(createGroup(*chamber, "another").has_value());
    QVERIFY(chamber->tracer().latest(1).front().sequence > before[0].sequence);
    QVERIFY(chamber->reset().has_value());
    chamber.reopen();
    QVERIFY(!chamber->tracer().find(before[0].id));
}

void TstChamber::clearedTracks_doNotComeBack()
{
    TempChamber chamber;
    QVERIFY(createGroup(*chamber, "made").has_value());
    chamber.reopen();
    QVERIFY(chamber->tracer().total() > 0);
    chamber->tracer().clear();
    chamber.reopen();
    QCOMPARE(chamber->tracer().latest(10).size(), 0u);
}

void TstChamber::tracks_areBoundedOnDisk()
{
    constexpr auto kMost = core::chamber::TrackArchive::kMostKept;
    TempChamber chamber;
    for (std::size_t i = 0; i < kMost + 500; ++i)
        chamber->tracer().open({"GET", "/" + std::to_string(i), "test", "client", "look"});
    chamber.reopen();
    QCOMPARE(chamber->tracer().total(), kMost);
    QCOMPARE(chamber->tracer().latest(1).front().path, "/" + std::to_string(kMost + 499));
    QCOMPARE(chamber->tracer().latest(2 * kMost).size(), kMost);
}

void TstChamber::clock_survivesReopening()
{
    TempChamber chamber;
    const auto start = chamber->clock().now();
    chamber->clock().advance(3600 * kSecond);
    chamber.reopen();
    QCOMPARE(chamber->clock().now(), start + 3600 * kSecond);
    QVERIFY(chamber->clock().state().paused);
}

void TstChamber::clock_runsOnAheadOfRealTime()
{
    TempChamber chamber({.paused = false});
    const auto start = chamber->clock().now();
    chamber->clock().advance(86'400 * kSecond);
    const auto before = chamber->clock().now();
    QVERIFY(before >= start + 86'400 * kSecond);
    chamber.reopen();
    QVERIFY(chamber->clock().now() >= before);
    // Less than a day by what passed while the clock ran its timers on the way, however slowly.
    const auto ahead = chamber->clock().now() - realMicros();
    QVERIFY(ahead >= 86'340 * kSecond && ahead < 86'460 * kSecond);
    QVERIFY(!chamber->clock().state().paused);
}

void TstChamber::damagedFile_isNamed_data()
{
    QTest::addColumn<QString>("content");
    QTest::newRow("no JSON") << "{";
    QTest::newRow("no object") << "[]";
    QTest::newRow("later format") << R"({"format": 2})";
    QTest::newRow("no clock") << R"({"format": 1})";
    QTest::newRow("no time")
        << R"({"format": 1, "clock": {"now": "soon", "rate": 1, "paused": true, "aheadMicros": 0}})";
    QTest::newRow("wrong type")
        << R"({"format": 1, "clock": {"now": 5, "rate": 1, "paused": true, "aheadMicros": 0}})";
}

void TstChamber::damagedFile_isNamed()
{
    QFETCH(QString, content);
    QTemporaryDir folder;
    std::ofstream(folder.filePath("chamber.json").toStdString()) << content.toStdString();
    ChamberOptions options;
    options.folder = folder.path().toStdString();
    const auto opened = Chamber::open(options);
    QVERIFY(!opened);
    QVERIFY2(
        opened.error().message.find("chamber.json") != std::string::npos, opened.error().message.c_str());
}

void TstChamber::reset_emptiesEverythingAndWorksOn()
{
    TempChamber chamber;
    QVERIFY(createGroup(*chamber, "g").has_value());
    QVERIFY(chamber->reset().has_value());
    QCOMPARE(groups(*chamber), 0u);
    QVERIFY(createGroup(*chamber, "g").has_value());
    QCOMPARE(groups(*chamber), 1u);
}

void TstChamber::samples_areKnownUntilReset()
{
    TempChamber chamber;
    QVERIFY(!chamber->hasSample("shop"));
    QVERIFY(chamber->noteSample("shop").has_value());
    chamber.reopen();
    QVERIFY(chamber->hasSample("shop") && !chamber->hasSample("other"));
    QVERIFY(chamber->reset().has_value());
    QVERIFY(!chamber->hasSample("shop"));
}

void TstChamber::services_areAllThere()
{
    TempChamber chamber;
    std::string names;
    for (const auto* service : chamber->services())
        names += std::string(service->id()) + ' ';
    // In the order in which their addresses are tried; S3 gets what nothing else claims.
    QCOMPARE(names,
        std::string("dynamodb dynamodbstreams logs lambda events sqs sns sts monitoring xray apigatewayv2 "
                    "apigatewaymanagementapi apigateway cdn s3 "));
}

void TstChamber::endpoint_isEmptyBeforeListening()
{
    TempChamber chamber({.listening = false});
    QCOMPARE(chamber.endpoint(), std::string());
    QVERIFY(chamber->listen().has_value());
    QVERIFY(chamber.endpoint().starts_with("http://127.0.0.1:"));
}

CHAMBER_SUITE(TstChamber, "tst_chamber")
#include "tst_chamber.moc"
