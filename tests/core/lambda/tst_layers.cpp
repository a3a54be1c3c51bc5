#include "core/base/hash.h"
#include "core/lambda/layer_folder.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <fstream>
#include <set>
#include <thread>

using namespace tests;
using nlohmann::json;

#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

const std::string kLayer = "arn:aws:lambda:us-east-1:000000000000:layer:";

}

// Layers: published, listed, permitted, and found by the runtimes.
class TstLayers : public QObject {
    Q_OBJECT

    json call(const char* action, const json& input)
    {
        auto answer = m_room->call(action, input);
        return answer ? *answer : json{{"error", answer.error().code + ": " + answer.error().message}};
    }
    std::string publish(
        const std::string& name, const std::map<std::string, std::string>& files, json more = {})
    {
        json input = {{"LayerName", name}, {"Content", {{"ZipFile", zip64(files)}}}};
        if (more.is_object())
            input.update(more);
        return call("PublishLayerVersion", input).value("LayerVersionArn", "");
    }

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void published_hasAllMembers()
    {
        const auto zip = zipOf({{"python/a.py", "A = 1\n"}});
        const auto made = call("PublishLayerVersion",
            {{"LayerName", "l"}, {"Content", {{"ZipFile", core::base64(zip)}}}, {"Description", "d"},
                {"LicenseInfo", "MIT"}, {"CompatibleRuntimes", {"python3.12"}},
                {"CompatibleArchitectures", {"x86_64"}}});
        auto shown = made;
        const std::string location = shown.at("Content").at("Location");
        shown.at("Content").erase("Location");
        COMPARE_JSON(shown,
            json({{"CompatibleArchitectures", {"x86_64"}}, {"CompatibleRuntimes", {"python3.12"}},
                {"Content", {{"CodeSha256", core::base64(core::sha256(zip))}, {"CodeSize", zip.size()}}},
                {"CreatedDate", "2026-11-22T14:03:27.418+0000"}, {"Description", "d"},
                {"LayerArn", kLayer + "l"}, {"LayerVersionArn", kLayer + "l:1"}, {"LicenseInfo", "MIT"},
                {"Version", 1}}));
        // The package comes back byte by byte.
        const auto target = location.substr(m_room->endpoint().size());
        QCOMPARE(m_room->send("GET", target).body, zip);
        COMPARE_JSON(call("GetLayerVersion", {{"LayerName", "l"}, {"VersionNumber", 1}}), made);
        COMPARE_JSON(call("GetLayerVersionByArn", {{"Arn", kLayer + "l:1"}}), made);
        const auto wire = m_room->send("GET",
            "/2018-10-31/"
            "layers?find=LayerVersion&Arn=arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Alayer%3Al%3A1");
        COMPARE_JSON(json::parse(wire.body), made);
    }

    void versions_areListedFromTheLatest()
    {
        publish("l", {{"a", "1"}}, {{"CompatibleRuntimes", {"python3.12"}}});
        publish("l", {{"a", "2"}}, {{"CompatibleRuntimes", {"nodejs22.x"}}});
        publish("m", {{"a", "3"}});
        const auto first = call("ListLayerVersions", {{"LayerName", "l"}, {"MaxItems", 1}});
        COMPARE_JSON(first.at("LayerVersions").at(0).at("Version"), 2);
        const auto next = call(
            "ListLayerVersions", {{"LayerName", "l"}, {"MaxItems", 1}, {"Marker", first.at("NextMarker")}});
        COMPARE_JSON(next.at("LayerVersions").at(0).at("Version"), 1);
        QVERIFY(!next.contains("NextMarker"));
        const auto layers = call("ListLayers", json::object()).at("Layers");
        COMPARE_JSON(layers.at(0).at("LatestMatchingVersion").at("Version"), 2);
        COMPARE_JSON(layers.at(1).at("LayerName"), "m");
        const auto python = call("ListLayers", {{"CompatibleRuntime", "python3.12"}}).at("Layers");
        QCOMPARE(python.size(), std::size_t{1});
        COMPARE_JSON(python.at(0).at("LatestMatchingVersion").at("Version"), 1);
        // A number is not given twice.
        call("DeleteLayerVersion", {{"LayerName", "l"}, {"VersionNumber", 2}});
        QCOMPARE(publish("l", {{"a", "4"}}), kLayer + "l:3");
    }

    void pages_holdAllLayers()
    {
        for (const auto* name : {"foo", "foo-bar", "foo-bar-2", "foo_x", "goo"}) {
            publish(name, {{"a", "1"}});
            publish(name, {{"a", "2"}});
        }
        std::set<std::string> seen;
        json input = {{"MaxItems", 1}};
        for (int pages = 0; pages < 5; ++pages) {
            const auto page = call("ListLayers", input);
            for (const auto& layer : page.at("Layers"))
                seen.insert(layer.at("LayerName"));
            QCOMPARE(page.contains("NextMarker"), pages < 4);
            input["Marker"] = page.value("NextMarker", "");
        }
        QCOMPARE(seen.size(), std::size_t{5});
    }

    void permissionsAddedAtOnce_areAllKept()
    {
        publish("l", {{"a", "1"}});
        std::vector<std::thread> clients;
        for (int i = 0; i < 16; ++i)
            clients.emplace_back([this, i] {
                call("AddLayerVersionPermission",
                    {{"LayerName", "l"}, {"VersionNumber", 1}, {"StatementId", "s" + std::to_string(i)},
                        {"Principal", "*"}, {"Action", "lambda:GetLayerVersion"}});
            });
        for (auto& client : clients)
            client.join();
        const auto statements = [this] {
            const auto policy = call("GetLayerVersionPolicy", {{"LayerName", "l"}, {"VersionNumber", 1}});
            return json::parse(policy.at("Policy").get<std::string>()).at("Statement").size();
        };
        QCOMPARE(statements(), std::size_t{16});
        clients.clear();
        for (int i = 1; i < 16; ++i)
            clients.emplace_back([this, i] {
                call("RemoveLayerVersionPermission",
                    {{"LayerName", "l"}, {"VersionNumber", 1}, {"StatementId", "s" + std::to_string(i)}});
            });
        for (auto& client : clients)
            client.join();
        QCOMPARE(statements(), std::size_t{1});
    }

    void python_findsItsLayers()
    {
        const auto below =
            publish("below", {{"python/pack.py", "NAME = 'below'\n"}, {"python/base.py", "B = 1\n"}});
        const auto above = publish("above",
            {{"python/pack.py", "NAME = 'above'\n"},
                {"python/lib/python3.12/site-packages/deep.py", "D = 2\n"},
                {"bin/tool!", "#!/bin/sh\necho tool\n"}});
        m_room->create("f", "python3.12",
            "import pack, base, deep, subprocess\n"
            "def handler(e, c):\n    return [pack.NAME, base.B, deep.D, "
            "subprocess.check_output(['tool']).decode()]\n",
            {{"Layers", {below, above}}});
        COMPARE_JSON(m_room->invoke("f").json, json({"above", 1, 2, "tool\n"}));
        const auto shown = call("GetFunctionConfiguration", {{"FunctionName", "f"}}).at("Layers");
        COMPARE_JSON(shown.at(0).at("Arn"), below);
        QVERIFY(shown.at(0).at("CodeSize") > 0);
        // The other way round, the other one wins; and published versions keep what they had.
        call("PublishVersion", {{"FunctionName", "f"}});
        call("UpdateFunctionConfiguration", {{"FunctionName", "f"}, {"Layers", {above, below}}});
        COMPARE_JSON(m_room->invoke("f").json[0], "below");
        COMPARE_JSON(m_room->invoke("f:1").json[0], "above");
    }

    void node_findsItsLayers()
    {
        const auto layer = publish("l",
            {{"nodejs/node_modules/pack/package.json", R"({"main": "main.js"})"},
                {"nodejs/node_modules/pack/main.js", "module.exports = { name: 'layer' };\n"}});
        m_room->create("esm", "nodejs22.x",
            "import pack from 'pack';\nexport const handler = async () => pack.name;\n",
            {{"Layers", {layer}}});
        QCOMPARE(m_room->invoke("esm").payload, std::string("\"layer\""));
        m_room->create("cjs", "nodejs22.x", "",
            {{"Layers", {layer}},
                {"Code",
                    {{"ZipFile",
                        zip64({{"index.js", "exports.handler = async () => require('pack').name;\n"}})}}}});
        QCOMPARE(m_room->invoke("cjs").payload, std::string("\"layer\""));
    }

    void bootstrap_mayLieInALayer()
    {
        const auto layer = publish("runtime",
            {{"bootstrap!",
                "#!/bin/sh\nwhile :; do\n"
                "ID=$(curl -s -D - -o /dev/null "
                "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next"
                " | tr -d '\\r' | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')\n"
                "curl -s -d '\"shell\"' "
                "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$ID/response > "
                "/dev/null\ndone\n"}});
        QVERIFY2(std::filesystem::exists("/usr/bin/curl"), "packaging/setup installs curl for the tests");
        m_room->create("f", "provided.al2023", "", {{"Layers", {layer}}, {"Handler", "any"}});
        QCOMPARE(m_room->invoke("f").payload, std::string("\"shell\""));
    }

    void deleted_staysWithItsFunctions()
    {
        const auto layer = publish("l", {{"python/pack.py", "NAME = 'kept'\n"}});
        m_room->create("f", "python3.12", "import pack\ndef handler(e, c):\n    return pack.NAME\n",
            {{"Layers", {layer}}});
        call("DeleteLayerVersion", {{"LayerName", "l"}, {"VersionNumber", 1}});
        COMPARE_JSON(call("GetLayerVersion", {{"LayerName", "l"}, {"VersionNumber", 1}}).at("error"),
            "ResourceNotFoundException: The resource you requested does not exist.");
        std::filesystem::remove_all(m_room->folder() / "cache/layers");
        QCOMPARE(m_room->invoke("f").payload, std::string("\"kept\""));
        const auto folder = m_room->folder() / "layers/us-east-1/l/1";
        QVERIFY(std::filesystem::exists(folder));
        call("DeleteFunction", {{"FunctionName", "f"}});
        QVERIFY(!std::filesystem::exists(folder));
    }

    void wrongLayers_haveAwsErrors_data()
    {
        QTest::addColumn<QString>("layers");
        QTest::addColumn<QString>("wanted");
        const std::string invalid = "InvalidParameterValueException: ";
        const auto row = [](const char* name, const json& layers, const std::string& wanted) {
            QTest::newRow(name) << QString::fromStdString(layers.dump()) << QString::fromStdString(wanted);
        };
        row("unknown", json::array({kLayer + "none:1"}),
            invalid + "Layer version " + kLayer + "none:1 does not exist.");
        row("unknown version", json::array({kLayer + "l0:9"}),
            invalid + "Layer version " + kLayer + "l0:9 does not exist.");
        row("other region", json::array({"arn:aws:lambda:eu-west-1:000000000000:layer:l0:1"}),
            invalid
                + "Layers are not in the same region as the function. Layers are expected to be in region "
                  "us-east-1.");
        row("twice", json::array({kLayer + "l0:1", kLayer + "l0:1"}),
            invalid
                + "Two different versions of the same layer are not allowed to be referenced in the same "
                  "function. "
                + kLayer + "l0:1 and " + kLayer + "l0:1 are versions of the same layer.");
        row("too many",
            json::array({kLayer + "l0:1", kLayer + "l1:1", kLayer + "l2:1", kLayer + "l3:1", kLayer + "l4:1",
                kLayer + "l5:1"}),
            invalid + "Cannot reference more than 5 layers.");
        row("no version", json::array({kLayer + "l0"}),
            "ValidationException: 1 validation error detected: Value '[" + kLayer
                + "l0]' at 'layers' failed to satisfy constraint: Member must satisfy constraint: [Member "
                  "must have "
                  "length less than or equal to 2048, Member must have length greater than or equal to 1, "
                  "Member must "
                  "satisfy regular expression pattern: "
                  "(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{"
                  "12}:layer:"
                  "[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+), Member must "
                  "not be "
                  "null]");
    }
    void wrongLayers_haveAwsErrors()
    {
        QFETCH(QString, layers);
        QFETCH(QString, wanted);
        for (int i = 0; i < 6; ++i)
            publish("l" + std::to_string(i), {{"a", "1"}});
        m_room->create("f", "python3.12", "def handler(e, c):\n    return 1\n");
        COMPARE_JSON(call("UpdateFunctionConfiguration",
                         {{"FunctionName", "f"}, {"Layers", json::parse(layers.toStdString())}})
                         .at("error"),
            wanted.toStdString());
    }

    void permissions_makeAPolicy()
    {
        publish("l", {{"a", "1"}});
        const json one = {{"LayerName", "l"}, {"VersionNumber", 1}};
        const auto with = [&](json more) {
            more.update(one);
            return more;
        };
        COMPARE_JSON(call("GetLayerVersionPolicy", one).at("error"),
            "ResourceNotFoundException: No policy is associated with the given resource.");
        const auto added = call("AddLayerVersionPermission",
            with({{"StatementId", "s1"}, {"Action", "lambda:GetLayerVersion"}, {"Principal", "*"}}));
        COMPARE_JSON(json::parse(added.at("Statement").get<std::string>()),
            json({{"Sid", "s1"}, {"Effect", "Allow"}, {"Principal", "*"},
                {"Action", "lambda:GetLayerVersion"}, {"Resource", kLayer + "l:1"}}));
        COMPARE_JSON(call("GetLayerVersionPolicy", one).at("RevisionId"), added.at("RevisionId"));
        COMPARE_JSON(
            call("AddLayerVersionPermission",
                with({{"StatementId", "s1"}, {"Action", "lambda:GetLayerVersion"}, {"Principal", "*"}}))
                .at("error"),
            "ResourceConflictException: The statement id (s1) provided already exists. Please provide a new "
            "statement "
            "id, or remove the existing statement.");
        COMPARE_JSON(
            call("RemoveLayerVersionPermission", with({{"StatementId", "s1"}, {"RevisionId", "old"}}))
                .at("error"),
            "PreconditionFailedException: The Revision Id provided does not match the latest Revision Id. "
            "Call the "
            "GetLayerPolicy API to retrieve the latest Revision Id");
        COMPARE_JSON(call("RemoveLayerVersionPermission", with({{"StatementId", "none"}})).at("error"),
            "ResourceNotFoundException: Statement none is not found in resource policy.");
        call("RemoveLayerVersionPermission", with({{"StatementId", "s1"}}));
        QVERIFY(call("GetLayerVersionPolicy", one).contains("error"));
        COMPARE_JSON(call("AddLayerVersionPermission",
                         {{"LayerName", "none"}, {"VersionNumber", 1}, {"StatementId", "s"},
                             {"Action", "lambda:GetLayerVersion"}, {"Principal", "*"}})
                         .at("error"),
            "ResourceNotFoundException: Layer version " + kLayer + "none:1 does not exist.");
    }

    void merging_letsLaterFilesWin()
    {
        const auto chamber = m_room->folder();
        const auto write = [&](const std::string& layer, const std::string& file, const std::string& text) {
            const auto path = core::lambda::layerFolder(chamber, "r", layer, "1") / file;
            std::filesystem::create_directories(path.parent_path());
            std::ofstream(path) << text;
        };
        write("a", "x", "1");
        write("a", "folder/y", "1");
        write("b", "folder", "2"); // a file in the place of a folder
        write("b", "z/w", "2");
        const auto merged =
            *core::lambda::mergedLayers(chamber, {"a:b:c:r:d:layer:a:1", "a:b:c:r:d:layer:b:1"});
        QVERIFY(std::filesystem::is_regular_file(merged / "folder"));
        QVERIFY(std::filesystem::is_regular_file(merged / "x"));
        QVERIFY(std::filesystem::is_regular_file(merged / "z/w"));
        QVERIFY(core::lambda::mergedLayers(chamber, {})->empty());
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstLayers, "tst_layers")
#include "tst_layers.moc"
