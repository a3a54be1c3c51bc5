#include "core/events/service.h"
#include "tests/support/patience.h"
#include "tests/support/service_fixture.h"
#include "tests/support/suites.h"

#include <QTest>

#include <mutex>

using namespace core;
using nlohmann::json;

namespace {

const std::string kFunction = "arn:aws:lambda:us-east-1:000000000000:function:f";

// Answers for Lambda: the function is there, and its policy is what a test says.
struct FakeLambda {
    Result<aws::Reply> operator()(const FakeCaller::Asked& asked)
    {
        const std::lock_guard guard(mutex);
        if (asked.what == "lambda GetFunctionConfiguration")
            return aws::Reply::of(json::object());
        if (asked.what == "lambda GetPolicy")
            return aws::Reply::of({{"Policy", policy}});
        if (refusals > 0) {
            --refusals;
            return fail(ErrorKind::Io, "ServiceException", "not now");
        }
        if (asked.input.at("InvocationType") == "Event")
            payloads.push_back(json::parse(asked.payload));
        return aws::Reply{};
    }
    int count()
    {
        const std::lock_guard guard(mutex);
        return static_cast<int>(payloads.size());
    }

    std::mutex mutex;
    std::vector<json> payloads;
    std::string policy =
        R"({"Version":"2012-10-17","Statement":[{"Sid":"s","Effect":"Allow","Action":"lambda:InvokeFunction","Resource":")"
        + kFunction + R"(","Principal":{"Service":"events.amazonaws.com"}}]})";
    int refusals = 0;
};

}

// Schedules and deliveries on a clock that stands still, without a real function.
class TstEvents : public QObject {
    Q_OBJECT

    struct Room : ServiceFixture {
        Room()
            : ServiceFixture({}, store::Durability::Relaxed)
        {
            caller.onCall = [this](const FakeCaller::Asked& asked) { return lambda(asked); };
            open();
        }
        ~Room() override { rules->stop(); }
        aws::Service& service() override { return *rules; }
        void open()
        {
            rules = std::make_unique<events::EventsService>(host());
            expect("ListEventBuses", json::object());
        }
        void reopen()
        {
            rules->stop();
            rules.reset();
            open();
        }
        void putRule(json more)
        {
            more["Name"] = "r";
            expect("PutRule", more);
            expect("PutTargets", {{"Rule", "r"}, {"Targets", {{{"Id", "t"}, {"Arn", kFunction}}}}});
        }
        bool hasStep(const std::string& title)
        {
            for (const auto& track : tracer.latest(500)) {
                for (const auto& span : track.spans) {
                    for (const auto& step : span.steps) {
                        if (step.title == title)
                            return true;
                    }
                }
            }
            return false;
        }

        FakeLambda lambda;
        std::unique_ptr<events::EventsService> rules;
    };

private Q_SLOTS:
    void rate_firesOnTheClock()
    {
        Room room;
        room.putRule({{"ScheduleExpression", "rate(1 minute)"}});
        QCOMPARE(room.lambda.count(), 0);
        room.clock.advance(60 * kSecond);
        QTRY_COMPARE(room.lambda.count(), 1);
        const auto event = room.lambda.payloads.front();
        QCOMPARE(event.at("detail-type").get<std::string>(), std::string("Scheduled Event"));
        QCOMPARE(event.at("source").get<std::string>(), std::string("aws.events"));
        QCOMPARE(event.at("time").get<std::string>(), std::string("2023-11-14T22:14:20Z"));
        QCOMPARE(
            event.at("resources").dump(), std::string(R"(["arn:aws:events:us-east-1:000000000000:rule/r"])"));
        QCOMPARE(event.at("detail").dump(), std::string("{}"));
        room.clock.advance(180 * kSecond);
        QTRY_COMPARE(room.lambda.count(), 4);
    }

    void cron_firesAtItsMoment()
    {
        Room room;
        room.putRule({{"ScheduleExpression", "cron(30 22 * * ? *)"}});
        room.clock.advance(24 * 3600 * kSecond);
        QTRY_COMPARE(room.lambda.count(), 1);
        QCOMPARE(
            room.lambda.payloads.front().at("time").get<std::string>(), std::string("2023-11-14T22:30:00Z"));
    }

    void longWay_firesABoundedNumberOfTimes()
    {
        Room room;
        room.putRule({{"ScheduleExpression", "rate(1 minute)"}});
        room.clock.advance(24 * 3600 * kSecond);
        QTRY_VERIFY(room.hasStep("Later moments are skipped"));
        QTRY_VERIFY(room.lambda.count() >= events::Scheduler::kMostAtOnce);
        room.clock.advance(60 * kSecond);
        QTRY_VERIFY(room.lambda.count() > events::Scheduler::kMostAtOnce);
        // One more, when the scheduler looked while the clock was at the first moment.
        QVERIFY(room.lambda.count() <= events::Scheduler::kMostAtOnce + 2);
    }

    void disabledRule_doesNotFire()
    {
        Room room;
        room.putRule({{"ScheduleExpression", "rate(1 minute)"}});
        room.expect("DisableRule", {{"Name", "r"}});
        room.clock.advance(90 * kSecond);
        room.expect("EnableRule", {{"Name", "r"}});
        room.clock.advance(59 * kSecond);
        room.clock.advance(1 * kSecond);
        QTRY_COMPARE(room.lambda.count(), 1);
        QCOMPARE(
            room.lambda.payloads.front().at("time").get<std::string>(), std::string("2023-11-14T22:15:50Z"));
    }

    void schedule_outlivesTheChamber()
    {
        Room room;
        room.putRule({{"ScheduleExpression", "rate(1 minute)"}});
        room.reopen();
        room.clock.advance(60 * kSecond);
        QTRY_COMPARE(room.lambda.count(), 1);
    }

    void momentsWhileTheChamberWasClosed_fireWhenItOpens()
    {
        Room room;
        room.putRule({{"ScheduleExpression", "rate(1 minute)"}});
        room.rules->stop();
        room.rules.reset();
        room.clock.advance(150 * kSecond);
        QCOMPARE(room.lambda.count(), 0);
        room.open();
        QTRY_COMPARE(room.lambda.count(), 2);
        QCOMPARE(room.lambda.payloads[0].at("time").get<std::string>(), std::string("2023-11-14T22:14:20Z"));
        QCOMPARE(room.lambda.payloads[1].at("time").get<std::string>(), std::string("2023-11-14T22:15:20Z"));
        // Once: what has fired is remembered.
        room.reopen();
        room.clock.advance(30 * kSecond);
        QTRY_COMPARE(room.lambda.count(), 3);
        QCOMPARE(room.lambda.payloads[2].at("time").get<std::string>(), std::string("2023-11-14T22:16:20Z"));
    }

    void ruleThatWasDisabledMeanwhile_doesNotFireLate()
    {
        Room room;
        room.putRule({{"ScheduleExpression", "rate(1 minute)"}});
        room.expect("DisableRule", {{"Name", "r"}});
        room.clock.advance(150 * kSecond);
        room.expect("EnableRule", {{"Name", "r"}});
        room.reopen();
        room.clock.advance(60 * kSecond);
        // A rate counts from when the rule was enabled.
        QTRY_COMPARE(room.lambda.count(), 1);
        QCOMPARE(
            room.lambda.payloads.front().at("time").get<std::string>(), std::string("2023-11-14T22:16:50Z"));
    }

    void event_reachesTheTargetsOfRulesThatMatch()
    {
        Room room;
        room.putRule({{"EventPattern", R"({"source":["shop"],"detail":{"total":[{"numeric":[">",10]}]}})"}});
        const auto answer = room.expect("PutEvents",
            {{"Entries",
                {{{"Source", "shop"}, {"DetailType", "order"}, {"Detail", R"({"total":11})"}},
                    {{"Source", "shop"}, {"DetailType", "order"}, {"Detail", R"({"total":9})"}},
                    {{"Source", "shop"}, {"DetailType", "order"}, {"Detail", "[]"}}}}});
        QCOMPARE(answer.at("FailedEntryCount").get<int>(), 1);
        QTRY_COMPARE(room.lambda.count(), 1);
        const auto event = room.lambda.payloads.front();
        QCOMPARE(event.at("detail").dump(), std::string(R"({"total":11})"));
        QCOMPARE(event.at("id").get<std::string>(), answer["Entries"][0]["EventId"].get<std::string>());
        QCOMPARE(event.at("version").get<std::string>(), std::string("0"));
        QCOMPARE(event.at("time").get<std::string>(), std::string("2023-11-14T22:13:20Z"));
    }

    void functionWithoutPermission_doesNotGetIt()
    {
        Room room;
        room.lambda.policy = "{}";
        room.putRule({{"EventPattern", R"({"source":["shop"]})"}});
        room.expect(
            "PutEvents", {{"Entries", {{{"Source", "shop"}, {"DetailType", "order"}, {"Detail", "{}"}}}}});
        QTRY_VERIFY(room.hasStep("Not delivered"));
        QTRY_COMPARE(static_cast<int>(room.kept("events/deliveries")), 0);
        QCOMPARE(room.lambda.count(), 0);
    }

    void failedDelivery_isTriedAgainOnTheClock()
    {
        Room room;
        room.lambda.refusals = 1;
        room.putRule({{"EventPattern", R"({"source":["shop"]})"}});
        room.expect(
            "PutEvents", {{"Entries", {{{"Source", "shop"}, {"DetailType", "order"}, {"Detail", "{}"}}}}});
        QTRY_VERIFY(room.hasStep("Tries again in 1 s of the chamber's clock"));
        QCOMPARE(room.lambda.count(), 0);
        // It lies in the store meanwhile.
        room.reopen();
        room.clock.advance(kSecond);
        QTRY_COMPARE(room.lambda.count(), 1);
    }
};

CHAMBER_SUITE(TstEvents, "tst_events")
#include "tst_events.moc"
