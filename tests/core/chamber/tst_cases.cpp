#include "tests/support/case_runner.h"
#include "tests/support/suites.h"

#include <QTest>

// Runs every file of tests/cases over HTTP.
class TstCases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_files = tests::caseFiles();
        QVERIFY(!m_files.empty());
    }
    void cases_passOverHttp_data();
    void cases_passOverHttp();
    void runner_findsWhatIsWrong_data();
    void runner_findsWhatIsWrong();

private:
    std::vector<tests::CaseFile> m_files;
};

void TstCases::cases_passOverHttp_data()
{
    QTest::addColumn<int>("file");
    QTest::addColumn<int>("index");
    for (std::size_t file = 0; file < m_files.size(); ++file) {
        for (std::size_t index = 0; index < m_files[file].names.size(); ++index) {
            const auto name = m_files[file].service + '/' + m_files[file].names[index];
            QTest::newRow(name.c_str()) << static_cast<int>(file) << static_cast<int>(index);
        }
    }
}

void TstCases::cases_passOverHttp()
{
    QFETCH(int, file);
    QFETCH(int, index);
    const auto problem =
        tests::runCase(m_files[static_cast<std::size_t>(file)], static_cast<std::size_t>(index));
    QVERIFY2(problem.empty(), problem.c_str());
}

// A runner that accepts everything would make every case pass.
void TstCases::runner_findsWhatIsWrong_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("problem");
    const QString create = R"({"action": "CreateLogGroup", "request": {"logGroupName": "g"}, )";
    QTest::newRow("status") << create + R"("status": 201})"
                            << "status 200";
    QTest::newRow("error expected") << create + R"("error": "X: y"})"
                                    << "it succeeded";
    QTest::newRow("answer") << create + R"("answer": {"a": 1}})"
                            << "the answer is";
    QTest::newRow("match") << create + R"("match": {"a": 1}})"
                           << "/a is missing";
    QTest::newRow("has") << create + R"("has": {"/a": 1}})"
                         << "/a is null";
    QTest::newRow("headers") << create + R"("headers": {"content-type": "x"}})"
                             << "content-type is";
    QTest::newRow("text") << create + R"("text": "x"})"
                          << "the body is";
    QTest::newRow("keep") << create + R"("keep": {"x": "/x"}})"
                          << "nothing to keep";
    QTest::newRow("unexpected failure") << R"({"action": "CreateLogGroup", "request": {}})"
                                        << "it failed";
    QTest::newRow("other error") << R"({"action": "CreateLogGroup", "request": {}, "error": "X: y"})"
                                 << "it said: InvalidParameterException";
    QTest::newRow("unknown action") << R"({"action": "MakeCoffee"})"
                                    << "logs has no action MakeCoffee";
    QTest::newRow("unknown service") << R"({"service": "tea", "action": "Make"})"
                                     << "no service is named tea";
}

void TstCases::runner_findsWhatIsWrong()
{
    QFETCH(QString, step);
    QFETCH(QString, problem);
    QTemporaryDir folder;
    const tests::CaseFile file{folder.filePath("bad.json").toStdString(), "logs", {"bad"}};
    QFile written(folder.filePath("bad.json"));
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write((R"({"cases": [{"name": "bad", "steps": [)" + step + "]}]}").toUtf8());
    written.close();
    const auto found = tests::runCase(file, 0);
    QVERIFY2(found.find(problem.toStdString()) != std::string::npos, found.c_str());
}

CHAMBER_SUITE(TstCases, "tst_cases")
#include "tst_cases.moc"
