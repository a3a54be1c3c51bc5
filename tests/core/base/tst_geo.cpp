#include "core/base/geo.h"
#include "core/base/text.h"
#include "tests/support/suites.h"

#include <QTest>

#include <set>

using namespace core;

class TstGeo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tables_areConsistent();
    void cities_findTheirEdges_data();
    void cities_findTheirEdges();
    void roundTrip_followsDistance();
    void names_areFound();
};

void TstGeo::tables_areConsistent()
{
    QVERIFY(geo::regions().size() >= 15);
    QCOMPARE(geo::edges().size(), 12u);
    QVERIFY(geo::cities().size() >= 40);
    std::set<std::string_view> ids;
    for (const auto& edge : geo::edges()) {
        QVERIFY(geo::findRegion(edge.regional) != nullptr);
        QVERIFY(edge.pop.starts_with(edge.id));
        QVERIFY(ids.insert(edge.id).second);
        QCOMPARE(&geo::nearestEdge(edge.place), &edge);
    }
    for (const auto& city : geo::cities()) {
        QCOMPARE(city.country.size(), 2u);
        QVERIFY(isUtf8(city.name));
        QVERIFY(ids.insert(city.name).second);
    }
}

void TstGeo::cities_findTheirEdges_data()
{
    QTest::addColumn<QString>("city");
    QTest::addColumn<QString>("edge");
    QTest::newRow("Boston") << "Boston"
                            << "IAD";
    QTest::newRow("Seattle") << "Seattle"
                             << "SFO";
    QTest::newRow("Berlin") << "Berlin"
                            << "FRA";
    QTest::newRow("Nairobi") << "Nairobi"
                             << "JNB";
    QTest::newRow("Buenos Aires") << "Buenos Aires"
                                  << "SCL";
    QTest::newRow("Auckland") << "Auckland"
                              << "SYD";
    QTest::newRow("Seoul") << "Seoul"
                           << "NRT";
}

void TstGeo::cities_findTheirEdges()
{
    QFETCH(QString, city);
    QFETCH(QString, edge);
    const auto* found = geo::findCity(city.toStdString());
    QVERIFY(found);
    QCOMPARE(std::string(geo::nearestEdge(found->place).id), edge.toStdString());
}

void TstGeo::roundTrip_followsDistance()
{
    const auto newYork = geo::findCity("New York")->place;
    const auto london = geo::findCity("London")->place;
    QVERIFY(std::abs(geo::kilometres(newYork, london) - 5'570) < 30);
    QCOMPARE(geo::roundTrip(newYork, newYork), kMillisecond);
    const auto trip = geo::roundTrip(newYork, london);
    QVERIFY(trip > 88 * kMillisecond && trip < 92 * kMillisecond);
    QCOMPARE(geo::roundTrip(london, newYork), trip);
}

void TstGeo::names_areFound()
{
    QVERIFY(geo::findCity("são paulo"));
    QVERIFY(!geo::findCity("Atlantis"));
    QVERIFY(geo::findEdge("GRU"));
    QVERIFY(!geo::findEdge("gru1"));
    QCOMPARE(std::string(geo::findRegion("us-east-1")->name), std::string("N. Virginia"));
}

CHAMBER_SUITE(TstGeo, "tst_geo")
#include "tst_geo.moc"
