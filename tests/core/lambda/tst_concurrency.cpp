#include "core/lambda/concurrency_book.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace tests;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())
#define TRY_JSON(actual, expected) QTRY_COMPARE(json(actual).dump(), json(expected).dump())
using namespace core::lambda;

namespace {

Function named(const char* name, const char* version = "$LATEST")
{
    Function function;
    function.region = "us-east-1";
    function.name = name;
    function.version = version;
    return function;
}

std::string reasonOf(const core::Error& error)
{
    return json::parse(error.members).at("Reason");
}

}

// Who may run at once: the pure book, and the actions about it with real processes.
class TstConcurrency : public QObject {
    Q_OBJECT

    json call(const char* action, json input)
    {
        input["FunctionName"] = "f";
        auto answer = m_room->call(action, input);
        return answer ? *answer : json{{"error", answer.error().code + ": " + answer.error().message}};
    }

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void reserved_isALimit()
    {
        ConcurrencyBook book;
        const auto f = named("f");
        book.setReserved(f, 2);
        auto first = book.admit(f, false);
        auto second = book.admit(named("f", "1"), false);
        QVERIFY(first && second);
        const auto third = book.admit(f, false);
        QVERIFY(!third);
        QCOMPARE(reasonOf(third.error()), std::string("ReservedFunctionConcurrentInvocationLimitExceeded"));
        second = ConcurrencyBook::Ticket();
        QVERIFY(book.admit(f, false));
        book.setReserved(f, 0);
        QVERIFY(!book.admit(f, false));
    }

    void provisioned_comesOutOfTheReservation()
    {
        ConcurrencyBook book;
        const auto latest = named("f");
        const auto version = named("f", "1");
        book.setReserved(latest, 2);
        book.setProvisioned(version, 2);
        const auto refused = book.admit(latest, false);
        QVERIFY(!refused);
        QCOMPARE(reasonOf(refused.error()), std::string("ReservedFunctionConcurrentInvocationLimitExceeded"));
        const auto first = book.admit(version, false);
        const auto second = book.admit(version, false);
        QVERIFY(first && second);
        QVERIFY(!first->spilled());
        QVERIFY(!book.admit(version, false));
    }

    void account_hasALimitOfWhatIsNotReserved()
    {
        ConcurrencyBook book;
        book.setReserved(named("big"), 890);
        book.setProvisioned(named("warm", "1"), 10);
        COMPARE_JSON(book.unreserved("us-east-1"), 100);
        std::vector<ConcurrencyBook::Ticket> running;
        for (int i = 0; i < 100; ++i)
            running.push_back(*book.admit(named(i % 2 ? "a" : "b"), false));
        const auto refused = book.admit(named("c"), false);
        QVERIFY(!refused);
        QCOMPARE(reasonOf(refused.error()), std::string("ConcurrentInvocationLimitExceeded"));
        // What is reserved or provisioned is not touched by it.
        QVERIFY(book.admit(named("big"), false));
        QVERIFY(book.admit(named("warm", "1"), false));
        running.clear();
        QVERIFY(book.admit(named("c"), false));
    }

    void reservationWhileRunning_movesWhatRuns()
    {
        ConcurrencyBook book;
        const auto f = named("f");
        {
            const auto running = book.admit(f, false);
            book.setReserved(f, 1);
            QVERIFY(!book.admit(f, false));
        }
        QVERIFY(book.admit(f, false));
        book.forget("us-east-1", f.key());
        COMPARE_JSON(book.unreserved("us-east-1"), 1000);
    }

    void requestRate_isTenTimesTheConcurrency()
    {
        ConcurrencyBook book;
        const auto f = named("f");
        book.setReserved(f, 1);
        // Real time passes meanwhile: some more than ten fit.
        std::string reason;
        int ofTheFunction = 0;
        while (reason.empty() && ofTheFunction < 1000) {
            if (const auto one = book.admit(f, true))
                ++ofTheFunction;
            else
                reason = reasonOf(one.error());
        }
        QVERIFY(ofTheFunction >= 10);
        QCOMPARE(reason, std::string("ReservedFunctionInvocationRateLimitExceeded"));
        QVERIFY(book.admit(f, false)); // asynchronous ones are not counted
        QTRY_VERIFY(book.admit(f, true)); // comes back with real time alone
        auto many = book.admit(named("g"), true);
        int admitted = 0;
        for (; many && admitted < 100'000; ++admitted)
            many = book.admit(named("g"), true);
        QVERIFY(!many);
        QVERIFY(admitted >= 10'000);
        QCOMPARE(reasonOf(many.error()), std::string("CallerRateLimitExceeded"));
    }

    void burst_isAThousandInTenSeconds()
    {
        ConcurrencyBook book;
        for (int i = 0; i < 1000; ++i)
            QVERIFY(book.mayStart("us-east-1/f", 0));
        QVERIFY(!book.mayStart("us-east-1/f", 0));
        QVERIFY(book.mayStart("us-east-1/g", 0));
        QVERIFY(book.mayStart("us-east-1/f", core::kSecond));
    }

    void reservedZero_throttlesWithAReason()
    {
        m_room->create("f", "python3.12", "def handler(e, c):\n    return 1\n");
        COMPARE_JSON(call("GetFunctionConcurrency", {}), json::object());
        COMPARE_JSON(call("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 0}}),
            json({{"ReservedConcurrentExecutions", 0}}));
        const auto check = [this] {
            const auto answer = m_room->send("POST", "/2015-03-31/functions/f/invocations", "{}");
            COMPARE_JSON(answer.status, 429);
            QCOMPARE(
                std::string(answer.headers.get("x-amzn-ErrorType")), std::string("TooManyRequestsException"));
            QVERIFY(answer.headers.has("Retry-After"));
            COMPARE_JSON(json::parse(answer.body),
                json({{"Reason", "ReservedFunctionConcurrentInvocationLimitExceeded"}, {"Type", "User"},
                    {"message", "Rate Exceeded."}}));
        };
        check();
        m_room->reopen();
        check();
        COMPARE_JSON(call("GetFunction", {}).at("Concurrency"), json({{"ReservedConcurrentExecutions", 0}}));
        call("DeleteFunctionConcurrency", {});
        QCOMPARE(m_room->invoke("f").payload, std::string("1"));
    }

    void manyAtOnce_runOnWhatIsReserved()
    {
        m_room->create(
            "f", "python3.12", "import time\ndef handler(e, c):\n    time.sleep(0.5)\n    return 1\n");
        call("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 4}});
        std::atomic<int> served = 0;
        std::atomic<int> throttled = 0;
        std::vector<std::thread> clients;
        for (int i = 0; i < 40; ++i)
            clients.emplace_back([&] {
                const auto answer = m_room->send("POST", "/2015-03-31/functions/f/invocations", "{}");
                served += answer.status == 200 && answer.body == "1" ? 1 : 0;
                const bool reserved = answer.body.find("ReservedFunctionConcurrentInvocationLimitExceeded")
                    != std::string::npos;
                throttled += answer.status == 429 && reserved ? 1 : 0;
            });
        for (auto& client : clients)
            client.join();
        QVERIFY(served >= 4);
        QCOMPARE(served + throttled, 40);
        QVERIFY(m_room->environments("f").size() <= 4);
    }

    // AWS would start as many environments as there are requests; nobody is refused for this computer's sake.
    void moreThanThereAreEnvironments_wait()
    {
        constexpr int kClients = 20 * kMaxEnvironments;
        m_room->create("f", "python3.12",
            "import time\ndef handler(e, c):\n    time.sleep(0.05)\n    return 1\n", {{"Timeout", 60}});
        std::atomic<int> served = 0;
        std::vector<std::thread> clients;
        for (int i = 0; i < kClients; ++i)
            clients.emplace_back([&] {
                const auto answer = m_room->send("POST", "/2015-03-31/functions/f/invocations", "{}");
                served += answer.status == 200 && answer.body == "1" ? 1 : 0;
            });
        for (auto& client : clients)
            client.join();
        QCOMPARE(served.load(), kClients);
        QCOMPARE(m_room->environments("f").size(), std::size_t{kMaxEnvironments});
    }

    // Who has waited is served before who comes at the moment in which an environment is free.
    void firstInLine_isServedFirst()
    {
        m_room->create("f", "python3.12", "def handler(e, c):\n    return 1\n", {{"Timeout", 60}});
        const auto function = m_room->lambda().functions().find("us-east-1/f");
        auto& pool = m_room->lambda().environments();
        core::trace::SpanScope span;
        std::vector<EnvironmentLease> taken;
        for (int i = 0; i < kMaxEnvironments; ++i)
            taken.push_back(*pool.acquire(function, span, true));
        std::atomic<bool> served = false;
        const auto since = core::steadyMicros();
        std::jthread first([&] {
            core::trace::SpanScope own;
            const auto lease = pool.acquire(function, own, true);
            served = lease.has_value();
        });
        QTRY_COMPARE(pool.waiting("us-east-1/f"), 1);
        COMPARE_JSON(call("ListEnvironments", {}).at("Waiting"), json(1));
        QTRY_VERIFY(core::steadyMicros() - since > 100'000);
        taken.pop_back();
        const auto lease = pool.acquire(function, span, true);
        const bool inTurn = served;
        first.join();
        QVERIFY(lease.has_value());
        QVERIFY(inTurn);
        QCOMPARE(pool.waiting("us-east-1/f"), 0);
    }

    void longWait_endsWithTheTimeOut()
    {
        m_room->create("f", "python3.12",
            "import time\ndef handler(e, c):\n    time.sleep(60)\n    return 1\n", {{"Timeout", 1}});
        const auto function = m_room->lambda().functions().find("us-east-1/f");
        auto& pool = m_room->lambda().environments();
        core::trace::SpanScope span;
        std::vector<EnvironmentLease> taken;
        for (int i = 0; i < kMaxEnvironments; ++i)
            taken.push_back(*pool.acquire(function, span, true));
        QCOMPARE(reasonOf(pool.acquire(function, span, false).error()),
            std::string("ConcurrentInvocationLimitExceeded"));
        QCOMPARE(reasonOf(pool.acquire(function, span, true).error()),
            std::string("ConcurrentInvocationLimitExceeded"));
    }

    void limits_haveAwsErrors()
    {
        m_room->create("f", "python3.12", "def handler(e, c):\n    return 1\n");
        const std::string invalid = "InvalidParameterValueException: ";
        COMPARE_JSON(call("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 901}}).at("error"),
            json(invalid
                + "Specified ReservedConcurrentExecutions for function decreases account's "
                  "UnreservedConcurrentExecution below its minimum value of [100]."));
        QVERIFY(!call("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 900}}).contains("error"));
        COMPARE_JSON((*m_room->call("GetAccountSettings", json::object())).at("AccountLimit"),
            json({{"CodeSizeUnzipped", 262144000}, {"CodeSizeZipped", 52428800},
                {"ConcurrentExecutions", 1000}, {"TotalCodeSize", 80530636800},
                {"UnreservedConcurrentExecutions", 100}}));
        QVERIFY(!call("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 2}}).contains("error"));
        call("PublishVersion", {});
        COMPARE_JSON(call("PutProvisionedConcurrencyConfig",
                         {{"Qualifier", "1"}, {"ProvisionedConcurrentExecutions", 3}})
                         .at("error"),
            json(invalid
                + "Requested Provisioned Concurrency should not be greater than the "
                  "reservedConcurrentExecution for "
                  "function"));
        COMPARE_JSON(call("PutProvisionedConcurrencyConfig",
                         {{"Qualifier", "$LATEST"}, {"ProvisionedConcurrentExecutions", 1}})
                         .at("error"),
            json(invalid
                + "Provisioned Concurrency Configs cannot be applied to unpublished function versions."));
        COMPARE_JSON(call("GetProvisionedConcurrencyConfig", {{"Qualifier", "1"}}).at("error"),
            json("ProvisionedConcurrencyConfigNotFoundException: No Provisioned Concurrency Config found for "
                 "this "
                 "function"));
        COMPARE_JSON(call("GetProvisionedConcurrencyConfig", {{"Qualifier", "live"}}).at("error"),
            json("ResourceNotFoundException: Cannot find alias arn: "
                 "arn:aws:lambda:us-east-1:000000000000:function:f:live"));
    }

    void provisioned_isKeptWarm()
    {
        m_room->create("f", "python3.12",
            "import os\ndef handler(e, c):\n    return [os.environ['AWS_LAMBDA_INITIALIZATION_TYPE'], "
            "os.getpid()]\n");
        call("PublishVersion", {});
        call("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
        const auto put = call("PutProvisionedConcurrencyConfig",
            {{"Qualifier", "live"}, {"ProvisionedConcurrentExecutions", 2}});
        COMPARE_JSON(put.at("Status"), json("IN_PROGRESS"));
        COMPARE_JSON(put.at("AllocatedProvisionedConcurrentExecutions"), json(0));
        const auto status = [this] {
            return call("GetProvisionedConcurrencyConfig", {{"Qualifier", "live"}});
        };
        TRY_JSON(status().at("Status"), json("READY"));
        COMPARE_JSON(status().at("AvailableProvisionedConcurrentExecutions"), json(2));
        const auto first = m_room->invoke("f:live");
        COMPARE_JSON(first.json[0], json("provisioned-concurrency"));
        QVERIFY(first.log.find("Init Duration") == std::string::npos);
        // Idle for long, and still there.
        m_room->clock().advance(3600 * core::kSecond);
        QCOMPARE(m_room->environments("f").size(), std::size_t{2});
        COMPARE_JSON(m_room->invoke("f").json[0], json("on-demand"));
        // A version has one kind of provision.
        COMPARE_JSON(call("PutProvisionedConcurrencyConfig",
                         {{"Qualifier", "1"}, {"ProvisionedConcurrentExecutions", 1}})
                         .at("error"),
            json("ResourceConflictException: Version is pointed by a Provisioned Concurrency alias"));
        const auto list = call("ListProvisionedConcurrencyConfigs", {}).at("ProvisionedConcurrencyConfigs");
        QCOMPARE(list.size(), std::size_t{1});
        COMPARE_JSON(
            list.at(0).at("FunctionArn"), json("arn:aws:lambda:us-east-1:000000000000:function:f:live"));
        // After the chamber was closed they start with the first request.
        m_room->reopen();
        TRY_JSON(status().at("Status"), json("READY"));
        call("DeleteAlias", {{"Name", "live"}});
        QTRY_COMPARE(m_room->environments("f").size(), std::size_t{0});
        COMPARE_JSON(
            call("ListProvisionedConcurrencyConfigs", {}).at("ProvisionedConcurrencyConfigs"), json::array());
    }

    void provisionedAlias_pointsToOnePublishedVersion()
    {
        m_room->create("f", "python3.12", "def handler(e, c):\n    return 1\n");
        call("PublishVersion", {});
        call("UpdateFunctionConfiguration", {{"Timeout", 9}});
        call("PublishVersion", {});
        call("CreateAlias", {{"Name", "newest"}, {"FunctionVersion", "$LATEST"}});
        call("CreateAlias",
            {{"Name", "shared"}, {"FunctionVersion", "1"},
                {"RoutingConfig", {{"AdditionalVersionWeights", {{"2", 0.5}}}}}});
        const auto put = [this](const char* qualifier) {
            return call("PutProvisionedConcurrencyConfig",
                {{"Qualifier", qualifier}, {"ProvisionedConcurrentExecutions", 1}})
                .value("error", "");
        };
        const std::string invalid = "InvalidParameterValueException: ";
        COMPARE_JSON(put("newest"),
            invalid + "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        COMPARE_JSON(
            put("shared"), invalid + "Alias with weights can not be used with Provisioned Concurrency");
    }

    void provisionedThatEnds_isReplaced()
    {
        m_room->create("f", "python3.12", "import os\ndef handler(e, c):\n    os._exit(3)\n");
        call("PublishVersion", {});
        call("PutProvisionedConcurrencyConfig", {{"Qualifier", "1"}, {"ProvisionedConcurrentExecutions", 1}});
        const auto status = [this] { return call("GetProvisionedConcurrencyConfig", {{"Qualifier", "1"}}); };
        TRY_JSON(status().at("Status"), json("READY"));
        const auto before = m_room->environments("f").at(0).at("Id");
        QCOMPARE(m_room->invoke("f:1").functionError, std::string("Unhandled"));
        QTRY_VERIFY(status().at("Status") == "READY" && m_room->environments("f").at(0).at("Id") != before);
    }

    void provisionedThatCannotStart_fails()
    {
        m_room->create("f", "python3.12", "raise ValueError('no')\n");
        call("PublishVersion", {});
        call("PutProvisionedConcurrencyConfig", {{"Qualifier", "1"}, {"ProvisionedConcurrentExecutions", 1}});
        const auto status = [this] { return call("GetProvisionedConcurrencyConfig", {{"Qualifier", "1"}}); };
        TRY_JSON(status().at("Status"), json("FAILED"));
        COMPARE_JSON(status().at("StatusReason"), json("FUNCTION_ERROR_INIT_FAILURE"));
    }

    void provisionedThatDiesUnused_isLeftAlone()
    {
        m_room->create("f", "python3.12",
            // Dies when it is thawed, however long it took to be frozen.
            "import os, signal\nsignal.signal(signal.SIGCONT, lambda *_: os._exit(3))\n"
            "def handler(e, c):\n    return 1\n");
        call("PublishVersion", {});
        call("PutProvisionedConcurrencyConfig", {{"Qualifier", "1"}, {"ProvisionedConcurrentExecutions", 2}});
        const auto status = [this] { return call("GetProvisionedConcurrencyConfig", {{"Qualifier", "1"}}); };
        TRY_JSON(status().at("Status"), json("READY"));
        const auto areFrozen = [this] {
            const auto all = m_room->environments("f");
            return all.size() == 2 && std::all_of(all.begin(), all.end(), [](const json& environment) {
                return environment.at("State") == "Frozen";
            });
        };
        QTRY_VERIFY(areFrozen());
        for (const auto& environment : m_room->environments("f"))
            (void)m_room->call("SetEnvironmentState",
                {{"FunctionName", "f"}, {"EnvironmentId", environment.at("Id")}, {"State", "Thawed"}});
        TRY_JSON(status().at("Status"), json("FAILED"));
        COMPARE_JSON(status().at("StatusReason"), json("FUNCTION_ERROR_INIT_FAILURE"));
        QTRY_COMPARE(m_room->environments("f").size(), std::size_t{0});
    }

    void replacedWhileRetired_isEnded()
    {
        m_room->create("f", "python3.12", "def handler(e, c):\n    return 1\n");
        const auto function = m_room->lambda().functions().find("us-east-1/f");
        auto& pool = m_room->lambda().environments();
        core::trace::SpanScope span;
        {
            auto lease = pool.acquire(function, span, true);
            QVERIFY(lease);
            pool.endIdle(function->key(), kLatest);
            lease->replace("spindown");
        }
        QCOMPARE(m_room->environments("f").size(), std::size_t{0});
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstConcurrency, "tst_concurrency")
#include "tst_concurrency.moc"
