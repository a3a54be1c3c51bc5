#include "core/base/ids.h"
#include "core/store/refusal.h"
#include "core/store/store.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <future>
#include <map>
#include <thread>

#include <unistd.h>

using namespace core;
using namespace core::store;

class TstStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void writtenValue_isReadBack();
    void reopenedStore_hasWhatWasAcknowledged();
    void reader_seesOneMoment();
    void twoReadersOfOneThread_seeTheirOwnMoments();
    void keys_areOrderedAsUnsignedBytes();
    void scan_respectsRangeAndStops();
    void backwardScan_isTheReverse();
    void prefixRange_endsAtTheNextPrefix();
    void bytes_areKeptAsTheyAre_data();
    void bytes_areKeptAsTheyAre();
    void failedWrite_leavesNothingWhileItsGroupStands();
    void throwingWrite_isInternalError();
    void writeToUnknownKeyspace_isError();
    void failedCreateOfKeyspace_leavesNoKeyspace();
    void transaction_seesItsOwnChanges();
    void visitor_mayReadAndWriteTheSameKeyspace();
    void droppedKeyspace_readsAsEmpty();
    void recreatedKeyspace_isEmptyForWarmReaders();
    void keyspaceNames_differByCaseAndQuotes();
    void keyspaces_areListedByPrefix();
    void manyKeyspaces_areAllReachable();
    void manyThreads_commitInGroups();
    void acknowledgedWrite_isSeenByEveryThread();
    void readers_neverSeeLessThanAnotherHasSeen();
    void failedWrite_leavesWhatGetsReadBefore();
    void queuedWrites_areFinishedByTheDestructor();
    void commitInsideAWrite_isRefused();
    void lockedFolder_isConflict();
    void foreignFile_isRefused();
    void log_startsAgainUnderLoad();
    void failedWrite_restoresEveryKeyItChanged();
    void unsyncedLog_failsItsWritesAndAllThatFollow();

private:
    std::unique_ptr<Store> openStore(Durability durability = Durability::Full);
    void put(std::string_view key, std::string_view value);
    // The committer's own, which was opened after SQLite's.
    int logDescriptor() const;
    std::vector<std::string> keysOf(const Range& range, Direction direction = Direction::Forward);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

namespace {

class RecordedWrite : public Write {
public:
    RecordedWrite(std::function<Result<>(Transaction&)> change, std::function<void(Result<>)> answered)
        : m_change(std::move(change))
        , m_answered(std::move(answered))
    {
    }
    Result<> apply(Transaction& transaction) override { return m_change(transaction); }
    void done(Result<> outcome) override { m_answered(std::move(outcome)); }

private:
    std::function<Result<>(Transaction&)> m_change;
    std::function<void(Result<>)> m_answered;
};

std::filesystem::path pathOf(const QTemporaryDir& folder)
{
    return folder.path().toStdString();
}

}

int TstStore::logDescriptor() const
{
    int found = -1;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const auto target = std::filesystem::read_symlink(entry.path(), gone);
        if (!gone && target.string().starts_with(pathOf(*m_folder).string())
            && target.extension() == ".sqlite-wal")
            found = std::max(found, std::stoi(entry.path().filename().string()));
    }
    return found;
}

std::unique_ptr<Store> TstStore::openStore(Durability durability)
{
    auto opened = Store::open({pathOf(*m_folder) / "a.chamber", durability});
    return opened ? std::move(*opened) : nullptr;
}

void TstStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = openStore();
    QVERIFY(m_store);
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.createKeyspace("t");
        return {};
    }));
}

void TstStore::cleanup()
{
    m_store.reset();
    m_folder.reset();
}

void TstStore::put(std::string_view key, std::string_view value)
{
    const auto outcome = m_store->commit([&](Transaction& transaction) -> Result<> {
        transaction.put("t", key, value);
        return {};
    });
    QVERIFY(outcome.has_value());
}

std::vector<std::string> TstStore::keysOf(const Range& range, Direction direction)
{
    std::vector<std::string> keys;
    m_store->read()->scan("t", range, direction, [&](std::string_view key, std::string_view) {
        keys.emplace_back(key);
        return true;
    });
    return keys;
}

void TstStore::writtenValue_isReadBack()
{
    QVERIFY(!m_store->get("t", "a"));
    QVERIFY(!m_store->get("unknown", "a"));
    put("a", "1");
    QCOMPARE(m_store->get("t", "a"), std::optional<std::string>("1"));
    put("a", "2");
    QCOMPARE(m_store->get("t", "a"), std::optional<std::string>("2"));
    QCOMPARE(m_store->read()->count("t"), std::uint64_t{1});
    bool first = false;
    bool second = true;
    QVERIFY(m_store->commit([&](Transaction& transaction) -> Result<> {
        first = transaction.erase("t", "a");
        second = transaction.erase("t", "a");
        return {};
    }));
    QVERIFY(first && !second);
    QVERIFY(!m_store->get("t", "a"));
}

void TstStore::reopenedStore_hasWhatWasAcknowledged()
{
    put("kept", "value");
    m_store.reset();
    for (const auto durability : {Durability::Relaxed, Durability::Memory, Durability::Full}) {
        m_store = openStore(durability);
        QVERIFY(m_store);
        QCOMPARE(m_store->get("t", "kept"), std::optional<std::string>("value"));
        m_store.reset();
    }
}

void TstStore::reader_seesOneMoment()
{
    put("a", "1");
    const auto reader = m_store->read();
    put("a", "2");
    put("b", "2");
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.createKeyspace("later");
        transaction.put("later", "a", "1");
        return {};
    }));
    QCOMPARE(reader->get("t", "a"), std::optional<std::string>("1"));
    QCOMPARE(reader->count("t"), std::uint64_t{1});
    QVERIFY(!reader->hasKeyspace("later"));
    QVERIFY(!reader->get("later", "a"));
    QCOMPARE(m_store->read()->get("t", "a"), std::optional<std::string>("2"));
    QVERIFY(m_store->read()->hasKeyspace("later"));
}

void TstStore::twoReadersOfOneThread_seeTheirOwnMoments()
{
    put("a", "1");
    const auto before = m_store->read();
    put("a", "2");
    const auto after = m_store->read();
    QCOMPARE(before->get("t", "a"), std::optional<std::string>("1"));
    QCOMPARE(after->get("t", "a"), std::optional<std::string>("2"));
}

void TstStore::keys_areOrderedAsUnsignedBytes()
{
    using namespace std::string_literals;
    const std::vector<std::string> sorted{
        ""s, "\x00"s, "\x00\x01"s, "A"s, "a"s, "a\x00"s, "ab"s, "\x7f"s, "\x80"s, "\xff"s, "\xff\xff"s};
    for (auto key = sorted.rbegin(); key != sorted.rend(); ++key)
        put(*key, "v");
    QCOMPARE(keysOf(Range::all()), sorted);
}

void TstStore::scan_respectsRangeAndStops()
{
    for (const auto* key : {"a", "b", "c", "d"})
        put(key, key);
    QCOMPARE(keysOf({"b", "d"}), (std::vector<std::string>{"b", "c"}));
    QCOMPARE(keysOf({"bb", ""}), (std::vector<std::string>{"c", "d"}));
    QCOMPARE(keysOf({"d", "b"}), std::vector<std::string>{});
    int visits = 0;
    m_store->read()->scan("t", Range::all(), Direction::Forward,
        [&](std::string_view, std::string_view) { return ++visits < 2; });
    QCOMPARE(visits, 2);
}

void TstStore::backwardScan_isTheReverse()
{
    for (const auto* key : {"a", "b", "c", "d"})
        put(key, key);
    QCOMPARE(keysOf(Range::all(), Direction::Backward), (std::vector<std::string>{"d", "c", "b", "a"}));
    QCOMPARE(keysOf({"b", "d"}, Direction::Backward), (std::vector<std::string>{"c", "b"}));
}

void TstStore::prefixRange_endsAtTheNextPrefix()
{
    using namespace std::string_literals;
    for (const auto& key : {"a"s, "a\xff"s, "a\xff\xff"s, "a\xff\x01"s, "b"s, "\xff"s, "\xff\xff"s})
        put(key, "v");
    QCOMPARE(keysOf(Range::prefix("a")).size(), 4u);
    QCOMPARE(keysOf(Range::prefix("a\xff")), (std::vector<std::string>{"a\xff", "a\xff\x01"s, "a\xff\xff"}));
    QCOMPARE(keysOf(Range::prefix("\xff")).size(), 2u);
    QCOMPARE(keysOf(Range::prefix("")).size(), 7u);
}

void TstStore::bytes_areKeptAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("json") << QByteArray(R"({"Title":{"S":"São Paulo"}})");
    QTest::newRow("zero bytes") << QByteArray("\0a\0", 3);
    QTest::newRow("brace and zero") << QByteArray("{\0}", 3);
    QTest::newRow("brace and no UTF-8") << QByteArray("{\xff\xfe");
    QTest::newRow("400 KiB") << QByteArray(400 * 1024, 'x');
}

void TstStore::bytes_areKeptAsTheyAre()
{
    QFETCH(QByteArray, value);
    put("k", value.toStdString());
    QCOMPARE(m_store->get("t", "k"), std::optional(value.toStdString()));
    std::string scanned = "nothing";
    m_store->read()->scan(
        "t", Range::all(), Direction::Forward, [&](std::string_view, std::string_view bytes) {
            scanned = bytes;
            return true;
        });
    QCOMPARE(scanned, value.toStdString());
}

void TstStore::failedWrite_leavesNothingWhileItsGroupStands()
{
    put("before", "1");
    // A first write holds the committer, so that the others are one group.
    std::promise<void> release;
    std::vector<Result<>> outcomes;
    std::promise<void> answered;
    const auto note = [&](Result<> outcome) {
        outcomes.push_back(std::move(outcome));
        if (outcomes.size() == 4)
            answered.set_value();
    };
    m_store->submit(std::make_unique<RecordedWrite>(
        [&](Transaction&) -> Result<> {
            release.get_future().wait();
            return {};
        },
        note));
    const auto submitPut = [&](const char* key, bool good) {
        m_store->submit(std::make_unique<RecordedWrite>(
            [key, good](Transaction& transaction) -> Result<> {
                transaction.put("t", key, "new");
                transaction.erase("t", "before");
                transaction.put("t", "before", good ? "good" : "bad");
                if (!good)
                    return fail(ErrorKind::Conflict, "ConditionalCheckFailedException",
                        "The conditional request failed");
                return {};
            },
            note));
    };
    submitPut("first", true);
    submitPut("second", false);
    submitPut("third", true);
    release.set_value();
    answered.get_future().wait();
    QVERIFY(outcomes[1].has_value());
    QCOMPARE(outcomes[2].error().code, std::string("ConditionalCheckFailedException"));
    QVERIFY(outcomes[3].has_value());
    QCOMPARE(keysOf(Range::all()), (std::vector<std::string>{"before", "first", "third"}));
    QCOMPARE(m_store->get("t", "before"), std::optional<std::string>("good"));
}

void TstStore::throwingWrite_isInternalError()
{
    const auto outcome = m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.put("t", "a", "1");
        throw std::runtime_error("on purpose");
    });
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Internal);
    QVERIFY(outcome.error().message.find("on purpose") != std::string::npos);
    QVERIFY(!m_store->get("t", "a"));
    put("b", "still works");
}

void TstStore::writeToUnknownKeyspace_isError()
{
    const auto outcome = m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.put("t", "a", "1");
        transaction.put("unknown", "a", "1");
        return {};
    });
    QVERIFY(!outcome);
    QVERIFY(!m_store->get("t", "a"));
}

void TstStore::failedCreateOfKeyspace_leavesNoKeyspace()
{
    const auto make = [&](bool good) {
        return m_store->commit([good](Transaction& transaction) -> Result<> {
            transaction.createKeyspace("new");
            transaction.put("new", "a", "1");
            transaction.dropKeyspace("t");
            if (!good)
                return fail(ErrorKind::Invalid, "ValidationException", "on purpose");
            return {};
        });
    };
    put("a", "1");
    QVERIFY(!make(false));
    QVERIFY(!m_store->read()->hasKeyspace("new"));
    QCOMPARE(m_store->get("t", "a"), std::optional<std::string>("1"));
    put("b", "2");
    QVERIFY(make(true));
    QCOMPARE(m_store->get("new", "a"), std::optional<std::string>("1"));
    QVERIFY(!m_store->get("t", "a"));
}

void TstStore::transaction_seesItsOwnChanges()
{
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.put("t", "a", "1");
        transaction.createKeyspace("u");
        transaction.put("u", "b", "2");
        const bool seen = transaction.get("t", "a") == "1" && transaction.get("u", "b") == "2"
            && transaction.hasKeyspace("u") && transaction.count("u") == 1
            && transaction.keyspaces("").size() == 2;
        if (!seen)
            return fail(ErrorKind::Internal, "", "a transaction does not see its own changes");
        return {};
    }));
}

void TstStore::visitor_mayReadAndWriteTheSameKeyspace()
{
    for (const auto* key : {"a", "b", "c"})
        put(key, key);
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        std::vector<std::string> keys;
        transaction.scan("t", {"a", "d"}, Direction::Forward, [&](std::string_view key, std::string_view) {
            keys.emplace_back(key);
            int inner = 0;
            transaction.scan("t", {"a", "d"}, Direction::Forward, [&](std::string_view, std::string_view) {
                ++inner;
                return true;
            });
            transaction.put("t", key, "seen " + std::to_string(inner));
            return true;
        });
        if (keys != std::vector<std::string>{"a", "b", "c"})
            return fail(ErrorKind::Internal, "", "the inner scan disturbed the outer one");
        return {};
    }));
    QCOMPARE(m_store->get("t", "c"), std::optional<std::string>("seen 3"));
}

void TstStore::droppedKeyspace_readsAsEmpty()
{
    put("a", "1");
    const auto before = m_store->read();
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.dropKeyspace("t");
        transaction.dropKeyspace("never made");
        return {};
    }));
    QCOMPARE(before->get("t", "a"), std::optional<std::string>("1"));
    QVERIFY(!m_store->get("t", "a"));
    QCOMPARE(m_store->read()->count("t"), std::uint64_t{0});
    QCOMPARE(keysOf(Range::all()).size(), 0u);
}

void TstStore::recreatedKeyspace_isEmptyForWarmReaders()
{
    put("a", "old");
    QCOMPARE(m_store->get("t", "a"), std::optional<std::string>("old"));
    QCOMPARE(keysOf(Range::all()).size(), 1u);
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.dropKeyspace("t");
        transaction.createKeyspace("t");
        transaction.put("t", "b", "new");
        return {};
    }));
    QVERIFY(!m_store->get("t", "a"));
    QCOMPARE(m_store->get("t", "b"), std::optional<std::string>("new"));
    QCOMPARE(keysOf(Range::all()), (std::vector<std::string>{"b"}));
}

void TstStore::keyspaceNames_differByCaseAndQuotes()
{
    const std::vector<std::string> names{
        "A", "a", "a\"b", "a'b", "a b", "sqlite_master", "s3/objects/São Paulo"};
    QVERIFY(m_store->commit([&](Transaction& transaction) -> Result<> {
        for (const auto& name : names) {
            transaction.createKeyspace(name);
            transaction.put(name, "k", name);
        }
        return {};
    }));
    for (const auto& name : names)
        QCOMPARE(m_store->get(name, "k"), std::optional(name));
}

void TstStore::keyspaces_areListedByPrefix()
{
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        for (const auto* name : {"s3/buckets", "s3/objects/b", "s3/objects/a", "s30"})
            transaction.createKeyspace(name);
        return {};
    }));
    QCOMPARE(m_store->read()->keyspaces("s3/"),
        (std::vector<std::string>{"s3/buckets", "s3/objects/a", "s3/objects/b"}));
    QCOMPARE(m_store->read()->keyspaces("").size(), 5u);
}

void TstStore::manyKeyspaces_areAllReachable()
{
    constexpr int kCount = 700;
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        for (int i = 0; i < kCount; ++i) {
            const auto name = "many/" + std::to_string(i);
            transaction.createKeyspace(name);
            transaction.put(name, "k", name);
        }
        return {};
    }));
    const auto reader = m_store->read();
    for (int i = 0; i < kCount; ++i) {
        const auto name = "many/" + std::to_string(i);
        QCOMPARE(reader->get(name, "k"), std::optional(name));
    }
}

void TstStore::manyThreads_commitInGroups()
{
    constexpr int kThreads = 64;
    constexpr int kEach = 40;
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            for (int k = 0; k < kEach; ++k) {
                const auto key = std::to_string(i) + "/" + std::to_string(k);
                const bool stored =
                    m_store
                        ->commit([&](Transaction& transaction) -> Result<> {
                            const auto count = transaction.get("t", "count");
                            transaction.put("t", "count", std::to_string(count ? std::stoi(*count) + 1 : 1));
                            transaction.put("t", key, randomBytes(100));
                            return {};
                        })
                        .has_value();
                good += stored && m_store->get("t", key) ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(good.load(), kThreads * kEach);
    QCOMPARE(m_store->get("t", "count"), std::optional(std::to_string(kThreads * kEach)));
    QCOMPARE(m_store->read()->count("t"), std::uint64_t{kThreads * kEach + 1});
}

void TstStore::acknowledgedWrite_isSeenByEveryThread()
{
    std::atomic<int> acknowledged = 0;
    std::atomic<bool> stale = false;
    std::atomic<bool> stop = false;
    put("n", "0");
    std::vector<std::thread> readers;
    for (int i = 0; i < 4; ++i) {
        readers.emplace_back([&, i] {
            while (!stop) {
                const int least = acknowledged;
                const auto value = i % 2 == 0 ? m_store->get("t", "n") : m_store->read()->get("t", "n");
                if (!value || std::stoi(*value) < least)
                    stale = true;
            }
        });
    }
    for (int i = 1; i <= 300; ++i) {
        put("n", std::to_string(i));
        acknowledged = i;
    }
    stop = true;
    for (auto& reader : readers)
        reader.join();
    QVERIFY(!stale);
}

void TstStore::readers_neverSeeLessThanAnotherHasSeen()
{
    std::atomic<int> seen = 0;
    std::atomic<bool> backwards = false;
    std::atomic<bool> stop = false;
    put("n", "0");
    std::vector<std::thread> readers;
    for (int i = 0; i < 4; ++i) {
        readers.emplace_back([&, i] {
            while (!stop) {
                const int least = seen;
                const int value =
                    std::stoi(i % 2 == 0 ? *m_store->get("t", "n") : *m_store->read()->get("t", "n"));
                if (value < least)
                    backwards = true;
                for (int known = seen; known < value && !seen.compare_exchange_weak(known, value);) { }
            }
        });
    }
    for (int i = 1; i <= 300; ++i)
        put("n", std::to_string(i));
    stop = true;
    for (auto& reader : readers)
        reader.join();
    QVERIFY(!backwards);
}

void TstStore::failedWrite_leavesWhatGetsReadBefore()
{
    put("a", "1");
    QCOMPARE(m_store->get("t", "a"), std::optional<std::string>("1"));
    QVERIFY(!m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.put("t", "a", "2");
        return fail(ErrorKind::Conflict, "", "no");
    }));
    QCOMPARE(m_store->get("t", "a"), std::optional<std::string>("1"));
    QVERIFY(m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.erase("t", "a");
        return {};
    }));
    QVERIFY(!m_store->get("t", "a"));
}

void TstStore::queuedWrites_areFinishedByTheDestructor()
{
    std::atomic<int> answered = 0;
    for (int i = 0; i < 100; ++i) {
        m_store->submit(std::make_unique<RecordedWrite>(
            [i](Transaction& transaction) -> Result<> {
                transaction.put("t", std::to_string(i), "v");
                return {};
            },
            [&](Result<> outcome) { answered += outcome ? 1 : 0; }));
    }
    m_store.reset();
    QCOMPARE(answered.load(), 100);
    m_store = openStore();
    QCOMPARE(m_store->read()->count("t"), std::uint64_t{100});
}

void TstStore::commitInsideAWrite_isRefused()
{
    std::optional<Result<>> inner;
    QVERIFY(m_store->commit([&](Transaction&) -> Result<> {
        inner = m_store->commit([](Transaction&) -> Result<> { return {}; });
        return {};
    }));
    QVERIFY(inner && !*inner);
    QCOMPARE(inner->error().kind, ErrorKind::Internal);
}

void TstStore::lockedFolder_isConflict()
{
    const auto folder = pathOf(*m_folder) / "a.chamber";
    const auto second = Store::open({folder, Durability::Full});
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Conflict);
    QVERIFY(second.error().message.find(folder.string()) != std::string::npos);
    m_store.reset();
    QVERIFY(Store::open({folder, Durability::Full}).has_value());
}

void TstStore::foreignFile_isRefused()
{
    const auto folder = pathOf(*m_folder) / "foreign";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "chamber.sqlite") << std::string(10'000, 'x');
    const auto opened = Store::open({folder, Durability::Full});
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Io);
    QVERIFY(opened.error().message.find(folder.string()) != std::string::npos);
}

void TstStore::log_startsAgainUnderLoad()
{
    // 200 MB of new pages go through the log while it may hold 64 MiB; readers come and go.
    std::atomic<bool> stop = false;
    std::thread reader([&] {
        while (!stop)
            m_store->read()->count("t");
    });
    std::atomic<int> answered = 0;
    for (int i = 0; i < 2'000; ++i) {
        m_store->submit(std::make_unique<RecordedWrite>(
            [i](Transaction& transaction) -> Result<> {
                transaction.put("t", std::to_string(i % 300), randomBytes(100'000));
                return {};
            },
            [&](Result<> outcome) { answered += outcome ? 1 : 0; }));
        if (i % 50 == 49)
            QTRY_VERIFY_WITH_TIMEOUT(answered == i + 1, 60'000);
    }
    stop = true;
    reader.join();
    const auto log = std::filesystem::file_size(m_store->folder() / "chamber.sqlite-wal");
    QVERIFY2(log < 150'000'000, std::to_string(log).c_str());
}

void TstStore::failedWrite_restoresEveryKeyItChanged()
{
    put("replaced", "1");
    put("erased", "2");
    put("read", "3");
    const auto outcome = m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.put("t", "read", *transaction.get("t", "read") + "3");
        transaction.put("t", "replaced", "once");
        transaction.put("t", "replaced", "twice");
        transaction.erase("t", "erased");
        transaction.erase("t", "never there");
        transaction.put("t", "new", "4");
        transaction.put("t", "new", "5");
        transaction.createKeyspace("u");
        transaction.put("u", "a", "6");
        transaction.put("t", "erased", "again");
        return fail(ErrorKind::Conflict, "ConditionalCheckFailedException", "on purpose");
    });
    QVERIFY(!outcome);
    QCOMPARE(keysOf(Range::all()), (std::vector<std::string>{"erased", "read", "replaced"}));
    QCOMPARE(m_store->get("t", "replaced"), std::optional<std::string>("1"));
    QCOMPARE(m_store->get("t", "erased"), std::optional<std::string>("2"));
    QCOMPARE(m_store->get("t", "read"), std::optional<std::string>("3"));
    QVERIFY(!m_store->read()->hasKeyspace("u"));
    m_store.reset();
    m_store = openStore();
    QCOMPARE(keysOf(Range::all()), (std::vector<std::string>{"erased", "read", "replaced"}));
}

void TstStore::unsyncedLog_failsItsWritesAndAllThatFollow()
{
    put("before", "1");
    const auto log = logDescriptor();
    QVERIFY(log >= 0);
    // A pipe cannot be synced; it takes the place of the log.
    std::array<int, 2> pipeEnds{};
    QCOMPARE(pipe(pipeEnds.data()), 0);
    const int kept = dup(log);
    const auto submit = [&](std::function<void()> applied, std::function<void(Result<>)> answered,
                            const char* key) {
        m_store->submit(std::make_unique<RecordedWrite>(
            [applied = std::move(applied), key](Transaction& transaction) -> Result<> {
                applied();
                transaction.put("t", key, "2");
                return {};
            },
            std::move(answered)));
    };
    // The first holds the answering thread, until the third is past the check that the second makes fail.
    std::promise<void> release;
    std::promise<void> thirdBegun;
    std::promise<void> finish;
    std::promise<Result<>> second;
    std::promise<Result<>> third;
    submit([] {}, [&](Result<>) { release.get_future().wait(); }, "first");
    QTRY_VERIFY(m_store->get("t", "first"));
    submit([] {}, [&](Result<> outcome) { second.set_value(std::move(outcome)); }, "second");
    QTRY_VERIFY(m_store->get("t", "second"));
    submit(
        [&] {
            thirdBegun.set_value();
            finish.get_future().wait();
        },
        [&](Result<> outcome) { third.set_value(std::move(outcome)); }, "third");
    thirdBegun.get_future().wait();
    QVERIFY(dup2(pipeEnds[1], log) >= 0);
    release.set_value();
    const auto unsynced = second.get_future().get();
    QVERIFY(!unsynced);
    QCOMPARE(unsynced.error().kind, ErrorKind::Io);
    QVERIFY(unsynced.error().message.find("cannot be synced") != std::string::npos);
    QVERIFY(dup2(kept, log) >= 0); // the disk reports a failure once
    finish.set_value();
    QVERIFY(!core::store::isRefusal(unsynced.error()));
    QVERIFY(core::store::isRefusal(third.get_future().get().error()));
    const auto after = m_store->commit([](Transaction& transaction) -> Result<> {
        transaction.put("t", "after", "2");
        return {};
    });
    QVERIFY(!after && core::store::isRefusal(after.error()));
    QVERIFY(!m_store->get("t", "after"));
    for (const int descriptor : {pipeEnds[0], pipeEnds[1], kept})
        close(descriptor);
    m_store.reset();
    m_store = openStore();
    QCOMPARE(m_store->get("t", "before"), std::optional<std::string>("1"));
    put("after", "works again");
}

CHAMBER_SUITE(TstStore, "tst_store")
#include "tst_store.moc"
