#include "core/aws/xml_shape.h"
#include "tests/support/suites.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <array>

using namespace core::aws;
using nlohmann::json;

namespace {

constexpr Shape kOriginIds{.type = Type::List, .element = &kString, .elementName = "Id"};
constexpr std::array<Member, 2> kTagMembers{{{"Key", &kString}, {"Value", &kString}}};
constexpr Shape kTag{.type = Type::Structure, .members = kTagMembers};
constexpr Shape kFlatTags{.type = Type::List, .element = &kTag, .flattened = true};
constexpr std::array<Member, 8> kMembers{{{"Name", &kString}, {"Quantity", &kInteger}, {"Enabled", &kBoolean},
    {"Items", &kOriginIds}, {.name = "Tags", .shape = &kFlatTags, .wireName = "Tag"}, {"Owner", &kTag},
    {"LastModified", &kTimestamp}, {"More", &kStringMap}}};
constexpr Shape kRoot{.type = Type::Structure, .members = kMembers};

json readOk(const std::string& text)
{
    const auto read = readXml(text, kRoot);
    return read ? *read : json(read.error().code);
}

}

class TstXmlShape : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_surviveTheRoundTrip();
    void reading_followsTheShape();
    void unknownElements_stayForTheCheck();
    void wrongLeaves_stayText();
    void malformedDocuments_areErrors_data();
    void malformedDocuments_areErrors();
    void entities_areNotExpandedFromOutside();
    void writing_escapesText();
    void timestamps_areIso();
    void document_isWrittenAsItIs();
};

void TstXmlShape::values_surviveTheRoundTrip()
{
    const json value{{"Name", "a <b> & \"c\" é"}, {"Quantity", 2}, {"Enabled", false}, {"Items", {"x", "y"}},
        {"Tags", {{{"Key", "k1"}, {"Value", "v1"}}, {{"Key", "k2"}, {"Value", ""}}}},
        {"Owner", {{"Key", "o"}}}, {"More", {{"a", "1"}, {"b", "2"}}}};
    const auto text = writeXml("Root", "http://example.com/ns/", value, kRoot);
    QCOMPARE(readOk(text).dump(), value.dump());
}

void TstXmlShape::reading_followsTheShape()
{
    const auto value =
        readOk(R"(<?xml version="1.0"?><Root xmlns="http://x/"><Quantity> 3 </Quantity><Enabled>true</Enabled>
        <Items><Id>one</Id></Items><Tag><Key>a</Key></Tag><Tag><Key>b</Key></Tag><Name/></Root>)");
    QCOMPARE(value.dump(),
        json::parse(
            R"({"Quantity":3,"Enabled":true,"Items":["one"],"Tags":[{"Key":"a"},{"Key":"b"}],"Name":""})")
            .dump());
}

void TstXmlShape::unknownElements_stayForTheCheck()
{
    QVERIFY(readOk("<Root><Nonsense>1</Nonsense></Root>").contains("Nonsense"));
}

void TstXmlShape::wrongLeaves_stayText()
{
    QCOMPARE(readOk("<Root><Quantity>two</Quantity><Enabled>maybe</Enabled></Root>").dump(),
        json::parse(R"({"Quantity":"two","Enabled":"maybe"})").dump());
}

void TstXmlShape::malformedDocuments_areErrors_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("open") << "<Root>";
    QTest::newRow("no xml") << "{}";
    QTest::newRow("crossed") << "<a><b></a></b>";
    QTest::newRow("empty") << "";
    QTest::newRow("cut") << "<Root><Name>x</Na";
}

void TstXmlShape::malformedDocuments_areErrors()
{
    QFETCH(QString, text);
    const auto read = readXml(text.toStdString(), kRoot);
    QVERIFY(!read);
    QCOMPARE(read.error().code, std::string("MalformedXML"));
}

void TstXmlShape::entities_areNotExpandedFromOutside()
{
    const auto value =
        readOk(R"(<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><Root><Name>&x;</Name></Root>)");
    QCOMPARE(value.value("Name", ""), std::string("&x;"));
}

void TstXmlShape::writing_escapesText()
{
    QCOMPARE(writeXml("Root", "http://x/", {{"Name", "<&>"}, {"Owner", nullptr}}, kRoot),
        std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<Root xmlns=\"http://x/\"><Name>&lt;&amp;&gt;</Name></Root>"));
}

void TstXmlShape::timestamps_areIso()
{
    QVERIFY(writeXml("Root", "", {{"LastModified", 1795392000.5}}, kRoot)
                .ends_with("<Root><LastModified>2026-11-23T00:00:00.500Z</LastModified></Root>"));
}

void TstXmlShape::document_isWrittenAsItIs()
{
    QVERIFY(writeXml("Root", "", json::parse(R"({"a":[1,{"b":true}]})"), kDocument)
                .ends_with("<Root><a><member>1</member><member><b>true</b></member></a></Root>"));
}

CHAMBER_SUITE(TstXmlShape, "tst_xml_shape")
#include "tst_xml_shape.moc"
