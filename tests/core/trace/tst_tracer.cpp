#include "core/trace/tracer.h"
#include "tests/support/suites.h"

#include <QRegularExpression>
#include <QTest>

#include <thread>

using namespace core;
using namespace core::trace;

class TstTracer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void openedTrack_hasItsFacts();
    void endedRoot_finishesTheTrack();
    void children_formATree();
    void failedSpan_keepsCodeAndMessage();
    void timingInHindsight_isKept();
    void movedScope_endsOnce();
    void emptyScope_doesNothing();
    void traceHeader_joinsItsSpan();
    void headers_joinLeniently_data();
    void headers_joinLeniently();
    void unknownHeaders_joinNothing();
    void finishedTrack_takesLateSpans();
    void fullRing_forgetsTheOldest();
    void otherCapacity_keepsTheNewest();
    void latest_pagesBackwards();
    void clearedTracer_isEmptyAndGoesOn();
    void spansBeyondTheBound_areCounted();
    void stepsBeyondTheBound_areNamed();
    void changes_tellBeginEndAndLateSpans();
    void scopeOutlivesTracer_isHarmless();
    void manyThreads_writeOneTrack();

private:
    Clock m_clock{Clock::State{1'736'970'803LL * kSecond, 1, true}};
};

namespace {

TrackStart getBook()
{
    return {"GET", "/books", "sdk", "apigateway", "GET /books"};
}

}

void TstTracer::openedTrack_hasItsFacts()
{
    Tracer tracer(m_clock);
    auto scope = tracer.open(getBook());
    QVERIFY(scope.recording());
    QCOMPARE(scope.id(), 1u);
    const QRegularExpression shape(QStringLiteral("^1-67881233-[0-9a-f]{24}$"));
    QVERIFY2(shape.match(QString::fromStdString(scope.trackId())).hasMatch(), scope.trackId().c_str());
    const auto track = tracer.find(scope.trackId());
    QVERIFY(track.has_value());
    QCOMPARE(track->id, scope.trackId());
    QCOMPARE(track->sequence, std::uint64_t{1});
    QCOMPARE(track->startedAt, m_clock.now());
    QCOMPARE(track->method, std::string("GET"));
    QCOMPARE(track->path, std::string("/books"));
    QCOMPARE(track->from, std::string("sdk"));
    QCOMPARE(track->duration, Micros{-1});
    QCOMPARE(track->spans.size(), 1u);
    QCOMPARE(track->spans[0].service, std::string("apigateway"));
    QCOMPARE(track->spans[0].duration, Micros{-1});
}

void TstTracer::endedRoot_finishesTheTrack()
{
    Tracer tracer(m_clock);
    auto scope = tracer.open(getBook());
    const auto id = scope.trackId();
    scope.setStatus(404);
    scope.setTrackNote("Cold start");
    scope.setTrackRequest("PUT", "/books/1");
    scope.setTrackFrom("Nairobi");
    scope.setName("PUT /books/{id}");
    scope.setResource("bookshop");
    scope.end();
    QVERIFY(!scope.recording());
    const auto track = tracer.find(id);
    QVERIFY(track->duration >= 0);
    QCOMPARE(track->duration, track->spans[0].duration);
    QCOMPARE(track->status, 404);
    QCOMPARE(track->note, std::string("Cold start"));
    QCOMPARE(track->method + track->path + track->from, std::string("PUT/books/1Nairobi"));
    QCOMPARE(track->spans[0].name + track->spans[0].resource, std::string("PUT /books/{id}bookshop"));
}

void TstTracer::children_formATree()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    auto lambda = root.child("lambda", "Invoke", "place-order");
    auto init = lambda.child("lambda", "init", {}, SpanKind::ColdStart);
    init.step("environment", "none was idle", Verdict::Warn);
    init.end();
    auto dynamodb = lambda.child("dynamodb", "GetItem", "Books");
    const auto track = tracer.find(root.trackId());
    QCOMPARE(track->spans.size(), 4u);
    QCOMPARE(track->spans[1].parent, 1u);
    QCOMPARE(track->spans[2].parent, lambda.id());
    QCOMPARE(track->spans[3].parent, lambda.id());
    QCOMPARE(track->spans[3].id, dynamodb.id());
    QCOMPARE(track->spans[2].kind, SpanKind::ColdStart);
    QCOMPARE(track->spans[2].steps.at(0).title, std::string("environment"));
    QCOMPARE(track->spans[2].steps.at(0).detail, std::string("none was idle"));
    QCOMPARE(track->spans[2].steps.at(0).verdict, Verdict::Warn);
    QVERIFY(track->spans[2].duration >= 0);
    QCOMPARE(track->spans[3].duration, Micros{-1});
    QVERIFY(track->spans[3].start >= track->spans[2].start);
}

void TstTracer::failedSpan_keepsCodeAndMessage()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    const auto id = root.trackId();
    root.fail({ErrorKind::NotFound, "ResourceNotFoundException", "Requested resource not found"});
    root.end();
    const auto track = tracer.find(id);
    QCOMPARE(track->note, std::string("ResourceNotFoundException"));
    QCOMPARE(track->spans[0].error, std::string("ResourceNotFoundException"));
    QCOMPARE(track->spans[0].steps.at(0).verdict, Verdict::Fail);
    QCOMPARE(track->spans[0].steps.at(0).detail, std::string("Requested resource not found"));
}

void TstTracer::timingInHindsight_isKept()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    auto network = root.child("client", "viewer to edge", "GRU", SpanKind::Network);
    network.setTiming(5, 42'000);
    network.end();
    const auto track = tracer.find(root.trackId());
    QCOMPARE(track->spans[1].start, Micros{5});
    QCOMPARE(track->spans[1].duration, Micros{42'000});
}

void TstTracer::movedScope_endsOnce()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    const auto id = root.trackId();
    {
        SpanScope moved = std::move(root);
        QVERIFY(!root.recording());
        QCOMPARE(tracer.find(id)->duration, Micros{-1});
        auto other = tracer.open(getBook());
        const auto otherId = other.trackId();
        other = std::move(moved);
        QVERIFY(tracer.find(otherId)->duration >= 0);
        QCOMPARE(tracer.find(id)->duration, Micros{-1});
    }
    QVERIFY(tracer.find(id)->duration >= 0);
}

void TstTracer::emptyScope_doesNothing()
{
    SpanScope scope;
    scope.step("nothing");
    scope.setStatus(200);
    scope.fail({});
    scope.setTiming(1, 2);
    QVERIFY(!scope.child("lambda", "Invoke").recording());
    QCOMPARE(scope.trackId(), std::string());
    QCOMPARE(scope.traceHeader(), std::string());
    QCOMPARE(scope.elapsed(), Micros{0});
    scope.end();
    QVERIFY(!scope.recording());
}

void TstTracer::traceHeader_joinsItsSpan()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    auto lambda = root.child("lambda", "Invoke");
    const auto header = lambda.traceHeader();
    const QRegularExpression shape(
        QStringLiteral("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$"));
    QVERIFY2(shape.match(QString::fromStdString(header)).hasMatch(), header.c_str());
    auto joined = tracer.join(header, "dynamodb", "PutItem");
    QVERIFY(joined.recording());
    QCOMPARE(joined.trackId(), root.trackId());
    QCOMPARE(tracer.find(root.trackId())->spans.at(2).parent, lambda.id());
}

void TstTracer::headers_joinLeniently_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<uint>("parent");
    QTest::newRow("as given") << "Root=%1;Parent=%2;Sampled=1" << 2u;
    QTest::newRow("lineage") << "Root=%1;Parent=%2;Sampled=1;Lineage=1:7f2a1b3c:0" << 2u;
    QTest::newRow("self, spaces, case")
        << "Self=1-67881633-000000000000000000000000; parent=%2 ;root=%1" << 2u;
    QTest::newRow("no name") << "%1;Parent=%2" << 2u;
    QTest::newRow("no parent") << "Root=%1" << 1u;
    QTest::newRow("another SDK's parent") << "Root=%1;Parent=53995c3f42cd8ad8;Sampled=1" << 1u;
    QTest::newRow("broken parent") << "Root=%1;Parent=zz;Sampled=1" << 1u;
}

void TstTracer::headers_joinLeniently()
{
    QFETCH(QString, header);
    QFETCH(uint, parent);
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    auto child = root.child("lambda", "Invoke");
    const auto own = QString::fromStdString(child.traceHeader());
    const auto parentId = own.section(QLatin1Char(';'), 1, 1).mid(7);
    const auto text = header.contains(QStringLiteral("%2"))
        ? header.arg(QString::fromStdString(root.trackId()), parentId)
        : header.arg(QString::fromStdString(root.trackId()));
    auto joined = tracer.join(text.toStdString(), "s3", "GetObject");
    QVERIFY(joined.recording());
    QCOMPARE(tracer.find(root.trackId())->spans.at(joined.id() - 1).parent, parent);
}

void TstTracer::unknownHeaders_joinNothing()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    auto stranger = root.trackId();
    stranger[12] = stranger[12] == '0' ? '1' : '0';
    for (const auto& header : {std::string(), std::string("Root="), std::string("Root=1-2-3"),
             "Root=" + stranger, std::string(";;=;"), "Root=" + root.trackId().substr(0, 34) + "g"})
        QVERIFY2(!tracer.join(header, "s3", "GetObject").recording(), header.c_str());
    QVERIFY(!tracer.find(stranger));
    QVERIFY(!tracer.find(""));
}

void TstTracer::finishedTrack_takesLateSpans()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    const auto id = root.trackId();
    const auto header = root.traceHeader();
    root.end();
    const auto duration = tracer.find(id)->duration;
    auto late = tracer.join(header, "logs", "PutLogEvents");
    late.step("late");
    late.end();
    const auto track = tracer.find(id);
    QCOMPARE(track->spans.size(), 2u);
    QCOMPARE(track->spans[1].parent, 1u);
    QVERIFY(track->spans[1].duration >= 0);
    QCOMPARE(track->duration, duration);
}

void TstTracer::fullRing_forgetsTheOldest()
{
    Tracer tracer(m_clock, 10);
    std::vector<std::string> ids;
    for (int i = 0; i < 25; ++i)
        ids.push_back(tracer.open(getBook()).trackId());
    QCOMPARE(tracer.total(), std::uint64_t{25});
    QCOMPARE(tracer.latest(100).size(), 10u);
    QVERIFY(!tracer.find(ids[14]));
    QVERIFY(tracer.find(ids[15]));
    QVERIFY(!tracer.join("Root=" + ids[5], "s3", "GetObject").recording());
}

void TstTracer::otherCapacity_keepsTheNewest()
{
    Tracer tracer(m_clock, 4);
    std::vector<std::string> ids;
    for (int i = 0; i < 4; ++i)
        ids.push_back(tracer.open(getBook()).trackId());
    tracer.setCapacity(2);
    QCOMPARE(tracer.latest(10).size(), std::size_t{2});
    QVERIFY(!tracer.find(ids[1]));
    QVERIFY(tracer.find(ids[2]));
    tracer.setCapacity(3);
    QVERIFY(tracer.find(ids[3]));
    ids.push_back(tracer.open(getBook()).trackId());
    QCOMPARE(tracer.latest(10).size(), std::size_t{3});
    QCOMPARE(tracer.latest(10).front().id, ids[4]);
    QCOMPARE(tracer.capacity(), std::size_t{3});
}

void TstTracer::latest_pagesBackwards()
{
    Tracer tracer(m_clock, 10);
    for (int i = 0; i < 12; ++i)
        tracer.open(getBook());
    const auto first = tracer.latest(4);
    QCOMPARE(first.size(), 4u);
    QCOMPARE(first.front().sequence, std::uint64_t{12});
    QCOMPARE(first.back().sequence, std::uint64_t{9});
    const auto second = tracer.latest(4, first.back().sequence);
    QCOMPARE(second.front().sequence, std::uint64_t{8});
    QCOMPARE(tracer.latest(100, second.back().sequence).size(), 2u);
    QCOMPARE(tracer.latest(100, 1).size(), 0u);
}

void TstTracer::clearedTracer_isEmptyAndGoesOn()
{
    Tracer tracer(m_clock);
    auto running = tracer.open(getBook());
    tracer.clear();
    QCOMPARE(tracer.total(), std::uint64_t{0});
    QVERIFY(tracer.latest(10).empty());
    QVERIFY(!tracer.find(running.trackId()));
    running.step("still fine");
    running.end();
    tracer.open(getBook());
    QCOMPARE(tracer.total(), std::uint64_t{1});
    QCOMPARE(tracer.latest(10).size(), 1u);
}

void TstTracer::spansBeyondTheBound_areCounted()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    for (int i = 0; i < 1'010; ++i)
        root.child("lambda", "Invoke");
    auto beyond = root.child("lambda", "Invoke");
    QCOMPARE(beyond.id(), 0u);
    beyond.step("goes nowhere");
    beyond.setStatus(500);
    beyond.child("dynamodb", "GetItem").end();
    QVERIFY(!beyond.traceHeader().empty());
    beyond.end();
    const auto track = tracer.find(root.trackId());
    QCOMPARE(track->spans.size(), 1'000u);
    QCOMPARE(track->droppedSpans, 13u);
    QCOMPARE(track->status, 0);
    QCOMPARE(track->duration, Micros{-1});
}

void TstTracer::stepsBeyondTheBound_areNamed()
{
    Tracer tracer(m_clock);
    auto root = tracer.open(getBook());
    for (int i = 0; i < 300; ++i)
        root.step("step", std::to_string(i));
    const auto steps = tracer.find(root.trackId())->spans[0].steps;
    QCOMPARE(steps.size(), 200u);
    QCOMPARE(steps[198].detail, std::string("198"));
    QCOMPARE(steps[199].title, std::string("Further steps are not kept"));
}

void TstTracer::changes_tellBeginEndAndLateSpans()
{
    Tracer tracer(m_clock);
    std::vector<bool> finished;
    std::string id;
    // The listener asks the tracer back: no lock may be held while it runs.
    auto subscription = tracer.changes().subscribe([&](const TrackChange& change) {
        id = change.id;
        finished.push_back(change.finished);
        QVERIFY(tracer.find(change.id).has_value());
        QVERIFY(!tracer.latest(1).empty());
    });
    auto root = tracer.open(getBook());
    QCOMPARE(id, root.trackId());
    const auto header = root.traceHeader();
    root.child("lambda", "Invoke");
    QCOMPARE(finished, (std::vector<bool>{false}));
    root.end();
    QCOMPARE(finished, (std::vector<bool>{false, true}));
    tracer.join(header, "logs", "PutLogEvents");
    QVERIFY(finished.size() > 2);
    QVERIFY(finished.back());
    subscription.reset();
    const auto count = finished.size();
    tracer.open(getBook());
    QCOMPARE(finished.size(), count);
}

void TstTracer::scopeOutlivesTracer_isHarmless()
{
    auto tracer = std::make_unique<Tracer>(m_clock);
    auto root = tracer->open(getBook());
    tracer.reset();
    root.step("after the end");
    auto child = root.child("lambda", "Invoke");
    QVERIFY(child.recording());
}

void TstTracer::manyThreads_writeOneTrack()
{
    Tracer tracer(m_clock, 1'000);
    auto root = tracer.open(getBook());
    const auto header = root.traceHeader();
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 50; ++k) {
                auto joined = tracer.join(header, "dynamodb", "GetItem");
                joined.step("read", "found by primary key", Verdict::Pass);
                auto other = tracer.open(getBook());
                other.setStatus(200);
                tracer.latest(3);
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    QCOMPARE(tracer.total(), std::uint64_t{401});
    QCOMPARE(tracer.latest(1'000).size(), 401u);
    auto late = root.child("lambda", "Invoke");
    QCOMPARE(late.id(), 402u);
}

CHAMBER_SUITE(TstTracer, "tst_tracer")
#include "tst_tracer.moc"
