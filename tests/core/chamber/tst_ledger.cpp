#include "core/aws/ledger.h"
#include "core/chamber/chamber.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"

#include <QFile>
#include <QTest>

class TstLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void document_saysWhatTheCodeDoes();
    void readme_countsWhatTheCodeDoes();
    void everyAction_isInTheLedger();
};

namespace {

std::string document(tests::TempChamber& chamber)
{
    const auto services = chamber.chamber().services();
    return "# Fidelity\n\nEvery action of every service, and those of its members that are not exact. Made "
           "from the tables that requests are "
           "checked against; `tst_ledger` compares it.\n\n"
        + core::aws::ledgerMarkdown(services);
}

}

void TstLedger::document_saysWhatTheCodeDoes()
{
    tests::TempChamber chamber;
    const auto wanted = QByteArray::fromStdString(document(chamber));
    QFile written(QString::fromStdString(places::built("FIDELITY.md")));
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(wanted);
    written.close();
    QFile kept(QString::fromStdString(places::source("core/FIDELITY.md")));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QVERIFY2(kept.readAll() == wanted, "core/FIDELITY.md is old: copy FIDELITY.md from the build's folder");
}

void TstLedger::readme_countsWhatTheCodeDoes()
{
    tests::TempChamber chamber;
    const auto services = chamber.chamber().services();
    const auto table = QByteArray::fromStdString(core::aws::ledgerSummary(services));
    QFile kept(QString::fromStdString(places::source("README.md")));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    const auto text = kept.readAll();
    const QByteArray first = "<!-- ledger: made by tst_ledger -->\n";
    const auto begin = text.indexOf(first) + first.size();
    const auto end = text.indexOf("<!-- end of ledger -->");
    QVERIFY2(begin > first.size() && end >= begin, "README.md has lost its markers");
    const auto wanted = text.left(begin) + table + text.mid(end);
    QFile written(QString::fromStdString(places::built("README.md")));
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(wanted);
    written.close();
    QVERIFY2(text == wanted, "README.md is old: copy README.md from the build's folder");
}

void TstLedger::everyAction_isInTheLedger()
{
    tests::TempChamber chamber;
    for (const auto* service : chamber.chamber().services()) {
        std::size_t own = 0;
        for (std::size_t i = 0; i < service->actionCount(); ++i)
            own += service->action(i).uri.starts_with("/_chamber/") ? 1U : 0U;
        QCOMPARE(core::aws::ledgerOf(*service).size() + own, service->actionCount());
    }
}

CHAMBER_SUITE(TstLedger, "tst_ledger")
#include "tst_ledger.moc"
