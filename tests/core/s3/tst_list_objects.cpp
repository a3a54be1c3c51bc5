#include "core/s3/list_objects.h"
#include "tests/support/suites.h"

#include <QTest>

#include <map>

using namespace core;
using namespace core::s3;

class TstListObjects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prefix_narrows();
    void delimiter_rollsUp();
    void delimiterOfSeveralBytes_rollsUp();
    void pages_giveEveryEntryOnce_data();
    void pages_giveEveryEntryOnce();
    void startAfterInsideAGroup_stillShowsIt();
    void groupSeen_isNotShownAgain();
    void noKeysWanted_isNotTruncated();
    void exactPage_isNotTruncated();
    void groupOfHighestBytes_ends();
    void bigGroup_isPassedInOneStep();
};

namespace {

using Keys = std::map<std::string, std::string>;

KeyScan scanOf(const Keys& keys, int* visited = nullptr)
{
    return [&keys, visited](const store::Range& range, const store::Visitor& visit) {
        for (auto row = keys.lower_bound(range.from); row != keys.end(); ++row) {
            if (!range.to.empty() && row->first >= range.to)
                return;
            if (visited)
                ++*visited;
            if (!visit(row->first, row->second))
                return;
        }
    };
}

Keys keysOf(std::initializer_list<const char*> names)
{
    Keys keys;
    for (const char* name : names)
        keys[name] = "record";
    return keys;
}

// "key" for an object, "[prefix]" for a group.
std::string shown(const ListPage& page)
{
    std::string text;
    for (const auto& entry : page.entries)
        text += (text.empty() ? "" : " ") + (entry.isGroup ? '[' + entry.key + ']' : entry.key);
    return text;
}

const Keys kTree = keysOf({"a", "a/1", "a/2", "a/b/3", "b", "c/1", "c0", "d"});

}

void TstListObjects::prefix_narrows()
{
    QCOMPARE(shown(listKeys(scanOf(kTree), {.prefix = "a/"})), std::string("a/1 a/2 a/b/3"));
    QCOMPARE(shown(listKeys(scanOf(kTree), {.prefix = "x"})), std::string());
}

void TstListObjects::delimiter_rollsUp()
{
    QCOMPARE(shown(listKeys(scanOf(kTree), {.delimiter = "/"})), std::string("a [a/] b [c/] c0 d"));
    QCOMPARE(
        shown(listKeys(scanOf(kTree), {.prefix = "a/", .delimiter = "/"})), std::string("a/1 a/2 [a/b/]"));
    QCOMPARE(shown(listKeys(scanOf(kTree), {.prefix = "a", .delimiter = "/"})), std::string("a [a/]"));
}

void TstListObjects::delimiterOfSeveralBytes_rollsUp()
{
    const auto keys = keysOf({"x--1", "x--2", "x-3"});
    QCOMPARE(shown(listKeys(scanOf(keys), {.delimiter = "--"})), std::string("[x--] x-3"));
}

void TstListObjects::pages_giveEveryEntryOnce_data()
{
    QTest::addColumn<int>("size");
    for (int size = 1; size <= 7; ++size)
        QTest::addRow("%d a page", size) << size;
}

void TstListObjects::pages_giveEveryEntryOnce()
{
    QFETCH(int, size);
    for (const char* delimiter : {"", "/"}) {
        ListQuery query{.delimiter = delimiter, .groupSeen = true, .maxKeys = static_cast<std::size_t>(size)};
        std::string all;
        ListPage page;
        do {
            page = listKeys(scanOf(kTree), query);
            QVERIFY(!page.entries.empty());
            all += (all.empty() ? "" : " ") + shown(page);
            query.after = page.last();
        } while (page.truncated);
        QCOMPARE(all, shown(listKeys(scanOf(kTree), {.delimiter = delimiter})));
    }
}

void TstListObjects::startAfterInsideAGroup_stillShowsIt()
{
    QCOMPARE(
        shown(listKeys(scanOf(kTree), {.delimiter = "/", .after = "a/1"})), std::string("[a/] b [c/] c0 d"));
}

void TstListObjects::groupSeen_isNotShownAgain()
{
    const ListQuery query{.delimiter = "/", .after = "a/", .groupSeen = true};
    QCOMPARE(shown(listKeys(scanOf(kTree), query)), std::string("b [c/] c0 d"));
}

void TstListObjects::noKeysWanted_isNotTruncated()
{
    const auto page = listKeys(scanOf(kTree), {.maxKeys = 0});
    QVERIFY(page.entries.empty());
    QVERIFY(!page.truncated);
}

void TstListObjects::exactPage_isNotTruncated()
{
    QVERIFY(!listKeys(scanOf(kTree), {.maxKeys = kTree.size()}).truncated);
    QVERIFY(listKeys(scanOf(kTree), {.maxKeys = kTree.size() - 1}).truncated);
    // A group at the very end of the page hides keys, and they are no further page.
    const auto keys = keysOf({"a/1", "a/2"});
    QVERIFY(!listKeys(scanOf(keys), {.delimiter = "/", .maxKeys = 1}).truncated);
}

void TstListObjects::groupOfHighestBytes_ends()
{
    const auto keys = keysOf({"\xff\xff/1", "\xff\xff/2"});
    const auto page = listKeys(scanOf(keys), {.delimiter = "\xff"});
    QCOMPARE(page.entries.size(), std::size_t{1});
    QVERIFY(!page.truncated);
}

void TstListObjects::bigGroup_isPassedInOneStep()
{
    Keys keys;
    for (int i = 0; i < 10'000; ++i)
        keys["big/" + std::to_string(i)] = "record";
    keys["z"] = "record";
    int visited = 0;
    QCOMPARE(shown(listKeys(scanOf(keys, &visited), {.delimiter = "/"})), std::string("[big/] z"));
    QVERIFY(visited <= 3);
}

CHAMBER_SUITE(TstListObjects, "tst_list_objects")
#include "tst_list_objects.moc"
