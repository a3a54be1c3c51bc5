#include "core/dynamodb/dax/cache.h"
#include "core/dynamodb/dax/cluster_store.h"
#include "core/dynamodb/dax/endpoint.h"
#include "tests/core/dynamodb/dynamodb_room.h"
#include "tests/support/suites.h"

#include <QTest>

#include <atomic>
#include <thread>

using core::kSecond;
using core::dynamodb::dax::Cache;
using core::dynamodb::dax::CacheSettings;
using core::dynamodb::dax::EntryKind;

namespace {

// For QCOMPARE, which knows no JSON.
std::string shown(const nlohmann::json& value)
{
    return value.dump();
}

Cache::Value value(const std::string& text)
{
    return std::make_shared<const std::string>(text);
}

Cache::Place item(const std::string& key, const std::string& table = "t1")
{
    return {EntryKind::Item, table, key};
}

Cache::Place query(const std::string& key)
{
    return {EntryKind::Query, "t1", key};
}

}

class TstDaxCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void entry_isFoundUntilItExpires();
    void ttls_areOfEachKind();
    void zeroTtl_neverExpires();
    void nothing_isCachedToo();
    void kindsAndTables_areApart();
    void put_replacesAndRenews();
    void fill_leavesWhatWasWritten();
    void leastRecentlyUsed_isEvicted();
    void leastRecentlyUsedOfAllClusters_isEvicted();
    void tooLargeEntry_isNotKept();
    void smallerLimit_evictsAtOnce();
    void shorterTtl_endsEntriesAtOnce();
    void entries_areListed();
    void flush_emptiesATable();
    void counts_agreeUnderThreads();
    void hosts_nameClusters();
    void clusterNames_areChecked();
    void settings_surviveAReopen();
};

void TstDaxCache::entry_isFoundUntilItExpires()
{
    Cache cache;
    QVERIFY(!cache.find(item("a"), 0).hit);
    cache.put(item("a"), "id=a", value("A"), 10 * kSecond);
    auto found = cache.find(item("a"), 309 * kSecond);
    QVERIFY(found.hit);
    QCOMPARE(*found.value, std::string("A"));
    QCOMPARE(found.age, 299 * kSecond);
    found = cache.find(item("a"), 310 * kSecond);
    QVERIFY(!found.hit);
    QVERIFY(found.expired);
    QVERIFY(!cache.find(item("a"), 310 * kSecond).expired); // it is gone now
    const auto counts = cache.counts().at("t1").at(EntryKind::Item);
    QCOMPARE(counts.hits, std::uint64_t(1));
    QCOMPARE(counts.misses, std::uint64_t(3));
    QCOMPARE(counts.expirations, std::uint64_t(1));
    QCOMPARE(counts.entries, std::size_t(0));
    QCOMPARE(counts.bytes, std::size_t(0));
}

void TstDaxCache::ttls_areOfEachKind()
{
    Cache cache;
    cache.setSettings({.itemTtl = 10 * kSecond, .queryTtl = 20 * kSecond}, 0);
    cache.put(item("a"), "", value("A"), 0);
    cache.put(query("a"), "", value("Q"), 0);
    QVERIFY(!cache.find(item("a"), 15 * kSecond).hit);
    QVERIFY(cache.find(query("a"), 15 * kSecond).hit);
    QVERIFY(!cache.find(query("a"), 20 * kSecond).hit);
}

void TstDaxCache::zeroTtl_neverExpires()
{
    Cache cache;
    cache.setSettings({.itemTtl = 0}, 0);
    cache.put(item("a"), "", value("A"), 0);
    QVERIFY(cache.find(item("a"), 1'000'000 * kSecond).hit);
    QVERIFY(!cache.entries("", std::nullopt, 10, 5).front().expiresIn);
}

void TstDaxCache::nothing_isCachedToo()
{
    Cache cache;
    cache.put(item("a"), "", nullptr, 0);
    const auto found = cache.find(item("a"), 1);
    QVERIFY(found.hit);
    QVERIFY(!found.value);
}

void TstDaxCache::kindsAndTables_areApart()
{
    Cache cache;
    cache.put(item("a"), "", value("A"), 0);
    QVERIFY(!cache.find(query("a"), 1).hit);
    QVERIFY(!cache.find(item("a", "t2"), 1).hit);
    QVERIFY(cache.find(item("a"), 1).hit);
}

void TstDaxCache::put_replacesAndRenews()
{
    Cache cache;
    cache.put(item("a"), "", value("A"), 0);
    cache.put(item("a"), "", value("B"), 200 * kSecond);
    const auto found = cache.find(item("a"), 400 * kSecond);
    QVERIFY(found.hit);
    QCOMPARE(*found.value, std::string("B"));
    QCOMPARE(cache.counts().at("t1").at(EntryKind::Item).entries, std::size_t(1));
}

void TstDaxCache::fill_leavesWhatWasWritten()
{
    Cache cache;
    cache.put(item("a"), "", value("written"), 0);
    cache.fill(item("a"), "", value("read before"), 0);
    QCOMPARE(*cache.find(item("a"), 1).value, std::string("written"));
    cache.fill(item("a"), "", value("read later"), 300 * kSecond); // the other one has expired
    QCOMPARE(*cache.find(item("a"), 301 * kSecond).value, std::string("read later"));
}

void TstDaxCache::leastRecentlyUsed_isEvicted()
{
    Cache cache;
    cache.setSettings({.maxBytes = 5000}, 0);
    const std::string thousand(1000, 'x');
    for (const auto* key : {"a", "b", "c"})
        cache.put(item(key), "", value(thousand), 0);
    QVERIFY(cache.find(item("a"), 1).hit); // b is the oldest now
    cache.put(item("d"), "", value(thousand), 2);
    QVERIFY(cache.find(item("a"), 3).hit);
    QVERIFY(!cache.find(item("b"), 3).hit);
    QVERIFY(cache.find(item("c"), 3).hit);
    QVERIFY(cache.find(item("d"), 3).hit);
    const auto counts = cache.counts().at("t1").at(EntryKind::Item);
    QCOMPARE(counts.evictions, std::uint64_t(1));
    QVERIFY(counts.bytes <= 5000);
    QCOMPARE(counts.entries, std::size_t(3));
}

void TstDaxCache::leastRecentlyUsedOfAllClusters_isEvicted()
{
    const auto budget = std::make_shared<core::dynamodb::SharedBudget>(200'000);
    const std::string kilobyte(1000, 'x');
    Cache first(budget);
    for (int i = 0; i < 100; ++i)
        first.put(item(std::to_string(i)), "", value(kilobyte), 0);
    QVERIFY(first.find(item("0"), 0).hit); // used again: now the newest of them
    {
        Cache second(budget);
        for (int i = 0; i < 90; ++i)
            second.put(item(std::to_string(i)), "", value(kilobyte), 0);
        QVERIFY(budget->bytes() <= 200'000);
        for (int i = 0; i < 90; ++i)
            QVERIFY(second.find(item(std::to_string(i)), 0).hit);
        QVERIFY(!first.find(item("1"), 0).hit);
        QVERIFY(first.find(item("0"), 0).hit);
        const auto counts = first.counts().at("t1").at(EntryKind::Item);
        QVERIFY(counts.evictions > 0);
        QCOMPARE(counts.entries + counts.evictions, std::size_t{100});
    }
    first.flush("");
    QCOMPARE(budget->bytes(), std::size_t{0});
}

void TstDaxCache::tooLargeEntry_isNotKept()
{
    Cache cache;
    cache.setSettings({.maxBytes = 2000}, 0);
    cache.put(item("a"), "", value("A"), 0);
    cache.put(item("b"), "", value(std::string(3000, 'x')), 0);
    QVERIFY(cache.find(item("a"), 1).hit);
    QVERIFY(!cache.find(item("b"), 1).hit);
    // What it replaced is not served any more.
    cache.put(item("a"), "", value(std::string(3000, 'x')), 2);
    QVERIFY(!cache.find(item("a"), 3).hit);
}

void TstDaxCache::smallerLimit_evictsAtOnce()
{
    Cache cache;
    for (int i = 0; i < 100; ++i)
        cache.put(item(std::to_string(i)), "", value(std::string(1000, 'x')), 0);
    cache.setSettings({.maxBytes = 13'000}, 1);
    const auto counts = cache.counts().at("t1").at(EntryKind::Item);
    QCOMPARE(counts.entries + counts.evictions, std::uint64_t(100));
    QVERIFY(counts.entries > 5);
    QVERIFY(counts.bytes <= 13'000);
    QVERIFY(cache.find(item("99"), 2).hit);
}

void TstDaxCache::shorterTtl_endsEntriesAtOnce()
{
    Cache cache;
    cache.put(item("a"), "", value("A"), 0);
    cache.setSettings({.itemTtl = 5 * kSecond}, 6 * kSecond);
    QCOMPARE(cache.counts().at("t1").at(EntryKind::Item).entries, std::size_t(0));
}

void TstDaxCache::entries_areListed()
{
    Cache cache;
    cache.put(item("a"), "id=a", value("A"), 0);
    cache.put(query("q"), "Scan {}", value("[]"), 1 * kSecond);
    cache.put(item("b", "t2"), "id=b", nullptr, 2 * kSecond);
    cache.find(item("a"), 3 * kSecond);
    const auto all = cache.entries("", std::nullopt, 10, 10 * kSecond);
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(all[0].text, std::string("id=a")); // the one used last
    QCOMPARE(all[0].hits, std::uint64_t(1));
    QCOMPARE(all[0].age, 10 * kSecond);
    QCOMPARE(*all[0].expiresIn, 290 * kSecond);
    QVERIFY(!all[0].negative);
    QVERIFY(all[1].negative);
    QCOMPARE(cache.entries("t1", std::nullopt, 10, 10 * kSecond).size(), std::size_t(2));
    QCOMPARE(cache.entries("t1", EntryKind::Query, 10, 10 * kSecond).front().text, std::string("Scan {}"));
    QCOMPARE(cache.entries("", std::nullopt, 1, 10 * kSecond).size(), std::size_t(1));
    QCOMPARE(cache.entries("", std::nullopt, 10, 301 * kSecond).size(), std::size_t(1)); // two have expired
}

void TstDaxCache::flush_emptiesATable()
{
    Cache cache;
    cache.put(item("a"), "", value("A"), 0);
    cache.put(query("q"), "", value("Q"), 0);
    cache.put(item("b", "t2"), "", value("B"), 0);
    QCOMPARE(cache.flush("t1"), std::size_t(2));
    QVERIFY(!cache.find(item("a"), 1).hit);
    QVERIFY(cache.find(item("b", "t2"), 1).hit);
    QCOMPARE(cache.flush(""), std::size_t(1));
    QCOMPARE(cache.counts().at("t2").at(EntryKind::Item).hits, std::uint64_t(1)); // counters stay
}

void TstDaxCache::counts_agreeUnderThreads()
{
    Cache cache;
    cache.setSettings({.maxBytes = 20'000}, 0);
    constexpr int kThreads = 4;
    constexpr int kRounds = 2000;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&cache, &wrong, t] {
            for (int i = 0; i < kRounds; ++i) {
                const auto key = std::to_string((i * 7 + t) % 60);
                const auto found = cache.find(item(key), i);
                if (found.hit && *found.value != key + std::string(400, 'x'))
                    ++wrong;
                cache.put(item(key), key, value(key + std::string(400, 'x')), i);
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
    const auto counts = cache.counts().at("t1").at(EntryKind::Item);
    QCOMPARE(counts.hits + counts.misses, std::uint64_t(kThreads * kRounds));
    QCOMPARE(counts.entries, cache.entries("", std::nullopt, 1000, kRounds).size());
    QVERIFY(counts.bytes <= 20'000);
}

void TstDaxCache::hosts_nameClusters()
{
    using core::dynamodb::dax::clusterOfHost;
    QCOMPARE(clusterOfHost("books.dax.localhost:4566"), std::string_view("books"));
    QCOMPARE(clusterOfHost("Books.DAX.localhost"), std::string_view("Books"));
    QCOMPARE(clusterOfHost("dax.localhost:4566"), std::string_view());
    QCOMPARE(clusterOfHost(".dax.localhost"), std::string_view());
    QCOMPARE(clusterOfHost("localhost:4566"), std::string_view());
    QCOMPARE(clusterOfHost("127.0.0.1:4566"), std::string_view());
    QCOMPARE(clusterOfHost("books.dax.localhost.example.com"), std::string_view());
}

void TstDaxCache::clusterNames_areChecked()
{
    tests::DynamoDbRoom room;
    core::dynamodb::dax::ClusterStore clusters(room.store(), room.clock());
    for (const auto* name : {"a", "Books", "two-words", "a1234567890123456789"})
        QVERIFY2(clusters.open(name).has_value(), name);
    for (const auto* name : {"", "1a", "-a", "a-", "a--b", "a_b", "a.b", "a12345678901234567890"})
        QVERIFY2(!clusters.open(name).has_value(), name);
    QCOMPARE((*clusters.open("BOOKS")).get(), (*clusters.open("books")).get());
    for (int i = 0; i < 60; ++i)
        (void)clusters.open("c" + std::to_string(i));
    QCOMPARE(clusters.all().size(), std::size_t(50));
    QCOMPARE(clusters.open("another").error().code, std::string("ClusterQuotaForCustomerExceededFault"));
}

void TstDaxCache::settings_surviveAReopen()
{
    tests::DynamoDbRoom room;
    room.call("PutCache", {{"ClusterName", "books"}, {"RecordTtlMillis", 1500}, {"MaxBytes", 1000}});
    const auto changed = room.call("PutCache", {{"ClusterName", "books"}, {"QueryTtlMillis", 0}});
    QCOMPARE(shown(changed),
        shown((nlohmann::json{{"ClusterName", "books"}, {"RecordTtlMillis", 1500.0}, {"QueryTtlMillis", 0.0},
            {"MaxBytes", 1000}, {"Tables", nlohmann::json::array()}})));
    room.reopen();
    QCOMPARE(shown(room.call("ListCaches", nlohmann::json::object())["Clusters"]),
        shown(nlohmann::json::array({changed})));
    room.call("DeleteCache", {{"ClusterName", "books"}});
    room.reopen();
    QCOMPARE(
        shown(room.call("ListCaches", nlohmann::json::object())["Clusters"]), shown(nlohmann::json::array()));
    room.call("FlushCache", {{"ClusterName", "books"}});
    QCOMPARE(room.error, std::string("ClusterNotFoundFault: Cluster not found: books"));
    room.call("PutCache", {{"ClusterName", "no_name"}});
    QVERIFY(room.error.starts_with("ValidationException: 'no_name' is no name of a DAX cluster"));
}

CHAMBER_SUITE(TstDaxCache, "tst_dax_cache")
#include "tst_dax_cache.moc"
