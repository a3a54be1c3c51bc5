#include "core/s3/conditions.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::s3;
using Answer = ConditionOutcome::Answer;

class TstConditions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noCondition_proceedsWithoutWords();
    void ifMatch_decides();
    void ifNoneMatch_decides();
    void dates_compareByWholeSeconds();
    void etagsOutweighDates();
    void writes_checkWhatIsThere();
};

namespace {

constexpr Micros kChanged = 1'000'000 * kSecond + 700 * kMillisecond;

}

void TstConditions::noCondition_proceedsWithoutWords()
{
    const auto outcome = evaluate({}, "abc", kChanged);
    QVERIFY(outcome.answer == Answer::Proceed);
    QVERIFY(outcome.words.empty());
}

void TstConditions::ifMatch_decides()
{
    QVERIFY(evaluate({.ifMatch = "\"abc\""}, "abc", kChanged).answer == Answer::Proceed);
    QVERIFY(evaluate({.ifMatch = "abc"}, "abc", kChanged).answer == Answer::Proceed);
    QVERIFY(evaluate({.ifMatch = "\"x\", \"abc\""}, "abc", kChanged).answer == Answer::Proceed);
    QVERIFY(evaluate({.ifMatch = "*"}, "abc", kChanged).answer == Answer::Proceed);
    const auto failed = evaluate({.ifMatch = "\"ab\""}, "abc", kChanged);
    QVERIFY(failed.answer == Answer::Failed);
    QCOMPARE(failed.condition, std::string("If-Match"));
}

void TstConditions::ifNoneMatch_decides()
{
    const auto same = evaluate({.ifNoneMatch = "\"abc\""}, "abc", kChanged);
    QVERIFY(same.answer == Answer::NotModified);
    QCOMPARE(same.words, std::string("If-None-Match matched: 304"));
    QVERIFY(evaluate({.ifNoneMatch = "W/\"abc\""}, "abc", kChanged).answer == Answer::NotModified);
    QVERIFY(evaluate({.ifNoneMatch = "\"x\""}, "abc", kChanged).answer == Answer::Proceed);
}

void TstConditions::dates_compareByWholeSeconds()
{
    const Micros second = kChanged / kSecond * kSecond;
    QVERIFY(evaluate({.ifModifiedSince = second}, "abc", kChanged).answer == Answer::NotModified);
    QVERIFY(evaluate({.ifModifiedSince = second - kSecond}, "abc", kChanged).answer == Answer::Proceed);
    QVERIFY(evaluate({.ifUnmodifiedSince = second}, "abc", kChanged).answer == Answer::Proceed);
    QVERIFY(evaluate({.ifUnmodifiedSince = second - kSecond}, "abc", kChanged).answer == Answer::Failed);
}

void TstConditions::etagsOutweighDates()
{
    const ReadConditions matches{.ifMatch = "\"abc\"", .ifUnmodifiedSince = 0};
    QVERIFY(evaluate(matches, "abc", kChanged).answer == Answer::Proceed);
    const ReadConditions differs{.ifNoneMatch = "\"x\"", .ifModifiedSince = kChanged + kSecond};
    QVERIFY(evaluate(differs, "abc", kChanged).answer == Answer::Proceed);
    const ReadConditions same{.ifNoneMatch = "\"abc\"", .ifModifiedSince = 0};
    QVERIFY(evaluate(same, "abc", kChanged).answer == Answer::NotModified);
}

void TstConditions::writes_checkWhatIsThere()
{
    QVERIFY(checkWrite("", "", std::nullopt, "k"));
    QVERIFY(checkWrite("", "*", std::nullopt, "k"));
    QCOMPARE(checkWrite("", "*", "abc", "k").error().code, std::string("PreconditionFailed"));
    QVERIFY(checkWrite("\"abc\"", "", "abc", "k"));
    QCOMPARE(checkWrite("\"x\"", "", "abc", "k").error().code, std::string("PreconditionFailed"));
    QCOMPARE(checkWrite("\"x\"", "", std::nullopt, "k").error().code, std::string("NoSuchKey"));
    QCOMPARE(checkWrite("", "\"abc\"", "abc", "k").error().code, std::string("NotImplemented"));
}

CHAMBER_SUITE(TstConditions, "tst_conditions")
#include "tst_conditions.moc"
