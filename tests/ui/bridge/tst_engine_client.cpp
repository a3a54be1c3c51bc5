#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/bridge/call_command.h"

#include <nlohmann/json.hpp>

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <semaphore>

using namespace Qt::StringLiterals;
using namespace ui::bridge;
using nlohmann::json;

class TstEngineClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void call_answersOnTheUiThread()
    {
        tests::UiBench bench;
        bench.caller.answer("DescribeTable", {{"Table", {{"TableName", "Books"}}}});
        QString name;
        QThread* thread = nullptr;
        bench.client.call(this, u"dynamodb"_s, u"DescribeTable"_s, {{"TableName", "Books"}},
            [&](const EngineClient::Answer& answer) {
                thread = QThread::currentThread();
                name = QString::fromStdString(answer->at("Table").at("TableName").get<std::string>());
            });
        QTRY_COMPARE(name, u"Books"_s);
        QCOMPARE(thread, QThread::currentThread());
        QVERIFY(!bench.caller.asked("DescribeTable").front().quiet);
    }

    void refresh_leavesNoTrack()
    {
        tests::UiBench bench;
        bench.caller.answer("ListTables", {{"TableNames", json::array()}});
        bool answered = false;
        bench.client.refresh(this, u"dynamodb"_s, u"ListTables"_s, json::object(),
            [&](const EngineClient::Answer&) { answered = true; });
        QTRY_VERIFY(answered);
        QVERIFY(bench.caller.asked("ListTables").back().quiet);
    }

    void error_reachesTheReceiver()
    {
        tests::UiBench bench;
        bench.caller.answer("GetItem", [](const json&) {
            return core::fail(
                core::ErrorKind::NotFound, "ResourceNotFoundException", "Requested resource not found");
        });
        QString code;
        bench.client.call(this, u"dynamodb"_s, u"GetItem"_s, json::object(),
            [&](const EngineClient::Answer& answer) { code = QString::fromStdString(answer.error().code); });
        QTRY_COMPARE(code, u"ResourceNotFoundException"_s);
    }

    void receiverThatDied_getsNoAnswer()
    {
        tests::UiBench bench;
        std::binary_semaphore mayAnswer(0);
        std::atomic<bool> asked = false;
        bench.caller.answer("Slow", [&](const json&) {
            asked = true;
            mayAnswer.acquire();
            return json::object();
        });
        auto receiver = std::make_unique<QObject>();
        bool called = false;
        bench.client.call(receiver.get(), u"x"_s, u"Slow"_s, json::object(),
            [&](const EngineClient::Answer&) { called = true; });
        QTRY_VERIFY(asked);
        receiver.reset();
        mayAnswer.release();
        bool later = false;
        bench.client.runInOrder(
            this, [] { return 1; }, [&](int) { later = true; });
        QTRY_VERIFY(later);
        QTRY_COMPARE(bench.client.running(), 0);
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void changesInOrder_runOneAfterTheOther()
    {
        tests::UiBench bench;
        QList<int> order;
        for (int i = 0; i < 20; ++i)
            bench.client.runInOrder(
                this, [i] { return i; }, [&](int value) { order.append(value); });
        QTRY_COMPARE(order.size(), 20);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void send_namesTheTrackItLeft()
    {
        tests::UiBench bench;
        bench.caller.answer("Invoke", {{"ok", true}});
        QString track;
        bench.client.send(this, u"lambda"_s, u"Invoke"_s, {{"FunctionName", "f"}}, "{}",
            [&](const EngineClient::Sent& sent) { track = sent.trackId; });
        QTRY_VERIFY(!track.isEmpty());
        QVERIFY(bench.tracer.find(track.toStdString()));
        QCOMPARE(bench.caller.asked("Invoke").front().payload, std::string("{}"));
    }

    void burstOfEvents_becomesOneSignal()
    {
        tests::UiBench bench;
        QSignalSpy spy(&bench.events, &EventBridge::resourcesChanged);
        for (int i = 0; i < 1'000; ++i)
            bench.changes.publish({"dynamodb", "PutItem", "us-east-1", "Books", true});
        bench.changes.publish({"dynamodb", "CreateTable", "us-east-1", "Orders", false});
        QTRY_COMPARE(spy.count(), 1);
        const auto changes = spy.front().front().value<QList<ResourceChange>>();
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[1].resource, u"Orders"_s);
    }

    void tracks_areSignalled()
    {
        tests::UiBench bench;
        QSignalSpy spy(&bench.events, &EventBridge::tracksChanged);
        auto span = bench.tracer.open(
            {.method = "GET", .path = "/books", .from = "sdk", .service = "cdn", .name = "x"});
        const auto id = QString::fromStdString(span.trackId());
        span.end();
        QTRY_VERIFY(spy.count() > 0);
        QVERIFY(spy.front().front().toStringList().contains(id));
    }

    void resourceIndex_followsTheWire()
    {
        tests::UiBench bench;
        bench.caller.answer("ListTables", {{"TableNames", {"Books"}}});
        bench.resources.reload();
        QTRY_VERIFY(bench.resources.find(u"table"_s, u"Books"_s));
        bench.caller.answer("ListTables", {{"TableNames", {"Books", "Orders"}}});
        bench.changes.publish({"dynamodb", "CreateTable", "us-east-1", "Orders", false});
        QTRY_VERIFY(bench.resources.find(u"table"_s, u"Orders"_s));
    }

    void callCommand_undoesAndStopsAtTheFirstError()
    {
        tests::UiBench bench;
        bench.caller.answer("DeleteTable", json::object());
        bench.caller.answer("CreateTable", [](const json&) {
            return core::fail(core::ErrorKind::Conflict, "ResourceInUseException", "in use");
        });
        bench.caller.answer("PutItem", json::object());
        QStringList log;
        bench.undo.push(new CallCommand(bench.client, u"delete Books"_s,
            {{u"dynamodb"_s, u"DeleteTable"_s, {{"TableName", "Books"}}}},
            {{u"dynamodb"_s, u"CreateTable"_s, {{"TableName", "Books"}}},
                {u"dynamodb"_s, u"PutItem"_s, json::object()}},
            this, [&](const core::Result<>& result, bool undone) {
                log.append((undone ? u"undo "_s : u"redo "_s)
                    + (result ? u"ok"_s : QString::fromStdString(result.error().code)));
            }));
        bench.undo.undo();
        QTRY_COMPARE(log, QStringList({u"redo ok"_s, u"undo ResourceInUseException"_s}));
        QVERIFY(bench.caller.asked("PutItem").empty());
    }
};

CHAMBER_SUITE(TstEngineClient, "tst_engine_client")

#include "tst_engine_client.moc"
