#include "app/serve_options.h"
#include "tests/support/suites.h"

#include <QTest>

using app::parseServeOptions;
using core::store::Durability;

class TstServeOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_isTheDefault();
    void everyOption_isRead();
    void badOptions_areNamed_data();
    void badOptions_areNamed();
    void help_namesEveryOption();
};

void TstServeOptions::nothing_isTheDefault()
{
    qputenv("XDG_DATA_HOME", "/somewhere");
    const auto options = parseServeOptions({});
    QVERIFY(options.has_value());
    QCOMPARE(options->chamber.port, std::uint16_t{4566});
    QCOMPARE(options->chamber.host, std::string("127.0.0.1"));
    QCOMPARE(options->chamber.folder.string(), std::string("/somewhere/cloudchamber/default.chamber"));
    QCOMPARE(options->chamber.durability, Durability::Full);
    QVERIFY(!options->chamber.verifySignatures && options->sample.empty());
}

void TstServeOptions::everyOption_isRead()
{
    const auto options = parseServeOptions({"--port", "0", "--data=/x/y.chamber", "--host", "0.0.0.0",
        "--region", "eu-west-1", "--relaxed", "--verify-signatures"});
    QVERIFY(options.has_value());
    QCOMPARE(options->chamber.port, std::uint16_t{0});
    QCOMPARE(options->chamber.folder.string(), std::string("/x/y.chamber"));
    QCOMPARE(options->chamber.host, std::string("0.0.0.0"));
    QCOMPARE(options->chamber.region, std::string("eu-west-1"));
    QCOMPARE(options->chamber.durability, Durability::Relaxed);
    QVERIFY(options->chamber.verifySignatures);
    QCOMPARE(parseServeOptions({"--memory"})->chamber.durability, Durability::Memory);
    QVERIFY(parseServeOptions({"--help"})->help && parseServeOptions({"-h"})->help);
    QVERIFY(parseServeOptions({"--version"})->version);
}

void TstServeOptions::badOptions_areNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown") << QStringList{"--prot", "1"} << "'--prot'";
    QTest::newRow("stray") << QStringList{"x"} << "'x'";
    QTest::newRow("no value") << QStringList{"--port"} << "--port needs a value";
    QTest::newRow("value is an option") << QStringList{"--port", "--memory"} << "--port needs a value";
    QTest::newRow("text port") << QStringList{"--port", "http"} << "'http'";
    QTest::newRow("large port") << QStringList{"--port", "65536"} << "'65536'";
    QTest::newRow("negative port") << QStringList{"--port", "-1"} << "'-1'";
    QTest::newRow("unknown region") << QStringList{"--region", "mars-1"} << "'mars-1'";
    QTest::newRow("unknown sample") << QStringList{"--sample", "nope"} << "--sample";
    QTest::newRow("value for a switch") << QStringList{"--memory=yes"} << "--memory takes no value";
    QTest::newRow("memory and data") << QStringList{"--memory", "--data", "/x"} << "--data";
    QTest::newRow("memory and relaxed") << QStringList{"--memory", "--relaxed"} << "exclude";
}

void TstServeOptions::badOptions_areNamed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    std::vector<std::string> given;
    for (const auto& argument : arguments)
        given.push_back(argument.toStdString());
    const auto options = parseServeOptions(given);
    QVERIFY(!options);
    QVERIFY2(options.error().message.find(named.toStdString()) != std::string::npos,
        options.error().message.c_str());
}

void TstServeOptions::help_namesEveryOption()
{
    const auto help = app::serveHelp();
    for (const auto* option : {"--port", "--data", "--host", "--region", "--memory", "--sample",
             "--verify-signatures", "--relaxed", "--version", "--help"})
        QVERIFY2(help.find(option) != std::string::npos, option);
}

CHAMBER_SUITE(TstServeOptions, "tst_serve_options")
#include "tst_serve_options.moc"
