#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <fstream>
#include <mutex>
#include <thread>

using namespace tests;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

const std::string kArn = "arn:aws:lambda:us-east-1:000000000000:function:f";

std::string answering(const std::string& text)
{
    return "def handler(event, context):\n    return ['" + text
        + "', context.function_version, context.invoked_function_arn]\n";
}

json zipOfApp(const std::string& code)
{
    return {{"FunctionName", "f"}, {"ZipFile", zip64({{"app.py", code}})}};
}

}

// Versions, which nothing changes any more, and aliases.
class TstVersions : public QObject {
    Q_OBJECT

    json call(const char* action, json input)
    {
        input["FunctionName"] = "f";
        auto answer = m_room->call(action, input);
        return answer ? *answer : json{{"error", answer.error().code + ": " + answer.error().message}};
    }
    std::string error(const char* action, json input)
    {
        const auto answer = call(action, std::move(input));
        return answer.is_object() ? answer.value("error", "") : std::string();
    }
    // Two versions: "one" and "two"; $LATEST is "three".
    void publishTwo()
    {
        call("PublishVersion", {});
        QVERIFY(m_room->call("UpdateFunctionCode", zipOfApp(answering("two"))));
        call("PublishVersion", {{"Description", "the second"}});
        QVERIFY(m_room->call("UpdateFunctionCode", zipOfApp(answering("three"))));
    }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<LambdaRoom>();
        m_room->create(
            "f", "python3.12", answering("one"), {{"Environment", {{"Variables", {{"AA", "1"}}}}}});
    }
    void cleanup() { m_room.reset(); }

    void published_runsItsOwnCode()
    {
        publishTwo();
        COMPARE_JSON(m_room->invoke("f:1").json, json({"one", "1", kArn + ":1"}));
        COMPARE_JSON(m_room->invoke("f", "{}", {{"Qualifier", "2"}}).json, json({"two", "2", kArn + ":2"}));
        COMPARE_JSON(m_room->invoke("f").json, json({"three", "$LATEST", kArn}));
        const auto answer = m_room->send("POST", "/2015-03-31/functions/f/invocations?Qualifier=1", "{}");
        QCOMPARE(std::string(answer.headers.get("X-Amz-Executed-Version")), std::string("1"));
        // Also after the chamber was closed.
        m_room->reopen();
        COMPARE_JSON(m_room->invoke("f:1").json, json({"one", "1", kArn + ":1"}));
    }

    void version_showsAllMembers()
    {
        publishTwo();
        const auto second = call("GetFunction", {{"Qualifier", "2"}}).at("Configuration");
        COMPARE_JSON(second.at("Version"), json("2"));
        COMPARE_JSON(second.at("FunctionArn"), json(kArn + ":2"));
        COMPARE_JSON(second.at("Description"), json("the second"));
        COMPARE_JSON(second.at("State"), json("Active"));
        COMPARE_JSON(second.at("LastUpdateStatus"), json("Successful"));
        QVERIFY(second.at("RevisionId") != call("GetFunctionConfiguration", {}).at("RevisionId"));
        COMPARE_JSON(error("GetFunction", {{"Qualifier", "3"}}),
            "ResourceNotFoundException: Function not found: " + kArn + ":3");
        COMPARE_JSON(error("GetFunction", {{"Qualifier", "01"}}),
            "ResourceNotFoundException: Function not found: " + kArn + ":01");
    }

    void unchanged_publishesNothing()
    {
        const auto first = call("PublishVersion", {{"Description", "first"}});
        COMPARE_JSON(first.at("Version"), json("1"));
        COMPARE_JSON(call("PublishVersion", {{"Description", "other"}}), first);
        // The same configuration once more is no change either.
        call("UpdateFunctionConfiguration", {{"Timeout", 60}});
        COMPARE_JSON(call("PublishVersion", {}).at("Version"), json("1"));
        call("UpdateFunctionConfiguration", {{"Timeout", 4}});
        COMPARE_JSON(call("PublishVersion", {}).at("Version"), json("2"));
        // Numbers are not given twice.
        call("DeleteFunction", {{"Qualifier", "2"}});
        COMPARE_JSON(call("PublishVersion", {}).at("Version"), json("3"));
    }

    void wrongExpectation_publishesNothing()
    {
        QCOMPARE(error("PublishVersion", {{"RevisionId", "old"}}),
            std::string(
                "PreconditionFailedException: The Revision Id provided does not match the latest Revision "
                "Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id"));
        const auto now = call("GetFunctionConfiguration", {}).at("CodeSha256").get<std::string>();
        COMPARE_JSON(error("PublishVersion", {{"CodeSha256", "abc"}}),
            "InvalidParameterValueException: CodeSHA256 (abc) is different from current CodeSHA256 in "
            "$LATEST ("
                + now + "). Please try again with the CodeSHA256 in $LATEST.");
        QCOMPARE(call("ListVersionsByFunction", {}).at("Versions").size(), std::size_t{1});
    }

    void publishWithAChange_isOneCall()
    {
        auto update = zipOfApp(answering("two"));
        update["Publish"] = true;
        const auto updated = *m_room->call("UpdateFunctionCode", update);
        COMPARE_JSON(updated.at("Version"), json("1"));
        COMPARE_JSON(updated.at("FunctionArn"), json(kArn + ":1"));
        COMPARE_JSON(m_room->invoke("f:1").json[0], json("two"));
        m_room->create("g", "python3.12", answering("g"), {{"Publish", true}});
        COMPARE_JSON(m_room->invoke("g:1").json[0], json("g"));
    }

    void versions_areListedInPages()
    {
        publishTwo();
        const auto first = call("ListVersionsByFunction", {{"MaxItems", 2}});
        COMPARE_JSON(first.at("Versions").at(0).at("FunctionArn"), json(kArn + ":$LATEST"));
        COMPARE_JSON(first.at("Versions").at(1).at("Version"), json("1"));
        const auto next =
            call("ListVersionsByFunction", {{"MaxItems", 2}, {"Marker", first.at("NextMarker")}});
        QCOMPARE(next.at("Versions").size(), std::size_t{1});
        COMPARE_JSON(next.at("Versions").at(0).at("Version"), json("2"));
        QVERIFY(!next.contains("NextMarker"));
    }

    void allFunctions_areListedWithTheirVersions()
    {
        publishTwo();
        m_room->create("g", "python3.12", answering("g"));
        std::vector<std::string> seen;
        json input = {{"FunctionVersion", "ALL"}, {"MaxItems", 2}};
        for (int pages = 0; pages < 5; ++pages) {
            const auto page = *m_room->call("ListFunctions", input);
            for (const auto& entry : page.at("Functions"))
                seen.push_back(entry.at("FunctionName").get<std::string>() + ':'
                    + entry.at("Version").get<std::string>());
            if (!page.contains("NextMarker"))
                break;
            input["Marker"] = page.at("NextMarker");
        }
        QCOMPARE(seen, (std::vector<std::string>{"f:$LATEST", "f:1", "f:2", "g:$LATEST"}));
    }

    void alias_leadsToItsVersion()
    {
        publishTwo();
        const auto made = call("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
        COMPARE_JSON(made.at("AliasArn"), json(kArn + ":live"));
        COMPARE_JSON(made.at("Description"), json(""));
        QVERIFY(!made.contains("RoutingConfig"));
        COMPARE_JSON(m_room->invoke("f:live").json, json({"one", "1", kArn + ":live"}));
        COMPARE_JSON(m_room->invoke(kArn + ":live").json, json({"one", "1", kArn + ":live"}));
        COMPARE_JSON(m_room->invoke("000000000000:function:f:live").json[0], json("one"));
        const auto moved = call("UpdateAlias", {{"Name", "live"}, {"FunctionVersion", "2"}});
        QVERIFY(moved.at("RevisionId") != made.at("RevisionId"));
        COMPARE_JSON(m_room->invoke("f:live").json, json({"two", "2", kArn + ":live"}));
        const auto shown = call("GetFunctionConfiguration", {{"Qualifier", "live"}});
        COMPARE_JSON(shown.at("Version"), json("2"));
        COMPARE_JSON(shown.at("FunctionArn"), json(kArn + ":live"));
        m_room->reopen();
        COMPARE_JSON(call("GetAlias", {{"Name", "live"}}), moved);
    }

    void weights_shareTheCalls()
    {
        publishTwo();
        call("CreateAlias",
            {{"Name", "live"}, {"FunctionVersion", "1"},
                {"RoutingConfig", {{"AdditionalVersionWeights", {{"2", 0.25}}}}}});
        double draw = 0;
        m_room->lambda().setDraw([&draw] { return draw; });
        const auto executed = [&](double value) {
            draw = value;
            const auto answer = m_room->send("POST", "/2015-03-31/functions/f:live/invocations", "{}");
            return std::string(answer.headers.get("X-Amz-Executed-Version"));
        };
        QCOMPARE(executed(0.0), std::string("2"));
        QCOMPARE(executed(0.2499), std::string("2"));
        QCOMPARE(executed(0.25), std::string("1"));
        QCOMPARE(executed(0.99), std::string("1"));
        // What is shown of the alias is its own version, whatever is drawn.
        draw = 0;
        COMPARE_JSON(call("GetFunctionConfiguration", {{"Qualifier", "live"}}).at("Version"), json("1"));
        call("UpdateAlias", {{"Name", "live"}, {"RoutingConfig", json::object()}});
        QCOMPARE(executed(0.0), std::string("1"));
    }

    void wrongAlias_hasAwsError_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* name, const char* action, const json& input,
                             const std::string& wanted) {
            QTest::newRow(name) << action << QString::fromStdString(input.dump())
                                << QString::fromStdString(wanted);
        };
        const std::string invalid = "InvalidParameterValueException: ";
        const auto weighted = [](const char* version, const char* other, double weight) {
            return json{{"Name", "new"}, {"FunctionVersion", version},
                {"RoutingConfig", {{"AdditionalVersionWeights", {{other, weight}}}}}};
        };
        row("exists", "CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}},
            "ResourceConflictException: Alias already exists: " + kArn + ":live");
        row("no version", "CreateAlias", {{"Name", "new"}, {"FunctionVersion", "7"}},
            "ResourceNotFoundException: Function not found: " + kArn + ":7");
        row("number as a name", "CreateAlias", {{"Name", "123"}, {"FunctionVersion", "1"}},
            "ValidationException: 1 validation error detected: Value '123' at 'name' failed to satisfy "
            "constraint: "
            "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
        row("same version", "CreateAlias", weighted("1", "1", 0.5),
            invalid
                + "Invalid function version 1. Function version 1 is already included in routing "
                  "configuration.");
        row("latest", "CreateAlias", weighted("$LATEST", "1", 0.5),
            invalid + "$LATEST is not supported for an alias pointing to more than 1 version");
        row("weight", "CreateAlias", weighted("1", "2", 1.5),
            "ValidationException: 1 validation error detected: Value '{2=1.5}' at "
            "'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy "
            "constraint: [Member must have value less than or equal to 1.0, Member must have value greater "
            "than or "
            "equal to 0.0, Member must not be null]");
        row("weights", "CreateAlias",
            {{"Name", "new"}, {"FunctionVersion", "1"},
                {"RoutingConfig", {{"AdditionalVersionWeights", {{"2", 0.1}, {"3", 0.1}}}}}},
            invalid + "Number of items in AdditionalVersionWeights cannot be greater than 1");
        row("get", "GetAlias", {{"Name", "none"}},
            "ResourceNotFoundException: Cannot find alias arn: " + kArn + ":none");
        row("update", "UpdateAlias", {{"Name", "none"}},
            "ResourceNotFoundException: Alias not found: " + kArn + ":none");
        row("stale", "UpdateAlias", {{"Name", "live"}, {"RevisionId", "x"}},
            "PreconditionFailedException: The Revision Id provided does not match the latest Revision Id. "
            "Call the "
            "GetFunction/GetAlias API to retrieve the latest Revision Id");
        row("delete none", "DeleteAlias", {{"Name", "none"}}, "");
        row("delete as a function", "DeleteFunction", {{"Qualifier", "live"}},
            invalid + "Deletion of aliases is not currently supported.");
        row("delete latest", "DeleteFunction", {{"Qualifier", "$LATEST"}},
            invalid + "$LATEST version cannot be deleted without deleting the function.");
        row("delete none's version", "DeleteFunction", {{"Qualifier", "9"}}, "");
        row("invoke none", "Invoke", {{"Qualifier", "none"}},
            "ResourceNotFoundException: Function not found: " + kArn + ":none");
    }
    void wrongAlias_hasAwsError()
    {
        QFETCH(QString, action);
        QFETCH(QString, input);
        QFETCH(QString, wanted);
        publishTwo();
        call("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
        COMPARE_JSON(
            error(action.toUtf8().constData(), json::parse(input.toStdString())), wanted.toStdString());
    }

    void aliasedVersion_isNotDeleted()
    {
        publishTwo();
        call("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
        QVERIFY(error("DeleteFunction", {{"Qualifier", "1"}}).starts_with("ResourceConflictException: "));
        call("DeleteAlias", {{"Name", "live"}});
        QCOMPARE(error("DeleteFunction", {{"Qualifier", "1"}}), std::string());
        QVERIFY(!std::filesystem::exists(m_room->folder() / "versions/f/1"));
        QVERIFY(std::filesystem::exists(m_room->folder() / "versions/f/2"));
    }

    void aliases_areListedByVersion()
    {
        publishTwo();
        for (const auto* name : {"b", "a", "c"})
            call("CreateAlias", {{"Name", name}, {"FunctionVersion", *name == 'c' ? "2" : "1"}});
        const auto page = call("ListAliases", {{"FunctionVersion", "1"}, {"MaxItems", 1}});
        COMPARE_JSON(page.at("Aliases").at(0).at("Name"), json("a"));
        const auto next = call(
            "ListAliases", {{"FunctionVersion", "1"}, {"MaxItems", 1}, {"Marker", page.at("NextMarker")}});
        COMPARE_JSON(next.at("Aliases").at(0).at("Name"), json("b"));
        QVERIFY(!next.contains("NextMarker"));
        QCOMPARE(call("ListAliases", {}).at("Aliases").size(), std::size_t{3});
    }

    void deletedFunction_takesAllAlong()
    {
        publishTwo();
        call("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
        call("DeleteFunction", {});
        QVERIFY(!std::filesystem::exists(m_room->folder() / "versions/f"));
        m_room->create("f", "python3.12", answering("new"));
        QCOMPARE(call("ListVersionsByFunction", {}).at("Versions").size(), std::size_t{1});
        COMPARE_JSON(call("ListAliases", {}).at("Aliases"), json::array());
        COMPARE_JSON(call("PublishVersion", {}).at("Version"), json("1"));
        m_room->reopen();
        COMPARE_JSON(call("ListAliases", {}).at("Aliases"), json::array());
    }

    void policies_belongToTheirQualifier()
    {
        publishTwo();
        call("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}});
        const auto add = [this](const char* qualifier) {
            json input = {{"StatementId", "s3"}, {"Action", "lambda:InvokeFunction"},
                {"Principal", "s3.amazonaws.com"}};
            if (*qualifier)
                input["Qualifier"] = qualifier;
            return call("AddPermission", input);
        };
        for (const auto* qualifier : {"", "1", "live"}) {
            const auto statement = json::parse(add(qualifier).at("Statement").get<std::string>());
            COMPARE_JSON(statement.at("Resource"), json(kArn + (*qualifier ? ":" : "") + qualifier));
        }
        COMPARE_JSON(add("none").at("error"),
            json("ResourceNotFoundException: Cannot find alias arn: " + kArn + ":none"));
        COMPARE_JSON(
            add("42").at("error"), json("ResourceNotFoundException: Function not found: " + kArn + ":42"));
        call("RemovePermission", {{"StatementId", "s3"}, {"Qualifier", "live"}});
        QCOMPARE(error("GetPolicy", {{"Qualifier", "live"}}),
            std::string("ResourceNotFoundException: The resource you requested does not exist."));
        QVERIFY(call("GetPolicy", {{"Qualifier", "1"}}).contains("Policy"));
        QVERIFY(call("GetPolicy", {}).contains("Policy"));
    }

    void pagesOfFunctions_holdAllOfThem()
    {
        for (const auto* name : {"api", "api-v2", "api_v3"})
            m_room->create(name, "python3.12", answering("x"));
        QVERIFY(m_room->call("PublishVersion", {{"FunctionName", "api"}}));
        QVERIFY(m_room->call("PublishVersion", {{"FunctionName", "api-v2"}}));
        const auto arnsOf = [this](json input) {
            std::vector<std::string> arns;
            for (int pages = 0; pages < 20; ++pages) {
                const auto page = *m_room->call("ListFunctions", input);
                for (const auto& function : page.at("Functions"))
                    arns.push_back(function.at("FunctionArn"));
                if (!page.contains("NextMarker"))
                    break;
                input["Marker"] = page.at("NextMarker");
            }
            return arns;
        };
        for (json input : {json::object(), json{{"FunctionVersion", "ALL"}}}) {
            const auto wanted = arnsOf(input);
            QCOMPARE(wanted.size(), std::size_t{input.empty() ? 4U : 6U});
            input["MaxItems"] = 1;
            COMPARE_JSON(arnsOf(input), wanted);
        }
    }

    void codePublishedAtOnce_isTheOneSent()
    {
        std::mutex mutex;
        std::map<std::string, std::string> published; // code by version
        std::vector<std::thread> clients;
        for (int i = 0; i < 12; ++i)
            clients.emplace_back([&, i] {
                const auto code = answering("client " + std::to_string(i));
                auto input = zipOfApp(code);
                input["Publish"] = true;
                const auto answer = m_room->call("UpdateFunctionCode", input);
                const std::lock_guard guard(mutex);
                if (answer)
                    published[answer->at("Version")] = code;
            });
        for (auto& client : clients)
            client.join();
        QCOMPARE(published.size(), std::size_t{12});
        for (const auto& [version, code] : published) {
            std::ifstream file(m_room->folder() / "versions/f" / version / "app.py");
            QCOMPARE(std::string(std::istreambuf_iterator<char>(file), {}), code);
        }
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstVersions, "tst_versions")
#include "tst_versions.moc"
