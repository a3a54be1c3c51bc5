#include "core/aws/ledger.h"
#include "core/base/text.h"
#include "core/chamber/chamber.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"

#include <QProcess>
#include <QStringList>
#include <QTest>

#include <nlohmann/json.hpp>

#include <set>

// Nothing of AWS's own models is unknown here: each action and each member of its input is in the tables, if
// only to be refused by name.
class TstModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMember_isInTheTables_data();
    void everyMember_isInTheTables();
};

void TstModels::everyMember_isInTheTables_data()
{
    QTest::addColumn<QString>("service");
    for (const auto* service : {"lambda", "apigateway", "apigatewayv2", "sqs", "sns"})
        QTest::newRow(service) << QString::fromLatin1(service);
}

void TstModels::everyMember_isInTheTables()
{
    QFETCH(const QString, service);
    QProcess python;
    // The newer models, where the first Python has some; else those that packaging/setup installs.
    for (const auto& program : {QStringLiteral("python3"), QStringLiteral("/usr/bin/python3")}) {
        python.start(program,
            {QString::fromStdString(places::source("tests/core/chamber/aws_models.py")), QStringLiteral("2"),
                service});
        if (python.waitForFinished(60'000) && python.exitCode() == 0)
            break;
    }
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    const auto models = nlohmann::json::parse(python.readAllStandardOutput().toStdString());

    tests::TempChamber chamber;
    // The names on the wire begin with a small letter where botocore's begin with a capital.
    std::map<std::string, std::set<std::string>> known;
    // Those whose members are not listed one by one: unsupported as a whole, or taken as they are.
    std::map<std::string, std::set<std::string>> whole;
    for (const auto* one : chamber.chamber().services()) {
        if (QString::fromStdString(std::string(one->id())) != service)
            continue;
        for (const auto& row : core::aws::ledgerOf(*one)) {
            auto& paths = known[row.action];
            for (const auto& member : row.members)
                paths.insert(core::toLower(member.path));
            if (row.fidelity == core::aws::Fidelity::Unsupported)
                whole[row.action].insert("");
            for (const auto& member : row.members) {
                if (member.fidelity == core::aws::Fidelity::Unsupported)
                    whole[row.action].insert(core::toLower(member.path) + ".");
            }
        }
    }
    QStringList missing;
    for (const auto& [action, members] : models.at(service.toStdString()).items()) {
        const auto found = known.find(action);
        if (found == known.end()) {
            missing << QString::fromStdString(action);
            continue;
        }
        for (const auto& member : members) {
            const auto path = core::toLower(member.get<std::string>());
            bool covered = found->second.count(path) > 0;
            for (const auto& prefix : whole[action])
                covered = covered || path.starts_with(prefix);
            if (!covered)
                missing << QString::fromStdString(action + "." + member.get<std::string>());
        }
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QStringLiteral("\n"))));
}

CHAMBER_SUITE(TstModels, "tst_models")
#include "tst_models.moc"
