#include "core/aws/detail/cbor_reader.h"
#include "core/base/gzip.h"
#include "core/base/text.h"
#include "tests/core/aws/toy_service.h"
#include "tests/support/suites.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <array>

using namespace core;
using namespace core::aws;
using nlohmann::json;
using tests::ToyHouse;
using tests::toyRequest;

namespace {

// A service of the kind that came from the query protocol: JSON 1.0, forms and CBOR for one table of rows.
constexpr std::array<Member, 3> kPartMembers{
    {{"Name", &kString, true}, {"Weight", &kDouble}, {"Tags", &kStringList}}};
constexpr Shape kPart{.type = Type::Structure, .members = kPartMembers};
constexpr Shape kParts{.type = Type::List, .element = &kPart};
constexpr Shape kFlatNames{.type = Type::List, .element = &kString, .flattened = true};
constexpr Shape kFlatMap{
    .type = Type::Map, .element = &kString, .key = &kString, .elementName = "Name/Value", .flattened = true};
constexpr std::array<Member, 10> kMembers{
    {{"Title", &kString}, {"Count", &kInteger}, {"Open", &kBoolean}, {"At", &kTimestamp}, {"Bytes", &kBlob},
        {"Parts", &kParts}, {.name = "Names", .shape = &kFlatNames, .wireName = "Name"},
        {.name = "Facts", .shape = &kFlatMap, .wireName = "Fact"}, {.name = "Notes", .shape = &kStringMap},
        {"Later", &kString, false, Fidelity::Unsupported, "later"}}};
constexpr Shape kWhole{.type = Type::Structure, .members = kMembers};

class Workshop : public TableService<Workshop> {
public:
    std::string_view id() const override { return "workshop"; }
    Protocol protocol() const override { return Protocol::Json10; }
    std::string_view targetPrefix() const override { return "Workshop_1"; }
    std::string_view queryVersion() const override { return "2026-11-22"; }
    std::string_view xmlNamespace() const override { return "http://workshop/"; }
    std::string errorType(const Error& error) const override
    {
        return error.code == "Gone" ? "com.workshop#ThingIsGone" : error.code;
    }

    static std::span<const ActionRow<Workshop>> rows();

    json seen;
};

Result<Outcome> build(Workshop& workshop, RequestContext& context, Request& request)
{
    workshop.seen = request.input();
    context.touch(request.input().value("Title", ""));
    return Reply::of(request.input());
}

Result<Outcome> drop(Workshop&, RequestContext&, Request&)
{
    return Reply{};
}

Result<Outcome> refuse(Workshop&, RequestContext&, Request&)
{
    return fail(ErrorKind::Invalid, "Gone", "It is <gone>");
}

std::span<const ActionRow<Workshop>> Workshop::rows()
{
    static constexpr std::array<ActionRow<Workshop>, 4> table{{
        {{.name = "Build", .lane = Lane::Inline, .input = &kWhole, .output = &kWhole}, build},
        {{.name = "Drop", .lane = Lane::Inline, .input = &kWhole}, drop},
        {{.name = "Refuse", .lane = Lane::Inline, .input = &kWhole}, refuse},
        absentAction<Workshop>("Paint", "there is no colour here"),
    }};
    return table;
}

const std::string kSignature = "AWS4-HMAC-SHA256 Credential=test/20261122/eu-west-1/workshop/aws4_request, "
                               "SignedHeaders=host, Signature=0";
const std::string kForm = "application/x-www-form-urlencoded; charset=utf-8";

pugi::xml_document parsed(const http::Response& response)
{
    pugi::xml_document document;
    document.load_string(response.body.c_str());
    return document;
}

std::string at(const http::Response& response, const char* path)
{
    return parsed(response).select_node(path).node().text().get();
}

}

class TstQueryProtocol : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_house = std::make_unique<ToyHouse>();
        m_house->door->add(m_workshop);
        m_workshop.seen = nullptr;
    }
    void cleanup() { m_house.reset(); }

    void forms_becomeTheInputOfTheAction_data();
    void forms_becomeTheInputOfTheAction();
    void answers_areInTheActionsElements();
    void actionWithoutOutput_hasNoResultElement();
    void get_takesItsParametersFromTheQuery();
    void compressedForm_isRead();
    void errors_haveTheirCodeAndSender_data();
    void errors_haveTheirCodeAndSender();
    void json_namesTheQueryErrorBeside();
    void unsignedForms_areKnownByTheirVersion();
    void cbor_readsAndWritesMomentsAndBytes();
    void cbor_errorsAreMapsWithTheirType();
    void cbor_readerTakesEachForm_data();
    void cbor_readerTakesEachForm();
    void cbor_readerRefusesWhatIsBroken_data();
    void cbor_readerRefusesWhatIsBroken();

private:
    http::Response form(const std::string& body) const
    {
        return m_house->send(
            toyRequest("POST", "/", body, {{"Authorization", kSignature}, {"Content-Type", kForm}}));
    }
    http::Response cbor(const std::string& action, const json& body) const
    {
        const auto bytes = json::to_cbor(body);
        return m_house->send(toyRequest("POST", "/service/Workshop_1/operation/" + action,
            std::string(bytes.begin(), bytes.end()),
            {{"Authorization", kSignature}, {"Content-Type", "application/cbor"},
                {"smithy-protocol", "rpc-v2-cbor"}}));
    }

    Workshop m_workshop;
    std::unique_ptr<ToyHouse> m_house;
};

void TstQueryProtocol::forms_becomeTheInputOfTheAction_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<QString>("input");
    QTest::newRow("leaves") << "Title=a+%26%20b&Count=3&Open=true"
                            << R"({"Title":"a & b","Count":3,"Open":true})";
    QTest::newRow("moment") << "At=2026-11-22T14:03:27.5Z"
                            << R"({"At":1795356207.5})";
    QTest::newRow("list of structures")
        << "Parts.member.2.Name=b&Parts.member.1.Name=a&Parts.member.1.Weight=1.5&Parts.member.1.Tags.member."
           "1=x"
        << R"({"Parts":[{"Name":"a","Weight":1.5,"Tags":["x"]},{"Name":"b"}]})";
    QTest::newRow("ten entries keep their order") << "Name.10=j&Name.2=b&Name.1=a"
                                                  << R"({"Names":["a","b","j"]})";
    QTest::newRow("a flattened list sent with member") << "Name.member.1=a"
                                                       << R"({"Names":["a"]})";
    QTest::newRow("an empty list") << "Parts="
                                   << R"({"Parts":[]})";
    QTest::newRow("flattened map") << "Fact.1.Name=k&Fact.1.Value=v&Fact.2.Name=l&Fact.2.Value="
                                   << R"({"Facts":{"k":"v","l":""}})";
    QTest::newRow("map") << "Notes.entry.1.key=k&Notes.entry.1.value=v"
                         << R"({"Notes":{"k":"v"}})";
}

void TstQueryProtocol::forms_becomeTheInputOfTheAction()
{
    QFETCH(QString, form);
    QFETCH(QString, input);
    const auto answer = this->form("Action=Build&Version=2026-11-22&" + form.toStdString());
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QCOMPARE(m_workshop.seen.dump(), json::parse(input.toStdString()).dump());
}

void TstQueryProtocol::answers_areInTheActionsElements()
{
    const auto answer =
        form("Action=Build&Version=2026-11-22&Title=x&Name.1=a&Name.2=b&Fact.1.Name=k&Fact.1.Value=v"
             "&Parts.member.1.Name=p&At=2026-11-22T14:03:27Z");
    QCOMPARE(std::string(answer.headers.get("Content-Type")), std::string("text/xml"));
    QCOMPARE(std::string(parsed(answer).child("BuildResponse").attribute("xmlns").value()),
        std::string("http://workshop/"));
    QCOMPARE(at(answer, "/BuildResponse/BuildResult/Title"), std::string("x"));
    QCOMPARE(at(answer, "/BuildResponse/BuildResult/Name[2]"), std::string("b"));
    QCOMPARE(at(answer, "/BuildResponse/BuildResult/Fact[Name='k']/Value"), std::string("v"));
    QCOMPARE(at(answer, "/BuildResponse/BuildResult/Parts/member/Name"), std::string("p"));
    QCOMPARE(at(answer, "/BuildResponse/BuildResult/At"), std::string("2026-11-22T14:03:27.000Z"));
    QCOMPARE(at(answer, "/BuildResponse/ResponseMetadata/RequestId"),
        std::string(answer.headers.get("x-amzn-RequestId")));
    QCOMPARE(answer.headers.get("x-amzn-RequestId").size(), 36u);
}

void TstQueryProtocol::actionWithoutOutput_hasNoResultElement()
{
    const auto answer = form("Action=Drop&Version=2026-11-22");
    QCOMPARE(answer.status, 200);
    QVERIFY(!parsed(answer).child("DropResponse").child("DropResult"));
    QVERIFY(!at(answer, "/DropResponse/ResponseMetadata/RequestId").empty());
}

void TstQueryProtocol::get_takesItsParametersFromTheQuery()
{
    const auto answer = m_house->send(
        toyRequest("GET", "/?Action=Build&Version=2026-11-22&Title=x", {}, {{"Authorization", kSignature}}));
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QVERIFY(m_workshop.seen == json({{"Title", "x"}}));
}

void TstQueryProtocol::compressedForm_isRead()
{
    const auto answer =
        m_house->send(toyRequest("POST", "/", gzip("Action=Build&Version=2026-11-22&Title=zip"),
            {{"Authorization", kSignature}, {"Content-Type", kForm}, {"Content-Encoding", "gzip"}}));
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QVERIFY(m_workshop.seen == json({{"Title", "zip"}}));
}

void TstQueryProtocol::errors_haveTheirCodeAndSender_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    QTest::newRow("the service's") << "Action=Refuse&Version=2026-11-22" << 400 << "Gone"
                                   << "It is <gone>";
    QTest::newRow("no such action") << "Action=Nope&Version=2026-11-22" << 400 << "InvalidAction"
                                    << "Could not find operation Nope for version 2026-11-22";
    QTest::newRow("another version") << "Action=Build&Version=2025-01-01" << 400 << "InvalidAction"
                                     << "Could not find operation Build for version 2025-01-01";
    QTest::newRow("unsupported action") << "Action=Paint&Version=2026-11-22" << 400 << "NotImplemented"
                                        << "Cloud Chamber does not support Paint: there is no colour here";
    QTest::newRow("unsupported member")
        << "Action=Build&Version=2026-11-22&Later=x" << 400 << "ValidationException"
        << "'later' of Build: Cloud Chamber does not support this member: later";
    QTest::newRow("missing member") << "Action=Build&Version=2026-11-22&Parts.member.1.Weight=2" << 400
                                    << "ValidationException"
                                    << "1 validation error detected: Value null at 'parts.1.member.name' "
                                       "failed to satisfy constraint: Member "
                                       "must not be null";
    QTest::newRow("too deep")
        << "Action=Build&Version=2026-11-22&" + QString("A.").repeated(100) + "A=x" << 400
        << "SerializationException"
        << "Could not parse request body into json: a parameter's name nests deeper than 64 "
           "levels";
}

void TstQueryProtocol::errors_haveTheirCodeAndSender()
{
    QFETCH(QString, form);
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(QString, message);
    const auto answer = this->form(form.toStdString());
    QCOMPARE(answer.status, status);
    QCOMPARE(at(answer, "/ErrorResponse/Error/Type"), std::string("Sender"));
    QCOMPARE(at(answer, "/ErrorResponse/Error/Code"), code.toStdString());
    QCOMPARE(at(answer, "/ErrorResponse/Error/Message"), message.toStdString());
    QCOMPARE(at(answer, "/ErrorResponse/RequestId"), std::string(answer.headers.get("x-amzn-RequestId")));
}

void TstQueryProtocol::json_namesTheQueryErrorBeside()
{
    const auto answer = m_house->post("/", "Workshop_1.Refuse", "{}");
    QCOMPARE(answer.status, 400);
    QVERIFY(json::parse(answer.body)["__type"] == "com.workshop#ThingIsGone");
    QCOMPARE(std::string(answer.headers.get("x-amzn-query-error")), std::string("Gone;Sender"));
}

void TstQueryProtocol::unsignedForms_areKnownByTheirVersion()
{
    const auto ours = m_house->send(
        toyRequest("POST", "/some/queue", "Action=Build&Version=2026-11-22", {{"Content-Type", kForm}}));
    QCOMPARE(ours.status, 200);
    const auto other =
        m_house->send(toyRequest("POST", "/toys/a", "Action=Build&Version=1", {{"Content-Type", kForm}}));
    QVERIFY(other.body.find("BuildResponse") == std::string::npos);
    QVERIFY(other.body.find("InvalidAction") == std::string::npos);
}

void TstQueryProtocol::cbor_readsAndWritesMomentsAndBytes()
{
    const auto answer = cbor("Build",
        {{"Title", "x"}, {"Count", 3}, {"At", 1.5}, {"Bytes", json::binary({1, 2})},
            {"Parts", json::array({{{"Name", "p"}, {"Weight", 2}}})}});
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QVERIFY(m_workshop.seen["Bytes"] == "AQI=");
    QCOMPARE(std::string(answer.headers.get("Content-Type")), std::string("application/cbor"));
    QCOMPARE(std::string(answer.headers.get("smithy-protocol")), std::string("rpc-v2-cbor"));
    const auto back = core::aws::detail::CborReader(answer.body).read().value_or(json());
    QVERIFY(back["At"] == 1.5);
    QVERIFY(back["Parts"][0]["Weight"] == 2.0);
    QVERIFY(answer.body.find("\x42\x01\x02") != std::string::npos); // the bytes as such
    QVERIFY(answer.body.find("\xc1\xfa") != std::string::npos); // the moment's tag, then a number
}

void TstQueryProtocol::cbor_errorsAreMapsWithTheirType()
{
    const auto answer = cbor("Refuse", json::object());
    QCOMPARE(answer.status, 400);
    const auto body = json::from_cbor(answer.body);
    QVERIFY(body["__type"] == "com.workshop#ThingIsGone");
    QVERIFY(body["message"] == "It is <gone>");
    QCOMPARE(std::string(answer.headers.get("x-amzn-query-error")), std::string("Gone;Sender"));
    QVERIFY(json::from_cbor(cbor("Nope", json::object()).body)["__type"] == "UnknownOperationException");
    QCOMPARE(m_house
                 ->send(toyRequest("POST", "/service/Workshop_1/operation/Build", "\x9f",
                     {{"Authorization", kSignature}, {"smithy-protocol", "rpc-v2-cbor"}}))
                 .status,
        400);
}

void TstQueryProtocol::cbor_readerTakesEachForm_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("small") << QByteArray::fromHex("17") << "23";
    QTest::newRow("negative") << QByteArray::fromHex("3903e7") << "-1000";
    QTest::newRow("eight bytes") << QByteArray::fromHex("1b000000e8d4a51000") << "1000000000000";
    QTest::newRow("half") << QByteArray::fromHex("f93e00") << "1.5";
    QTest::newRow("float") << QByteArray::fromHex("fa47c35000") << "100000.0";
    QTest::newRow("double") << QByteArray::fromHex("fb3ff199999999999a") << "1.1";
    QTest::newRow("words") << QByteArray::fromHex("83f5f4f6") << "[true,false,null]";
    QTest::newRow("text in pieces") << QByteArray::fromHex("7f657374726561646d696e67ff") << "\"streaming\"";
    QTest::newRow("open map") << QByteArray::fromHex("bf61610161629f0203ffff") << R"({"a":1,"b":[2,3]})";
    QTest::newRow("tag") << QByteArray::fromHex("c11a514b67b0") << "1363896240";
    QTest::newRow("bytes") << QByteArray::fromHex("4401020304") << "\"AQIDBA==\"";
}

void TstQueryProtocol::cbor_readerTakesEachForm()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const auto bytesOf = bytes.toStdString();
    const auto value = core::aws::detail::CborReader(bytesOf).read();
    QVERIFY(value);
    QCOMPARE(value->dump(), text.toStdString());
}

void TstQueryProtocol::cbor_readerRefusesWhatIsBroken_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut") << QByteArray::fromHex("1b00");
    QTest::newRow("text longer than the rest") << QByteArray::fromHex("7bffffffffffffffff61");
    QTest::newRow("more behind") << QByteArray::fromHex("0101");
    QTest::newRow("a key that is no text") << QByteArray::fromHex("a10102");
    QTest::newRow("open without an end") << QByteArray::fromHex("9f01");
    QTest::newRow("deep lists") << QByteArray(1'000'000, '\x81');
    QTest::newRow("deep tags") << QByteArray(1'000'000, '\xc1');
    QTest::newRow("huge array") << QByteArray::fromHex("9bffffffffffffffff");
}

void TstQueryProtocol::cbor_readerRefusesWhatIsBroken()
{
    QFETCH(QByteArray, bytes);
    const auto text = bytes.toStdString();
    QVERIFY(!core::aws::detail::CborReader(text).read());
}

CHAMBER_SUITE(TstQueryProtocol, "tst_query_protocol")
#include "tst_query_protocol.moc"
