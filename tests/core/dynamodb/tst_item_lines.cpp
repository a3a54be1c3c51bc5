#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_lines.h"
#include "tests/support/suites.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace core;
using namespace core::dynamodb;
using nlohmann::json;

namespace {

Table people()
{
    return *defineTable({{"TableName", "People"}, {"BillingMode", "PAY_PER_REQUEST"},
        {"AttributeDefinitions",
            {{{"AttributeName", "id"}, {"AttributeType", "S"}},
                {{"AttributeName", "age"}, {"AttributeType", "N"}}}},
        {"KeySchema",
            {{{"AttributeName", "id"}, {"KeyType", "HASH"}},
                {{"AttributeName", "age"}, {"KeyType", "RANGE"}}}}});
}

// The items, "?" for what is none, joined by blanks.
std::string read(std::string_view text, std::size_t piece, const std::optional<CsvFormat>& csv)
{
    const auto table = people();
    std::string all;
    ItemLines lines(table, csv, [&all](Result<Item> item) -> Result<> {
        all += (all.empty() ? "" : " ") + (item ? encoded(*item) : std::string("?"));
        return {};
    });
    for (std::size_t at = 0; at < text.size(); at += piece)
        (void)lines.feed(text.substr(at, piece));
    (void)lines.finish();
    return all;
}

}

class TstItemLines : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void piecesOfAnySize_giveTheSameItems_data();
    void piecesOfAnySize_giveTheSameItems();
    void endlessRecord_isOneError();
    void errorOfTheVisitor_stops();
};

void TstItemLines::piecesOfAnySize_giveTheSameItems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("csv");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("items");
    QTest::newRow("lines") << R"({"Item":{"id":{"S":"a"}}})"
                              "\r\n\n  \nno item\n"
                              R"({"Item":{"id":{"S":"b\\nc"}}})"
                           << false << ""
                           << R"({"id":{"S":"a"}} ? {"id":{"S":"b\\nc"}})";
    QTest::newRow("fields")
        << "id,age,note\r\na,7,\"says \"\"hi\"\", twice\nand more\"\r\n\r\nb,x,\nc,9" << true << ""
        << R"({"age":{"N":"7"},"id":{"S":"a"},"note":{"S":"says \"hi\", twice\nand more"}} ? )"
           R"({"age":{"N":"9"},"id":{"S":"c"}})";
    QTest::newRow("header given") << "a,1\nb,2,3\n"
                                  << true << "id,age"
                                  << R"({"age":{"N":"1"},"id":{"S":"a"}} ?)";
    QTest::newRow("behind quotes") << "id,age\n\"a\"x,1\nb,2\n"
                                   << true << ""
                                   << R"(? {"age":{"N":"2"},"id":{"S":"b"}})";
    QTest::newRow("nothing") << "" << true << ""
                             << "";
}

void TstItemLines::piecesOfAnySize_giveTheSameItems()
{
    QFETCH(const QString, text);
    QFETCH(const bool, csv);
    QFETCH(const QString, header);
    QFETCH(const QString, items);
    std::optional<CsvFormat> format;
    if (csv)
        format.emplace();
    if (!header.isEmpty()) {
        for (const auto& name : header.split(QLatin1Char(',')))
            format->header.push_back(name.toStdString());
    }
    const auto bytes = text.toStdString();
    for (std::size_t piece = 1; piece <= bytes.size() + 1; ++piece)
        QCOMPARE(QString::fromStdString(read(bytes, piece, format)), items);
}

void TstItemLines::endlessRecord_isOneError()
{
    const auto text = std::string(20U << 20U, 'x') + "\n{\"Item\":{\"id\":{\"S\":\"b\"}}}";
    QCOMPARE(read(text, 1U << 16U, {}), std::string("? {\"id\":{\"S\":\"b\"}}"));
}

void TstItemLines::errorOfTheVisitor_stops()
{
    const auto table = people();
    int visits = 0;
    ItemLines lines(table, {}, [&visits](Result<Item>) -> Result<> {
        ++visits;
        return fail(ErrorKind::Cancelled, "Cancelled", "enough");
    });
    QVERIFY(!lines.feed("{}\n{}\n"));
    QCOMPARE(visits, 1);
}

CHAMBER_SUITE(TstItemLines, "tst_item_lines")
#include "tst_item_lines.moc"
