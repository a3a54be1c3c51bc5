#include "core/store/detail/value_cache.h"
#include "tests/support/suites.h"

#include <QTest>

using core::store::detail::ValueCache;

class TstValueCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keptValue_isFoundByItsKeyspaceAndKey();
    void changedKey_isGoneAndComesBackOnlyWithANewTicket();
    void whatWasReadBeforeAChange_isNotKept();
    void dropOfAKeyspace_forgetsAll();
    void bytes_areBoundedAndTheLeastUsedGoes();
    void longValue_isNotKept();

private:
    static void keep(ValueCache& cache, const std::string& key, const std::string& value)
    {
        ValueCache::Ticket ticket;
        if (!cache.find("t", key, ticket))
            cache.keep(ticket, "t", key, value);
    }
    static std::optional<std::string> find(ValueCache& cache, const std::string& key)
    {
        ValueCache::Ticket ticket;
        return cache.find("t", key, ticket);
    }
};

void TstValueCache::keptValue_isFoundByItsKeyspaceAndKey()
{
    ValueCache cache(1 << 20);
    keep(cache, "a", "1");
    ValueCache::Ticket ticket;
    QCOMPARE(cache.find("t", "a", ticket), std::optional<std::string>("1"));
    QVERIFY(!cache.find("u", "a", ticket));
    QVERIFY(!cache.find("t", "b", ticket));
}

void TstValueCache::changedKey_isGoneAndComesBackOnlyWithANewTicket()
{
    ValueCache cache(1 << 20);
    keep(cache, "a", "1");
    ValueCache::Changes changes(cache);
    changes.touch("t", "a");
    QVERIFY(!find(cache, "a"));
    keep(cache, "a", "old, read while the change is under way");
    QVERIFY(!find(cache, "a"));
    changes.settle();
    keep(cache, "a", "2");
    QCOMPARE(find(cache, "a"), std::optional<std::string>("2"));
}

void TstValueCache::whatWasReadBeforeAChange_isNotKept()
{
    ValueCache cache(1 << 20);
    ValueCache::Ticket ticket;
    QVERIFY(!cache.find("t", "a", ticket));
    {
        ValueCache::Changes changes(cache);
        changes.touch("t", "a");
    }
    cache.keep(ticket, "t", "a", "old");
    QVERIFY(!find(cache, "a"));
}

void TstValueCache::dropOfAKeyspace_forgetsAll()
{
    ValueCache cache(1 << 20);
    for (int i = 0; i < 100; ++i)
        keep(cache, std::to_string(i), "x");
    ValueCache::Changes changes(cache);
    changes.touchAll();
    changes.settle();
    QCOMPARE(cache.bytes(), 0u);
    QVERIFY(!find(cache, "7"));
}

void TstValueCache::bytes_areBoundedAndTheLeastUsedGoes()
{
    constexpr std::size_t kBytes = 256 * 1024;
    ValueCache cache(kBytes);
    const std::string value(1000, 'v');
    keep(cache, "used", value);
    for (int i = 0; i < 2000; ++i) {
        keep(cache, std::to_string(i), value);
        QVERIFY(find(cache, "used"));
    }
    QVERIFY(cache.bytes() <= kBytes);
    QVERIFY(cache.bytes() > kBytes / 2);
    QVERIFY(!find(cache, "0"));
    QVERIFY(find(cache, "1999"));
}

void TstValueCache::longValue_isNotKept()
{
    ValueCache cache(64 << 20);
    keep(cache, "a", std::string(400 * 1024, 'v'));
    QVERIFY(!find(cache, "a"));
    QCOMPARE(cache.bytes(), 0u);
}

CHAMBER_SUITE(TstValueCache, "tst_value_cache")
#include "tst_value_cache.moc"
