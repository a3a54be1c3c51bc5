#pragma once

#include <QTest>

#include <concepts>
#include <utility>

// How long tests wait for what is to come about. It comes when it comes, on a busy machine later: the limit
// only ends what would never come. Qt's own is five seconds, in which a machine with other work may not even
// have started a function; and Qt evaluates the expression again after it held, when what moves may have
// moved on. Here what held once has held.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expr) QVERIFY2(tests::comesAbout([&] { return static_cast<bool>(expr); }), #expr)
#define QTRY_VERIFY2(expr, message)                                                                          \
    QVERIFY2(tests::comesAbout([&] { return static_cast<bool>(expr); }), message)
#define QTRY_COMPARE(expr, expected)                                                                         \
    QCOMPARE(tests::atLast(                                                                                  \
                 [&] { return (expr); }, [&](const auto& valueSeen) { return valueSeen == (expected); }),    \
        expected)

namespace tests {

constexpr int kPatience = 30'000; // milliseconds
constexpr int kStep = 50; // as Qt's own: what follows at once is let come about, too

template <std::predicate Condition> bool comesAbout(Condition condition)
{
    for (int waited = 0; !condition(); waited += kStep) {
        if (waited >= kPatience)
            return false;
        QTest::qWait(kStep);
    }
    return true;
}

// What was seen when it was as awaited, or last.
template <typename Look, typename Awaited> auto atLast(Look look, Awaited awaited)
{
    auto seen = look();
    (void)comesAbout([&] { return awaited(seen) || awaited(seen = look()); });
    return seen;
}

}
