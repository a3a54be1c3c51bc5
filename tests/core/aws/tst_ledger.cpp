#include "core/aws/ledger.h"
#include "tests/core/aws/toy_service.h"
#include "tests/support/suites.h"

#include <QTest>

#include <array>

using namespace core::aws;

class TstLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_holdEveryActionButOurOwn();
    void markdown_namesWhatIsNotExact();
};

void TstLedger::rows_holdEveryActionButOurOwn()
{
    const tests::ToyService toy("toy", Protocol::RestJson);
    const auto rows = ledgerOf(toy);
    QCOMPARE(rows.size(), 6u);
    QCOMPARE(rows[0].action, std::string("Echo"));
    std::string members;
    for (const auto& member : rows[0].members)
        members += member.path + ' ' + std::string(fidelityName(member.fidelity)) + ';';
    QCOMPARE(members,
        std::string("Name exact;Value exact;Limit exact;Mode exact;Later unsupported;Rough simplified;Book "
                    "exact;Book.Title "
                    "exact;Book.Pages exact;Meta exact;"));
}

void TstLedger::markdown_namesWhatIsNotExact()
{
    tests::ToyService toy("toy", Protocol::RestJson);
    const std::array<Service*, 1> services{&toy};
    const auto text = ledgerMarkdown(services);
    QVERIFY2(text.find("| toy | Echo | exact | `Rough` (rounded) | `Later` |\n") != std::string::npos,
        text.c_str());
    QVERIFY(text.find("| toy | Never | unsupported: not built |") != std::string::npos);
}

CHAMBER_SUITE(TstLedger, "tst_ledger")
#include "tst_ledger.moc"
