#include "core/aws/shape_check.h"
#include "tests/support/suites.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <array>

using namespace core::aws;
using nlohmann::json;

namespace {

constexpr Shape kName{.type = Type::String, .min = 3, .max = 5, .pattern = "[a-zA-Z0-9_.-]+"};
constexpr std::array<std::string_view, 2> kModes{"PROVISIONED", "PAY_PER_REQUEST"};
constexpr Shape kMode{.type = Type::String, .values = kModes};
constexpr Shape kLimit{.type = Type::Integer, .min = 1, .max = 100};
constexpr Shape kNames{.type = Type::List, .min = 1, .max = 2, .element = &kName};
constexpr Shape kNameMap{.type = Type::Map, .element = &kName, .key = &kName};
constexpr std::array<Member, 2> kKeyMembers{
    {{"AttributeName", &kName, true}, {"Old", &kString, false, Fidelity::Unsupported, "not yet"}}};
constexpr Shape kKey{.type = Type::Structure, .members = kKeyMembers};
constexpr Shape kKeys{.type = Type::List, .element = &kKey};
constexpr std::array<Member, 11> kMembers{{{"TableName", &kName, true}, {"Mode", &kMode}, {"Limit", &kLimit},
    {"Names", &kNames}, {"Tags", &kNameMap}, {"Keys", &kKeys}, {"Flag", &kBoolean}, {"Data", &kBlob},
    {"When", &kTimestamp}, {"Any", &kDocument}, {"Ratio", &kDouble, false, Fidelity::Simplified, "rounded"}}};
constexpr Shape kInput{.type = Type::Structure, .members = kMembers};

std::string found(const json& input)
{
    const auto violations = checkShape(kInput, input);
    return violations.empty() ? std::string() : describeViolations(violations);
}

}

class TstShapeCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void violations_areWordedAsAws_data();
    void violations_areWordedAsAws();
    void rightInput_passes();
    void wrongTypes_sayWhatCannotBeConverted_data();
    void wrongTypes_sayWhatCannotBeConverted();
    void unknownMembers_areUnsupported();
    void unsupportedMembers_areNamed();
    void manyViolations_areCutAtTen();
    void simplifiedMembers_areListedWhenGiven();
    void longText_doesNotEndTheStack();
    void whatAPatternTook_doesNotLetOthersIn();
    void patterns_matchTheWholeText_data();
    void patterns_matchTheWholeText();
};

void TstShapeCheck::violations_areWordedAsAws_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("message");
    const QString one = "1 validation error detected: Value ";
    const QString fails = " failed to satisfy constraint: ";
    QTest::newRow("missing") << "{}" << one + "null at 'tableName'" + fails + "Member must not be null";
    QTest::newRow("null is missing") << R"({"TableName":null})"
                                     << one + "null at 'tableName'" + fails + "Member must not be null";
    QTest::newRow("short") << R"({"TableName":"ab"})"
                           << one + "'ab' at 'tableName'" + fails
            + "Member must have length greater than or equal to 3";
    QTest::newRow("long") << R"({"TableName":"abcdef"})"
                          << one + "'abcdef' at 'tableName'" + fails
            + "Member must have length less than or equal to 5";
    QTest::newRow("pattern") << R"({"TableName":"a b"})"
                             << one + "'a b' at 'tableName'" + fails
            + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
    QTest::newRow("enum") << R"({"TableName":"abc","Mode":"x"})"
                          << one + "'x' at 'mode'" + fails
            + "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]";
    QTest::newRow("small") << R"({"TableName":"abc","Limit":0})"
                           << one + "'0' at 'limit'" + fails
            + "Member must have value greater than or equal to 1";
    QTest::newRow("large") << R"({"TableName":"abc","Limit":101})"
                           << one + "'101' at 'limit'" + fails
            + "Member must have value less than or equal to 100";
    QTest::newRow("empty list") << R"({"TableName":"abc","Names":[]})"
                                << one + "'[]' at 'names'" + fails
            + "Member must have length greater than or equal to 1";
    QTest::newRow("in a list of scalars, reported on the list")
        << R"({"TableName":"abc","Names":["ab","abc"]})"
        << one + "'[ab, abc]' at 'names'" + fails
            + "Member must satisfy constraint: [Member must have length less than or equal to 5, Member must "
              "have length "
              "greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]";
    QTest::newRow("map key") << R"({"TableName":"abc","Tags":{"a":"abc"}})"
                             << one + "'{a=abc}' at 'tags'" + fails
            + "Map keys must satisfy constraint: [Member must have length less than or equal to 5, Member "
              "must have length "
              "greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]";
    QTest::newRow("in a list of structures")
        << R"({"TableName":"abc","Keys":[{"AttributeName":"abc"},{}]})"
        << one + "null at 'keys.2.member.attributeName'" + fails + "Member must not be null";
    QTest::newRow("two") << R"({"Limit":0})"
                         << "2 validation errors detected: Value null at 'tableName'" + fails
            + "Member must not be null; Value '0' at 'limit'" + fails
            + "Member must have value greater than or equal to 1";
    QTest::newRow("characters are counted, not bytes")
        << R"({"TableName":"éé"})"
        << one + "'éé' at 'tableName'" + fails + "Member must have length greater than or equal to 3";
}

void TstShapeCheck::violations_areWordedAsAws()
{
    QFETCH(QString, input);
    QFETCH(QString, message);
    QCOMPARE(QString::fromStdString(found(json::parse(input.toStdString()))), message);
}

void TstShapeCheck::rightInput_passes()
{
    const auto input =
        json::parse(R"({"TableName":"abc","Mode":"PROVISIONED","Limit":100,"Names":["abc","a-b"],
        "Tags":{"abc":"def"},"Keys":[{"AttributeName":"abc"}],"Flag":true,"Data":"AAAA","When":1.5,"Any":{"x":[1]},
        "Ratio":1,"Mode":null})");
    QCOMPARE(found(input), std::string());
}

void TstShapeCheck::wrongTypes_sayWhatCannotBeConverted_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("message");
    QTest::newRow("number for text")
        << R"({"TableName":1})"
        << "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be "
           "converted to an String";
    QTest::newRow("text for number") << R"({"TableName":"abc","Limit":"ten"})"
                                     << "class java.lang.String can not be converted to an Integer";
    QTest::newRow("list for text") << R"({"TableName":[]})"
                                   << "Start of list found where not expected";
    QTest::newRow("object for list") << R"({"TableName":"abc","Names":{}})"
                                     << "Start of structure or map found where not expected";
    QTest::newRow("text for list") << R"({"TableName":"abc","Names":"x"})"
                                   << "Unexpected field type";
    QTest::newRow("number in a list of text")
        << R"({"TableName":"abc","Names":[1]})"
        << "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can "
           "not be converted to an String";
    QTest::newRow("fraction for whole number")
        << R"({"TableName":"abc","Limit":1.5})"
        << "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can "
           "not be converted to an Integer";
    QTest::newRow("text for flag") << R"({"TableName":"abc","Flag":"true"})"
                                   << "class java.lang.String can not be converted to an Boolean";
}

void TstShapeCheck::wrongTypes_sayWhatCannotBeConverted()
{
    QFETCH(QString, input);
    QFETCH(QString, message);
    const auto violations = checkShape(kInput, json::parse(input.toStdString()));
    QCOMPARE(violations.size(), 1u);
    QCOMPARE(violations[0].kind, Violation::Kind::Type);
    QCOMPARE(QString::fromStdString(violations[0].value), message);
}

void TstShapeCheck::unknownMembers_areUnsupported()
{
    const auto violations = checkShape(kInput, json::parse(R"({"TableName":"abc","TableNmae":"x"})"));
    QCOMPARE(violations.size(), 1u);
    QCOMPARE(violations[0].kind, Violation::Kind::Unsupported);
    QCOMPARE(violations[0].path, std::string("tableNmae"));
}

void TstShapeCheck::unsupportedMembers_areNamed()
{
    const auto violations =
        checkShape(kInput, json::parse(R"({"TableName":"abc","Keys":[{"AttributeName":"abc","Old":"x"}]})"));
    QCOMPARE(violations.size(), 1u);
    QCOMPARE(violations[0].kind, Violation::Kind::Unsupported);
    QCOMPARE(violations[0].path, std::string("keys.1.member.old"));
    QVERIFY(violations[0].constraint.ends_with("not yet"));
}

void TstShapeCheck::manyViolations_areCutAtTen()
{
    json keys = json::array();
    for (int i = 0; i < 100; ++i)
        keys.push_back(json::object());
    QCOMPARE(checkShape(kInput, {{"TableName", "abc"}, {"Keys", keys}}).size(), 10u);
}

void TstShapeCheck::simplifiedMembers_areListedWhenGiven()
{
    std::string seen;
    const auto note = [&](std::string_view path, std::string_view text) {
        seen += std::string(path) + ':' + std::string(text);
    };
    eachSimplified(kInput, {{"TableName", "abc"}}, note);
    QCOMPARE(seen, std::string());
    eachSimplified(kInput, {{"Ratio", 1}}, note);
    QCOMPARE(seen, std::string("Ratio:rounded"));
    QVERIFY(hasSimplified(kInput));
    QVERIFY(!hasSimplified(kKey));
}

void TstShapeCheck::longText_doesNotEndTheStack()
{
    static constexpr std::string_view pattern = "(a|b)*c?";
    QVERIFY(matchesPattern(pattern, std::string(4000, 'a')));
    QVERIFY(!matchesPattern(pattern, std::string(1'000'000, 'a')));
}

void TstShapeCheck::whatAPatternTook_doesNotLetOthersIn()
{
    static constexpr std::string_view pattern = "(?:a|b){2}";
    QVERIFY(matchesPattern(pattern, "ab"));
    QVERIFY(matchesPattern(pattern, "ab"));
    QVERIFY(!matchesPattern(pattern, "abc"));
    QVERIFY(!matchesPattern(pattern, ""));
    QVERIFY(matchesPattern(pattern, "ba"));
}

void TstShapeCheck::patterns_matchTheWholeText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    QTest::newRow("letters") << "abcXYZ019" << true;
    QTest::newRow("dash at the end") << "a-b_c" << true;
    QTest::newRow("space") << "a b" << false;
    QTest::newRow("empty") << "" << false;
    QTest::newRow("newline at the end") << "abc\n" << false;
    QTest::newRow("not ASCII") << "é" << false;
}

void TstShapeCheck::patterns_matchTheWholeText()
{
    QFETCH(QString, text);
    QFETCH(bool, matches);
    // The same language as a bare class and as a regular expression.
    static constexpr std::string_view asClass = "[a-zA-Z0-9-_]+";
    static constexpr std::string_view asRegex = "(?:[a-zA-Z0-9-_]+)";
    QVERIFY(patternCompiles(asClass) && patternCompiles(asRegex) && !patternCompiles("("));
    QCOMPARE(matchesPattern(asClass, text.toStdString()), matches);
    QCOMPARE(matchesPattern(asRegex, text.toStdString()), matches);
}

CHAMBER_SUITE(TstShapeCheck, "tst_shape_check")
#include "tst_shape_check.moc"
