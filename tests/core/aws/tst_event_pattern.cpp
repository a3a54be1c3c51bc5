#include "core/aws/event_pattern.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using core::aws::EventPattern;
using nlohmann::json;

class TstEventPattern : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pattern_matchesEvent_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("event");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* name, const char* pattern, const char* event, bool matches) {
            QTest::newRow(name) << QString(pattern) << QString(event) << matches;
        };
        row("a value", R"({"a":["x","y"]})", R"({"a":"y"})", true);
        row("another value", R"({"a":["x"]})", R"({"a":"z"})", false);
        row("no such field", R"({"a":["x"]})", R"({"b":"x"})", false);
        row("all fields", R"({"a":["x"],"b":[1]})", R"({"a":"x","b":2})", false);
        row("below", R"({"a":{"b":["x"]}})", R"({"a":{"b":"x"}})", true);
        row("an element of an array", R"({"a":["x"]})", R"({"a":["w","x"]})", true);
        row("an array of objects", R"({"a":{"b":["x"],"c":["y"]}})",
            R"({"a":[{"b":"x","c":"n"},{"b":"x","c":"y"}]})", true);
        row("fields of different objects", R"({"a":{"b":["x"],"c":["y"]}})", R"({"a":[{"b":"x"},{"c":"y"}]})",
            false);
        row("null", R"({"a":[null]})", R"({"a":null})", true);
        row("null is not absent", R"({"a":[null]})", R"({})", false);
        row("true is no text", R"({"a":[true]})", R"({"a":"true"})", false);
        row("numbers as written", R"({"a":[300]})", R"({"a":300.0})", false);
        row("prefix", R"({"a":[{"prefix":"us-"}]})", R"({"a":"us-east-1"})", true);
        row("prefix of any case", R"({"a":[{"prefix":{"equals-ignore-case":"US-"}}]})", R"({"a":"us-1"})",
            true);
        row("suffix", R"({"a":[{"suffix":".png"}]})", R"({"a":"x.png"})", true);
        row("suffix of another", R"({"a":[{"suffix":".png"}]})", R"({"a":"png.x"})", false);
        row("any case", R"({"a":[{"equals-ignore-case":"Alice"}]})", R"({"a":"aLICE"})", true);
        row("anything but", R"({"a":[{"anything-but":"x"}]})", R"({"a":"y"})", true);
        row("anything but that", R"({"a":[{"anything-but":["x","y"]}]})", R"({"a":"y"})", false);
        row("anything but needs the field", R"({"a":[{"anything-but":"x"}]})", R"({})", false);
        row("anything but a prefix", R"({"a":[{"anything-but":{"prefix":"x"}}]})", R"({"a":"xy"})", false);
        row("anything but several suffixes", R"({"a":[{"anything-but":{"suffix":["1","2"]}}]})",
            R"({"a":"x3"})", true);
        row("anything but a number", R"({"a":[{"anything-but":5}]})", R"({"a":6})", true);
        row("numeric", R"({"a":[{"numeric":[">",0,"<=",5]}]})", R"({"a":5})", true);
        row("numeric at its open end", R"({"a":[{"numeric":[">",0,"<=",5]}]})", R"({"a":0})", false);
        row("numeric equal", R"({"a":[{"numeric":["=",3.0]}]})", R"({"a":3})", true);
        row("numeric wants numbers", R"({"a":[{"numeric":[">",100]}]})", R"({"a":"101"})", false);
        row("exists", R"({"a":[{"exists":true}]})", R"({"a":""})", true);
        row("exists not", R"({"a":[{"exists":false}]})", R"({"b":1})", true);
        row("exists not below what is missing", R"({"a":{"b":[{"exists":false}]}})", R"({})", true);
        row("an object is no leaf", R"({"a":[{"exists":true}]})", R"({"a":{"b":1}})", false);
        row("wildcard", R"({"a":[{"wildcard":"*-d-*.txt"}]})", R"({"a":"c-d-e-f.txt"})", true);
        row("wildcard with a literal star", R"({"a":[{"wildcard":"a\\*b*"}]})", R"({"a":"a*bc"})", true);
        row("wildcard without its end", R"({"a":[{"wildcard":"a*c"}]})", R"({"a":"abcd"})", false);
        row("address", R"({"a":[{"cidr":"10.0.0.0/24"}]})", R"({"a":"10.0.0.255"})", true);
        row("address outside", R"({"a":[{"cidr":"10.0.0.0/24"}]})", R"({"a":"10.0.1.0"})", false);
        row("address of version 6", R"({"a":[{"cidr":"2001:db8::/32"}]})", R"({"a":"2001:db8:1::1"})", true);
        row("or", R"({"$or":[{"a":["x"]},{"b":[{"numeric":["<",3]}]}]})", R"({"a":"n","b":2})", true);
        row("or nothing", R"({"c":["k"],"$or":[{"a":["x"]},{"b":["x"]}]})", R"({"c":"k"})", false);
        row("a field named $or", R"({"$or":["x"]})", R"({"$or":"x"})", true);
    }
    void pattern_matchesEvent()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, event);
        QFETCH(bool, matches);
        const auto parsed = EventPattern::parse(pattern.toStdString());
        QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
        QCOMPARE(parsed->matches(json::parse(event.toStdString())), matches);
    }

    void badPattern_saysWhy_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* pattern, const char* reason) {
            QTest::newRow(reason) << QString(pattern) << QString(reason);
        };
        row("{bad", "Invalid JSON");
        row("[]", "Filter is not an object");
        row("{}", "Empty objects are not allowed");
        row(R"({"lenderId":"A"})", "\"lenderId\" must be an object or an array");
        row(R"({"a":[]})", "Empty arrays are not allowed");
        row(R"({"a":[["x"]]})", "Match value must be String, number, true, false, or null");
        row(R"({"a":[{"like":"x"}]})", "Unrecognized match type like");
        row(R"({"a":[{"prefix":"x","suffix":"y"}]})", "Only one key allowed in match expression");
        row(R"({"a":[{"prefix":1}]})", "prefix match pattern must be a string");
        row(R"({"a":[{"exists":"no"}]})", "exists match pattern must be either true or false.");
        row(R"({"a":[{"numeric":5}]})", "Value of numeric must be an array.");
        row(R"({"a":[{"numeric":["!",5]}]})", "Unrecognized numeric range operator: !");
        row(R"({"a":[{"numeric":[">","5"]}]})", "Value of > must be numeric");
        row(R"({"a":[{"numeric":[">",5,"<",1]}]})", "Bottom must be less than top");
        row(R"({"a":[{"wildcard":"a**"}]})", "Consecutive wildcard characters at pos 1");
        row(R"({"a":[{"cidr":"10.0.0.0"}]})", "Malformed CIDR, one '/' required");
        row(R"({"a":[{"anything-but":true}]})",
            "Value of anything-but must be an array or single string/number value.");
    }
    void badPattern_saysWhy()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, reason);
        const auto parsed = EventPattern::parse(pattern.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(QString::fromStdString(parsed.error().message), reason);
    }
};

CHAMBER_SUITE(TstEventPattern, "tst_event_pattern")
#include "tst_event_pattern.moc"
