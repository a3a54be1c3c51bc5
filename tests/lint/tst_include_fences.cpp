#include "tests/lint/include_fences.h"
#include "tests/support/suites.h"

#include <QTest>

using tests::IncludeLine;

class TstIncludeFences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sources_keepTheFences();
    void brokenFence_isNamed_data();
    void brokenFence_isNamed();
    void lowerLayer_isAllowed_data();
    void lowerLayer_isAllowed();
    void headerWithJson_isForSourcesAlone();
};

void TstIncludeFences::sources_keepTheFences()
{
    const auto lines = tests::includeLines();
    QVERIFY2(lines.size() > 5000, "the sources are not where they are looked for");
    std::string all;
    for (const auto& broken : tests::brokenFences(lines))
        all += '\n' + broken;
    QVERIFY2(all.empty(), all.c_str());
}

void TstIncludeFences::brokenFence_isNamed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("quoted");
    QTest::addColumn<QString>("rule");
    QTest::newRow("asio") << "core/http/server.h"
                          << "boost/asio/post.hpp" << false << "Beast and Asio";
    QTest::newRow("beast") << "core/aws/front_door.cpp"
                           << "boost/beast/http.hpp" << false << "Beast and Asio";
    QTest::newRow("sqlite") << "core/s3/object_store.cpp"
                            << "sqlite3.h" << false << "sqlite3.h stays";
    QTest::newRow("simdjson") << "core/dynamodb/number.cpp"
                              << "simdjson.h" << false << "simdjson stays";
    QTest::newRow("qscintilla") << "ui/api/route_editor.cpp"
                                << "Qsci/qsciscintilla.h" << false << "QScintilla stays";
    QTest::newRow("charts") << "ui/tables/table_view.h"
                            << "QLineSeries" << false << "Qt Charts stay";
    QTest::newRow("qt in core") << "core/base/text.cpp"
                                << "QString" << false << "no Qt in core";
    QTest::newRow("service") << "core/sns/topic.cpp"
                             << "core/sqs/queue.h" << true << "another service";
    QTest::newRow("a service's folder") << "core/apigateway/v2/stage.cpp"
                                        << "core/lambda/service.h" << true << "another service";
    QTest::newRow("project") << "core/project/sam_import.cpp"
                             << "core/lambda/model.h" << true << "another service";
    QTest::newRow("area") << "ui/api/api_area.cpp"
                          << "ui/tables/tables_area.h" << true << "another area";
    QTest::newRow("beside") << "core/trace/tracer.h"
                            << "core/http/message.h" << true << "stands right";
    QTest::newRow("base up") << "core/base/log.h"
                             << "core/aws/service.h" << true << "stands right";
    QTest::newRow("aws up") << "core/aws/caller.cpp"
                            << "core/lambda/service.h" << true << "stands right";
    QTest::newRow("service up") << "core/lambda/service.cpp"
                                << "core/chamber/chamber.h" << true << "stands right";
    QTest::newRow("core to ui") << "core/chamber/chamber.cpp"
                                << "ui/kit/theme.h" << true << "stands right";
    QTest::newRow("kit up") << "ui/kit/pane.h"
                            << "ui/bridge/engine_client.h" << true << "stands right";
    QTest::newRow("shell up") << "ui/shell/main_window.cpp"
                              << "ui/api/api_area.h" << true << "stands right";
    QTest::newRow("ui to app") << "ui/editors.cpp"
                               << "app/workbench.h" << true << "stands right";
    QTest::newRow("app to tests") << "app/serve.cpp"
                                  << "tests/support/places.h" << true << "stands right";
    QTest::newRow("beside the file") << "core/sns/topic.cpp"
                                     << "../sqs/queue.h" << true << "from the root";
}

void TstIncludeFences::brokenFence_isNamed()
{
    QFETCH(QString, file);
    QFETCH(QString, target);
    QFETCH(bool, quoted);
    QFETCH(QString, rule);
    const auto broken = tests::brokenFences({{file.toStdString(), 7, target.toStdString(), quoted}});
    QCOMPARE(broken.size(), 1U);
    const auto told = QString::fromStdString(broken.front());
    QVERIFY2(told.startsWith(file + ":7: includes " + target + ": "), qPrintable(told));
    QVERIFY2(told.contains(rule), qPrintable(told));
}

void TstIncludeFences::lowerLayer_isAllowed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("target");
    QTest::newRow("its own folder") << "core/apigateway/v2/stage.cpp"
                                    << "core/apigateway/model.h";
    QTest::newRow("service to aws") << "core/sns/service.h"
                                    << "core/aws/service.h";
    QTest::newRow("chamber to service") << "core/chamber/chamber.cpp"
                                        << "core/sns/service.h";
    QTest::newRow("area to shell") << "ui/api/api_area.h"
                                   << "ui/shell/area.h";
    QTest::newRow("area to code") << "ui/functions/source_editor.h"
                                  << "ui/code/code_editor.h";
    QTest::newRow("editors to area") << "ui/editors.cpp"
                                     << "ui/api/api_area.h";
    QTest::newRow("app to editors") << "app/workbench.cpp"
                                    << "ui/editors.h";
    QTest::newRow("tests to all") << "tests/core/lambda/lambda_room.h"
                                  << "core/s3/service.h";
    QTest::newRow("moc") << "tests/core/base/tst_text.cpp"
                         << "tst_text.moc";
}

void TstIncludeFences::lowerLayer_isAllowed()
{
    QFETCH(QString, file);
    QFETCH(QString, target);
    const auto broken = tests::brokenFences({{file.toStdString(), 7, target.toStdString(), true}});
    QVERIFY2(broken.empty(), broken.empty() ? "" : broken.front().c_str());
}

void TstIncludeFences::headerWithJson_isForSourcesAlone()
{
    const IncludeLine takes{"core/logs/page.h", 3, "nlohmann/json.hpp", false};
    const IncludeLine forward{"core/logs/page.h", 3, "nlohmann/json_fwd.hpp", false};
    const IncludeLine bySource{"core/logs/page.cpp", 1, "core/logs/page.h", true};
    const IncludeLine byHeader{"core/logs/model.h", 5, "core/logs/page.h", true};
    QVERIFY(tests::brokenFences({takes, bySource}).empty());
    QVERIFY(tests::brokenFences({forward, bySource, byHeader}).empty());
    const auto broken = tests::brokenFences({takes, bySource, byHeader});
    QCOMPARE(broken.size(), 1U);
    QVERIFY2(broken.front().starts_with("core/logs/model.h:5: includes core/logs/page.h: nlohmann/json.hpp"),
        broken.front().c_str());
}

CHAMBER_SUITE(TstIncludeFences, "tst_include_fences")

#include "tst_include_fences.moc"
