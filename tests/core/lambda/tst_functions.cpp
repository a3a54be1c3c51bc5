#include "core/base/hash.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <fstream>

using namespace tests;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

const json kRole = "arn:aws:iam::000000000000:role/any";

json createInput(const std::string& name)
{
    return {{"FunctionName", name}, {"Runtime", "python3.12"}, {"Role", kRole}, {"Handler", "app.handler"},
        {"Code", {{"ZipFile", zip64({{"app.py", "def handler(event, context):\n    return 1\n"}})}}}};
}

}

// The control plane, as recorded from AWS.
class TstFunctions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void created_hasAllMembers()
    {
        auto input = createInput("f");
        input["Environment"] = {{"Variables", {{"A_B", "1"}}}};
        const auto zip = *core::unbase64(input["Code"]["ZipFile"].get<std::string>());
        auto created = *m_room->call("CreateFunction", input);
        QCOMPARE(created["RevisionId"].get<std::string>().size(), std::size_t{36});
        QVERIFY(created["RuntimeVersionConfig"]["RuntimeVersionArn"].get<std::string>().starts_with(
            "arn:aws:lambda:us-east-1::runtime:"));
        created.erase("RevisionId");
        created.erase("RuntimeVersionConfig");
        const json expected = {{"Architectures", json::array({"x86_64"})},
            {"CodeSha256", core::base64(core::sha256(zip))}, {"CodeSize", zip.size()}, {"Description", ""},
            {"Environment", {{"Variables", {{"A_B", "1"}}}}}, {"EphemeralStorage", {{"Size", 512}}},
            {"FunctionArn", "arn:aws:lambda:us-east-1:000000000000:function:f"}, {"FunctionName", "f"},
            {"Handler", "app.handler"}, {"LastModified", "2026-11-22T14:03:27.418+0000"},
            {"LoggingConfig", {{"LogFormat", "Text"}, {"LogGroup", "/aws/lambda/f"}}}, {"MemorySize", 128},
            {"PackageType", "Zip"}, {"Role", kRole}, {"Runtime", "python3.12"},
            {"SnapStart", {{"ApplyOn", "None"}, {"OptimizationStatus", "Off"}}}, {"State", "Pending"},
            {"StateReason", "The function is being created."}, {"StateReasonCode", "Creating"},
            {"Timeout", 3}, {"TracingConfig", {{"Mode", "PassThrough"}}}, {"Version", "$LATEST"}};
        COMPARE_JSON(created, expected);
        const auto got = *m_room->call("GetFunctionConfiguration", {{"FunctionName", "f"}});
        COMPARE_JSON(got["State"], json("Active"));
        COMPARE_JSON(got["LastUpdateStatus"], json("Successful"));
        QVERIFY(!got.contains("StateReason"));
    }

    void function_isFoundByEachFormOfItsName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arn");
        const QString arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
        QTest::newRow("name") << "f" << arn;
        QTest::newRow("name and qualifier") << "f:$LATEST" << arn + ":$LATEST";
        QTest::newRow("partial") << "function:f" << arn;
        QTest::newRow("partial with account") << "000000000000:function:f" << arn;
        QTest::newRow("full") << arn << arn;
        QTest::newRow("full and qualifier") << arn + ":$LATEST" << arn + ":$LATEST";
    }
    void function_isFoundByEachFormOfItsName()
    {
        QFETCH(QString, name);
        QFETCH(QString, arn);
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const auto got = m_room->call("GetFunctionConfiguration", {{"FunctionName", name.toStdString()}});
        QVERIFY(got.has_value());
        COMPARE_JSON((*got)["FunctionArn"], json(arn.toStdString()));
        QCOMPARE(m_room->invoke(name.toStdString()).payload, std::string("1"));
    }

    void wrongInput_hasAwsError_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("message");
        const QString arn = "arn:aws:lambda:us-east-1:000000000000:function:";
        const auto created = [](const json& change) {
            auto input = createInput("g");
            input.merge_patch(change);
            return QString::fromStdString(input.dump());
        };
        const QString invalid = "InvalidParameterValueException";
        QTest::newRow("exists") << "CreateFunction" << created({{"FunctionName", "f"}})
                                << "ResourceConflictException"
                                << "Function already exist: f";
        QTest::newRow("no zip")
            << "CreateFunction" << created({{"Code", {{"ZipFile", "bm8gemlw"}}}}) << invalid
            << "Could not unzip uploaded file. Please check your file, then try to upload again.";
        QTest::newRow("no code") << "CreateFunction" << created({{"Code", {{"ZipFile", nullptr}}}}) << invalid
                                 << "Please provide a source for function code.";
        QTest::newRow("retired runtime")
            << "CreateFunction" << created({{"Runtime", "nodejs12.x"}}) << invalid
            << "The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS "
               "Lambda functions. "
               "We recommend you use a supported runtime while creating or updating functions.";
        QTest::newRow("unknown runtime")
            << "CreateFunction" << created({{"Runtime", "cobol1"}}) << invalid
            << "Value cobol1 at 'runtime' failed to satisfy constraint: Member must satisfy "
               "enum value set: [nodejs24.x,*";
        QTest::newRow("no handler")
            << "CreateFunction" << created({{"Handler", nullptr}}) << invalid
            << "Runtime and Handler are mandatory parameters for functions created with deployment "
               "packages.";
        QTest::newRow("unknown member")
            << "CreateFunction" << created({{"Sparkle", 1}}) << "ValidationException"
            << "*parkle*";
        QTest::newRow("reserved variable")
            << "CreateFunction" << created({{"Environment", {{"Variables", {{"AWS_REGION", "x"}}}}}})
            << invalid
            << "Lambda was unable to configure your environment variables because the environment variables "
               "you have "
               "provided contains reserved keys that are currently not supported for modification. Reserved "
               "keys used in "
               "this request: AWS_REGION";
        QTest::newRow("large variables")
            << "CreateFunction"
            << created({{"Environment", {{"Variables", {{"BIG", std::string(4096, 'x')}}}}}}) << invalid
            << "Lambda was unable to configure your environment variables because the environment variables "
               "you have "
               "provided exceeded the 4KB limit. String measured: {\"BIG\":\"xxx*";
        QTest::newRow("bad name")
            << "GetFunction"
            << R"({"FunctionName":"my-function!"})"
            << "ValidationException"
            << "1 validation error detected: Value 'my-function!' at 'functionName' failed to satisfy "
               "constraint: Member must satisfy regular expression pattern: (arn:*";
        QTest::newRow("timeout")
            << "CreateFunction" << created({{"Timeout", 901}}) << "ValidationException"
            << "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: "
               "Member must have value less than or equal to 900";
        QTest::newRow("missing") << "GetFunction"
                                 << R"({"FunctionName":"none"})"
                                 << "ResourceNotFoundException"
                                 << "Function not found: " + arn + "none";
        QTest::newRow("version") << "GetFunction"
                                 << R"({"FunctionName":"f","Qualifier":"42"})"
                                 << "ResourceNotFoundException"
                                 << "Function not found: " + arn + "f:42";
        QTest::newRow("two qualifiers")
            << "GetFunction"
            << R"({"FunctionName":"f:$LATEST","Qualifier":"1"})" << invalid
            << "The derived qualifier from the function name does not match the specified "
               "qualifier.";
        QTest::newRow("other region")
            << "GetFunction"
            << R"({"FunctionName":"arn:aws:lambda:eu-west-1:000000000000:function:f"})"
            << "ResourceNotFoundException"
            << "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')";
        QTest::newRow("delete version") << "DeleteFunction"
                                        << R"({"FunctionName":"f","Qualifier":"live"})" << invalid
                                        << "Deletion of aliases is not currently supported.";
        QTest::newRow("stale revision") << "UpdateFunctionConfiguration"
                                        << R"({"FunctionName":"f","RevisionId":"x"})"
                                        << "PreconditionFailedException"
                                        << "The Revision Id provided does not match the latest Revision Id. "
                                           "Call the GetFunction/GetAlias API to "
                                           "retrieve the latest Revision Id";
        QTest::newRow("update missing") << "UpdateFunctionConfiguration"
                                        << R"({"FunctionName":"none"})"
                                        << "ResourceNotFoundException"
                                        << "Function not found: " + arn + "none";
        QTest::newRow("list version")
            << "ListFunctions"
            << R"({"FunctionVersion":"invalid"})"
            << "ValidationException"
            << "1 validation error detected: Value 'invalid' at 'functionVersion' failed to "
               "satisfy constraint: Member must satisfy enum value set: [ALL]";
        QTest::newRow("path outside")
            << "ReadFile"
            << R"({"FunctionName":"f","Path":"../../chamber.sqlite"})" << invalid
            << "The path ../../chamber.sqlite does not lie inside the function's folder";
    }
    void wrongInput_hasAwsError()
    {
        QFETCH(QString, action);
        QFETCH(QString, input);
        QFETCH(QString, code);
        QFETCH(QString, message);
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const auto refused = m_room->call(action.toUtf8().constData(), json::parse(input.toStdString()));
        QVERIFY(!refused);
        QCOMPARE(QString::fromStdString(refused.error().code), code);
        const auto got = QString::fromStdString(refused.error().message);
        const auto fits = [&] {
            if (message.startsWith('*'))
                return got.contains(message.mid(1, message.size() - 2));
            return message.endsWith('*') ? got.startsWith(message.chopped(1)) : got == message;
        };
        QVERIFY2(fits(), qPrintable(got));
        QVERIFY(!m_room->call("GetFunction", {{"FunctionName", "g"}}));
    }

    void update_changesConfigurationAndCode()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        QCOMPARE(m_room->invoke("f").payload, std::string("1"));
        const auto updated = *m_room->call("UpdateFunctionConfiguration",
            {{"FunctionName", "f"}, {"Timeout", 9}, {"Description", "d"},
                {"Environment", {{"Variables", {{"AA", "x"}}}}}});
        COMPARE_JSON(updated["LastUpdateStatus"], json("InProgress"));
        COMPARE_JSON(updated["LastUpdateStatusReasonCode"], json("Creating"));
        COMPARE_JSON(updated["State"], json("Active"));
        COMPARE_JSON(updated["Timeout"], json(9));
        const auto coded = *m_room->call("UpdateFunctionCode",
            {{"FunctionName", "f"},
                {"ZipFile",
                    zip64({{"app.py",
                        "import os\ndef handler(event, context):\n    return os.environ['AA']\n"}})}});
        QVERIFY(coded["CodeSha256"] != updated["CodeSha256"]);
        COMPARE_JSON(coded["Description"], json("d"));
        QCOMPARE(m_room->invoke("f").payload, std::string("\"x\""));
        QCOMPARE(m_room->environments("f").size(), std::size_t{1});
    }

    void dryRunOfCode_changesNothing()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const auto before = *m_room->call("GetFunctionConfiguration", {{"FunctionName", "f"}});
        QVERIFY(m_room->call("UpdateFunctionCode",
            {{"FunctionName", "f"}, {"DryRun", true}, {"ZipFile", zip64({{"app.py", "other"}})}}));
        COMPARE_JSON(*m_room->call("GetFunctionConfiguration", {{"FunctionName", "f"}}), before);
    }

    void listing_isPagedByName()
    {
        for (const char* name : {"c", "a", "b"})
            QVERIFY(m_room->call("CreateFunction", createInput(name)));
        const auto first = *m_room->call("ListFunctions", {{"MaxItems", 2}});
        QCOMPARE(first["Functions"].size(), std::size_t{2});
        COMPARE_JSON(first["Functions"][0]["FunctionName"], json("a"));
        QVERIFY(!first["Functions"][0].contains("State"));
        const auto second = *m_room->call("ListFunctions", {{"Marker", first["NextMarker"]}});
        QCOMPARE(second["Functions"].size(), std::size_t{1});
        COMPARE_JSON(second["Functions"][0]["FunctionName"], json("c"));
        QVERIFY(!second.contains("NextMarker"));
        const auto all = *m_room->call("ListFunctions", {{"FunctionVersion", "ALL"}});
        COMPARE_JSON(all["Functions"][0]["FunctionArn"],
            json("arn:aws:lambda:us-east-1:000000000000:function:a:$LATEST"));
    }

    void deleted_isGoneWithItsFolder()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        (void)m_room->invoke("f");
        QVERIFY(std::filesystem::exists(m_room->folder() / "functions/f/app.py"));
        QVERIFY(m_room->call("DeleteFunction", {{"FunctionName", "f"}}));
        QVERIFY(!std::filesystem::exists(m_room->folder() / "functions/f"));
        QVERIFY(!m_room->call("GetFunction", {{"FunctionName", "f"}}));
        QVERIFY(!m_room->call("DeleteFunction", {{"FunctionName", "f"}}));
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        QCOMPARE(m_room->invoke("f").payload, std::string("1"));
    }

    void functions_surviveReopening()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const auto before = *m_room->call("GetFunctionConfiguration", {{"FunctionName", "f"}});
        m_room->reopen();
        COMPARE_JSON(*m_room->call("GetFunctionConfiguration", {{"FunctionName", "f"}}), before);
        QCOMPARE(m_room->invoke("f").payload, std::string("1"));
    }

    void editWhileClosed_isTakenOver()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const auto before = *m_room->call("GetFunctionConfiguration", {{"FunctionName", "f"}});
        m_room->reopen();
        std::ofstream(m_room->folder() / "functions/f/app.py")
            << "def handler(event, context):\n    return 2\n";
        m_room->reopen();
        const auto after = *m_room->call("GetFunctionConfiguration", {{"FunctionName", "f"}});
        QVERIFY(after["CodeSha256"] != before["CodeSha256"]);
        QCOMPARE(m_room->invoke("f").payload, std::string("2"));
    }

    void folder_becomesAFunction()
    {
        const QTemporaryDir home;
        const std::filesystem::path folder = home.path().toStdString();
        std::filesystem::create_directory(folder / "parts");
        std::ofstream(folder / "app.py") << "from parts.words import WORD\ndef handler(event, context):\n"
                                            "    return WORD\n";
        std::ofstream(folder / "parts/words.py") << "WORD = 'first'\n";
        json input = createInput("made");
        input.erase("Code");
        const auto made = m_room->send("POST", "/_chamber/lambda/functions",
            json({{"Folder", folder.string()}, {"Function", input}}).dump());
        QVERIFY2(made.status == 201, made.body.c_str());
        COMPARE_JSON(json::parse(made.body).at("FunctionName"), "made");
        QCOMPARE(m_room->invoke("made").payload, std::string("\"first\""));

        std::ofstream(folder / "parts/words.py") << "WORD = 'second'\n";
        const auto again = m_room->send("PUT", "/_chamber/lambda/functions/made/folder",
            json({{"Folder", folder.string()}, {"Publish", true}}).dump());
        QVERIFY2(again.status == 200, again.body.c_str());
        COMPARE_JSON(json::parse(again.body).at("Version"), "1");
        QCOMPARE(m_room->invoke("made").payload, std::string("\"second\""));

        std::ofstream(folder / "large");
        std::filesystem::resize_file(folder / "large", 262'144'001);
        const auto large =
            m_room->call("UpdateFunctionFromFolder", {{"FunctionName", "made"}, {"Folder", folder.string()}});
        QCOMPARE(large.error().message, std::string("Unzipped size must be smaller than 262144000 bytes"));
    }

    void folderThatIsNone_isRefused_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("missing") << "/of/nobody";
        QTest::newRow("relative") << ".";
        QTest::newRow("a file") << "/etc/passwd";
    }
    void folderThatIsNone_isRefused()
    {
        QFETCH(QString, folder);
        json input = createInput("none");
        const auto withCode =
            m_room->call("CreateFunctionFromFolder", {{"Folder", folder.toStdString()}, {"Function", input}});
        QCOMPARE(
            withCode.error().message, std::string("Function is what CreateFunction takes, without Code."));
        input.erase("Code");
        const auto refused =
            m_room->call("CreateFunctionFromFolder", {{"Folder", folder.toStdString()}, {"Function", input}});
        QCOMPARE(refused.error().message,
            folder.toStdString() + " is no folder of this computer. Folder is its whole path.");
        QVERIFY(!m_room->call("GetFunction", {{"FunctionName", "none"}}));
    }

    void files_areEditedByOwnActions()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        QCOMPARE(m_room->invoke("f").payload, std::string("1"));
        const auto read = *m_room->call("ReadFile", {{"FunctionName", "f"}, {"Path", "app.py"}});
        COMPARE_JSON(read["Content"], json("def handler(event, context):\n    return 1\n"));
        const auto saved = m_room->call("WriteFile",
            {{"FunctionName", "f"}, {"Path", "app.py"},
                {"Content", "def handler(event, context):\n    return 3\n"}});
        QVERIFY(saved.has_value());
        QCOMPARE(m_room->invoke("f").payload, std::string("3"));
        QVERIFY(
            m_room->call("RenameFile", {{"FunctionName", "f"}, {"Path", "app.py"}, {"To", "lib/other.py"}}));
        const auto files = *m_room->call("ListFiles", {{"FunctionName", "f"}});
        QCOMPARE(files["Files"].size(), std::size_t{2});
        QVERIFY(m_room->call("DeleteFile", {{"FunctionName", "f"}, {"Path", "lib"}}));
        QCOMPARE(m_room->call("ListFiles", {{"FunctionName", "f"}})->at("Files").size(), std::size_t{0});
    }

    void package_isServedOverTheWire()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const auto got = *m_room->call("GetFunction", {{"FunctionName", "f"}});
        const std::string location = got["Code"]["Location"];
        QVERIFY(location.starts_with(m_room->endpoint() + "/_chamber/"));
        const auto package = m_room->send("GET", location.substr(m_room->endpoint().size()));
        QCOMPARE(package.status, 200);
        QCOMPARE(QString::fromStdString(std::string(package.headers.get("Content-Type"))),
            QString("application/zip"));
        QVERIFY(package.body.starts_with("PK"));
    }

    void wire_hasAwsHeadersAndErrors()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const std::string target = "/2015-03-31/functions/f/invocations";
        const auto good = m_room->send("POST", target, "{}", {{"X-Amz-Log-Type", "Tail"}});
        QCOMPARE(good.status, 200);
        QCOMPARE(good.body, std::string("1"));
        QCOMPARE(std::string(good.headers.get("X-Amz-Executed-Version")), std::string("$LATEST"));
        QVERIFY(core::unbase64(good.headers.get("X-Amz-Log-Result"))->find("REPORT RequestId: ")
            != std::string::npos);
        QVERIFY(!good.headers.has("X-Amz-Function-Error"));

        const auto broken = m_room->send("POST", target, "\x99");
        QCOMPARE(broken.status, 400);
        QCOMPARE(std::string(broken.headers.get("x-amzn-ErrorType")),
            std::string("InvalidRequestContentException"));
        COMPARE_JSON(json::parse(broken.body)["message"],
            json("Could not parse request body into json: Could not parse payload into json: Unexpected "
                 "character "
                 "((CTRL-CHAR, code 153)): expected a valid value (JSON String, Number, Array, Object or "
                 "token 'null', "
                 "'true' or 'false')\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` "
                 "disabled); "
                 "line: 1, column: 1]"));

        const auto missing = m_room->send("POST", "/2015-03-31/functions/none/invocations", "{}");
        QCOMPARE(missing.status, 404);
        COMPARE_JSON(json::parse(missing.body),
            (json{{"Type", "User"},
                {"Message", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:none"}}));

        const auto large = m_room->send("POST", target, '"' + std::string(6'291'456, 'x') + '"');
        QCOMPARE(large.status, 413);
        const auto event = m_room->send(
            "POST", target, '"' + std::string(1'048'576, 'x') + '"', {{"X-Amz-Invocation-Type", "Event"}});
        QCOMPARE(event.status, 413);
        const auto type = m_room->send("POST", target, "{}", {{"X-Amz-Invocation-Type", "Sometimes"}});
        QCOMPARE(type.status, 400);
        QVERIFY(json::parse(type.body)["message"].get<std::string>().starts_with(
            "1 validation error detected: Value 'Sometimes' at 'invocationType'"));
    }

    void permissions_areKeptAsAPolicy()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const json add = {{"FunctionName", "f"}, {"StatementId", "s3"}, {"Action", "lambda:InvokeFunction"},
            {"Principal", "s3.amazonaws.com"}, {"SourceArn", "arn:aws:s3:::bucket"}};
        const auto added = *m_room->call("AddPermission", add);
        const json statement = {{"Sid", "s3"}, {"Effect", "Allow"},
            {"Principal", {{"Service", "s3.amazonaws.com"}}}, {"Action", "lambda:InvokeFunction"},
            {"Resource", "arn:aws:lambda:us-east-1:000000000000:function:f"},
            {"Condition", {{"ArnLike", {{"AWS:SourceArn", "arn:aws:s3:::bucket"}}}}}};
        COMPARE_JSON(json::parse(added["Statement"].get<std::string>()), statement);
        QCOMPARE(m_room->call("AddPermission", add).error().message,
            std::string("The statement id (s3) provided already exists. Please provide a new statement id, "
                        "or remove the "
                        "existing statement."));
        const auto policy = *m_room->call("GetPolicy", {{"FunctionName", "f"}});
        COMPARE_JSON(json::parse(policy["Policy"].get<std::string>()),
            (json{{"Version", "2012-10-17"}, {"Id", "default"}, {"Statement", json::array({statement})}}));
        QCOMPARE(
            m_room->call("RemovePermission", {{"FunctionName", "f"}, {"StatementId", "x"}}).error().message,
            std::string("Statement x is not found in resource policy."));
        QVERIFY(m_room->call("RemovePermission", {{"FunctionName", "f"}, {"StatementId", "s3"}}));
        QCOMPARE(m_room->call("GetPolicy", {{"FunctionName", "f"}}).error().message,
            std::string("The resource you requested does not exist."));
        QCOMPARE(
            m_room->call("RemovePermission", {{"FunctionName", "f"}, {"StatementId", "s3"}}).error().message,
            std::string("No policy is associated with the given resource."));
    }

    void sameNameInTwoRegions_areTwoFunctions()
    {
        QVERIFY(m_room->call("CreateFunction", createInput("f")));
        const core::http::Headers ireland{{"Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20261122/eu-west-1/lambda/aws4_request, SignedHeaders=host, "
            "Signature=0"}};
        auto input = createInput("f");
        input["Code"]["ZipFile"] = zip64({{"app.py", "def handler(event, context):\n    return 'eu'\n"}});
        QCOMPARE(m_room->send("POST", "/2015-03-31/functions", input.dump(), ireland).status, 201);
        QCOMPARE(m_room->send("POST", "/2015-03-31/functions/f/invocations", "{}", ireland).body,
            std::string("\"eu\""));
        QCOMPARE(m_room->invoke("f").payload, std::string("1"));
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstFunctions, "tst_functions")
#include "tst_functions.moc"
