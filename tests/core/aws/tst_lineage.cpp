#include "core/aws/lineage.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using aws::Lineage;

// What a request says of the functions that ran on the way to it.
class TstLineage : public QObject {
    Q_OBJECT

    static void expectRuns(const Lineage& lineage, int a, int b)
    {
        QCOMPARE(lineage.runsOf("a"), a);
        QCOMPARE(lineage.runsOf("b"), b);
    }

private Q_SLOTS:
    void text_isReadBack()
    {
        Lineage lineage;
        QVERIFY(lineage.isEmpty());
        QCOMPARE(lineage.text(), std::string());
        lineage.add("a", 5);
        lineage.add("b");
        const auto text = lineage.text();
        // Of a: the first eight digits of its SHA-256, and four runs before the latest.
        QCOMPARE(text, std::string("Lineage=1:ca978112:4|1:3e23e816:0"));
        const auto read = Lineage::parse("Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad;"
                                         "Sampled=1;"
            + text + ";Self=1");
        expectRuns(read, 5, 1);
        QCOMPARE(read.text(), text);
        // The form without the number in front is AWS's older one.
        expectRuns(Lineage::parse("Lineage=ca978112:2|3e23e816:9"), 3, 10);
    }

    void nonsense_isLeftAside_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << "Root=1-67891233-abcdef012345678912345678;Sampled=1";
        QTest::newRow("empty") << "Lineage=";
        QTest::newRow("no number") << "Lineage=1:ca978112:x";
        QTest::newRow("negative") << "Lineage=1:ca978112:-3";
        QTest::newRow("huge") << "Lineage=1:ca978112:99999999999999999999";
        QTest::newRow("no hash") << "Lineage=1:ca97:3";
        QTest::newRow("bars") << "Lineage=||:|::|";
    }
    void nonsense_isLeftAside()
    {
        QFETCH(QString, text);
        QVERIFY(Lineage::parse(text.toStdString()).isEmpty());
    }

    void ofManyFunctions_thoseThatRanMostAreTold()
    {
        Lineage lineage;
        for (int i = 1; i <= 40; ++i)
            lineage.add("f" + std::to_string(i), i);
        const auto read = Lineage::parse(lineage.text());
        QCOMPARE(read.runsOf("f40"), 40);
        QCOMPARE(read.runsOf("f25"), 25);
        QCOMPARE(read.runsOf("f24"), 0);
    }

    void waysThatMeet_countTheMostRuns()
    {
        Lineage lineage = Lineage::parse("Lineage=1:ca978112:2|1:3e23e816:0");
        lineage.join(Lineage::parse("Lineage=1:ca978112:1|1:3e23e816:7"));
        expectRuns(lineage, 3, 8);
    }

    void track_isFollowedUpToItsBeginning()
    {
        Clock clock;
        trace::Tracer tracer(clock);
        auto batch = tracer.open({"QUEUE", "jobs", "queue jobs", "lambda", "queue batch"});
        Lineage::parse("Lineage=1:ca978112:2").note(batch);
        auto run = batch.child("lambda", "invoke", "a");
        auto upload = run.child("s3", "PutObject", "photos");
        auto delivery = upload.child("sns", "delivery");
        auto second = delivery.child("lambda", "invoke", "b");
        auto send = second.child("sqs", "SendMessage");
        expectRuns(Lineage::of(tracer, send), 4, 1);
        expectRuns(Lineage::of(tracer, upload), 4, 0);
        expectRuns(Lineage::of(tracer, batch), 3, 0);
        // What AWS does not follow begins anew.
        auto call = second.child("apigateway", "GET /");
        auto behind = call.child("lambda", "invoke", "b");
        expectRuns(Lineage::of(tracer, behind), 0, 1);
        QVERIFY(Lineage::of(tracer, {}).isEmpty());
    }
};

CHAMBER_SUITE(TstLineage, "tst_lineage")
#include "tst_lineage.moc"
