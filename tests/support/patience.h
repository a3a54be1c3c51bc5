#pragma once

#include <QTest>

// How long tests wait for what is to come about. It comes when it comes, on a busy machine later: the limit
// only ends what would never come. Qt's own is five seconds, in which a machine with other work may not even
// have started a function.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT(expr, tests::kPatience)
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT(expr, message, tests::kPatience)
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT(expr, expected, tests::kPatience)

namespace tests {

constexpr int kPatience = 30'000; // milliseconds

}
