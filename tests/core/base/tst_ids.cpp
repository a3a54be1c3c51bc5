#include "core/base/ids.h"
#include "tests/support/suites.h"

#include <QRegularExpression>
#include <QTest>

#include <mutex>
#include <set>
#include <thread>

using namespace core;

class TstIds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ids_haveTheirShapes();
    void idsOfManyThreads_areUnique();
};

void TstIds::ids_haveTheirShapes()
{
    const auto matches = [](const std::string& text, const char* pattern) {
        return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromLatin1(pattern)))
            .match(QString::fromStdString(text))
            .hasMatch();
    };
    QVERIFY(matches(newUuid(), "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    QVERIFY(matches(newRequestId(), "[A-Z0-9]{52}"));
    QVERIFY(matches(newTraceId(0x67891233LL * kSecond), "1-67891233-[0-9a-f]{24}"));
    QVERIFY(matches(newSpanId(), "[0-9a-f]{16}"));
    QVERIFY(matches(randomLower(10), "[a-z0-9]{10}"));
    QVERIFY(matches(randomUpper(14), "[A-Z0-9]{14}"));
    QCOMPARE(randomBytes(33).size(), 33u);
}

void TstIds::idsOfManyThreads_areUnique()
{
    std::mutex mutex;
    std::set<std::string> seen;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 500; ++k) {
                auto id = newUuid();
                std::lock_guard guard(mutex);
                seen.insert(std::move(id));
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(seen.size(), 4'000u);
}

CHAMBER_SUITE(TstIds, "tst_ids")
#include "tst_ids.moc"
