#include "ui/cdn/cdn_document.h"

#include "core/base/geo.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "ui/bridge/event_bridge.h"

#include <nlohmann/json.hpp>

#include <QSet>

#include <algorithm>

namespace ui::cdn {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

QString text(const json& value, const char* member)
{
    return QString::fromStdString(value.value(member, ""));
}

EntryRow entryOf(const json& value)
{
    return {.edge = text(value, "edge"),
        .path = text(value, "path"),
        .key = text(value, "key"),
        .variant = text(value, "variant"),
        .state = text(value, "state"),
        .reason = text(value, "reason"),
        .status = value.value("status", 200),
        .age = value.value("age", qint64(0)),
        .lifetime = value.value("lifetime", qint64(0)),
        .size = value.value("size", qint64(0)),
        .hits = value.value("hits", qint64(0))};
}

EdgeRow edgeOf(const json& value)
{
    return {.id = text(value, "id"),
        .city = text(value, "city"),
        .latitude = value.value("latitude", 0.0),
        .longitude = value.value("longitude", 0.0),
        .requests = value.value("requests", qint64(0)),
        .hits = value.value("hits", qint64(0)),
        .originRequests = value.value("originRequests", qint64(0)),
        .bytesServed = value.value("bytesServed", qint64(0)),
        .bytesFromOrigin = value.value("bytesFromOrigin", qint64(0)),
        .bytesStored = value.value("bytesStored", qint64(0))};
}

core::http::Request requestOf(const ViewerCall& call, const QString& city)
{
    core::http::Request request;
    request.method = call.method.toStdString();
    request.target = call.path.toStdString();
    for (const auto& [name, value] : call.headers)
        request.headers.add(name.toStdString(), value.toStdString());
    request.headers.set("X-Chamber-From", city.toStdString());
    request.body = call.body.toStdString();
    return request;
}

bool askedOrigin(const core::trace::Track& track)
{
    return std::any_of(track.spans.begin(), track.spans.end(), [](const core::trace::Span& span) {
        return std::any_of(span.steps.begin(), span.steps.end(),
            [](const core::trace::Step& step) { return step.title.starts_with("Asks the origin"); });
    });
}

// Runs on the pool: sends from one city or from each, and keeps the last answer.
ViewerAnswer sendAll(bridge::Engine engine, ViewerCall call, std::string domain, std::string originRegion)
{
    QStringList cities{call.city};
    if (call.everyCity) {
        cities.clear();
        for (const auto& city : core::geo::cities())
            cities.append(QString::fromUtf8(city.name.data(), qsizetype(city.name.size())));
        cities.removeAll(call.city);
        cities.append(call.city); // its decisions are the ones shown
    }
    ViewerAnswer answer{.call = call, .response = core::http::Response{}, .track = {}, .edge = {}};
    answer.sent = 0;
    for (const auto& city : cities) {
        for (int i = 0; i < call.repeat; ++i) {
            const auto start = core::steadyMicros();
            core::aws::CallOptions options;
            options.region = engine.region;
            options.from = city.toStdString();
            answer.response = engine.caller.fetch(
                "https://" + domain + call.path.toStdString(), requestOf(call, city), options);
            answer.took = core::steadyMicros() - start;
            ++answer.sent;
        }
    }
    if (!answer.response)
        return answer;
    if (auto track = engine.tracer.find(answer.response->headers.get("X-Chamber-Track")))
        answer.track = *std::move(track);
    const auto pop = answer.response->headers.get("X-Amz-Cf-Pop").substr(0, 3);
    answer.edge = QString::fromUtf8(pop.data(), qsizetype(pop.size()));
    const auto* edge = core::geo::findEdge(pop);
    const auto* city = core::geo::findCity(call.city.toStdString());
    const auto* region = core::geo::findRegion(originRegion);
    if (edge && city)
        answer.network += core::geo::roundTrip(city->place, edge->place);
    if (edge && region && askedOrigin(answer.track))
        answer.network += core::geo::roundTrip(edge->place, region->place);
    return answer;
}

}

CdnDocument::CdnDocument(bridge::EngineClient& engine, bridge::EventBridge& events, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(250);
    connect(&m_soon, &QTimer::timeout, this, &CdnDocument::reloadCaches);
    events.watch(this, u"cdn"_s, [this](const bridge::ResourceChange&) {
        reloadDistributions();
        reloadInvalidations();
        m_soon.start();
    });
    connect(&events, &bridge::EventBridge::tracksChanged, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
}

const DistributionRow* CdnDocument::current() const
{
    const auto found = std::find_if(m_distributions.begin(), m_distributions.end(),
        [this](const DistributionRow& row) { return row.id == m_currentId; });
    return found == m_distributions.end() ? nullptr : &*found;
}

Matches CdnDocument::matches(const QString& pattern) const
{
    Matches result;
    QSet<QString> edges;
    for (const auto& entry : m_entries) {
        if (!core::matchesGlob(pattern.toStdString(), entry.path.toStdString()))
            continue;
        ++result.entries;
        result.stale += entry.state == "stale"_L1 ? 1 : 0;
        edges.insert(entry.edge);
    }
    result.edges = static_cast<int>(edges.size());
    return result;
}

void CdnDocument::open(const QString& distributionId)
{
    if (m_currentId == distributionId)
        return;
    m_currentId = distributionId;
    m_entries.clear();
    m_edges.clear();
    Q_EMIT distributionsChanged();
    reloadCaches();
    reloadInvalidations();
}

void CdnDocument::reload()
{
    reloadDistributions();
    reloadCaches();
    reloadInvalidations();
}

void CdnDocument::reloadDistributions()
{
    m_engine.refresh(this, u"cdn"_s, u"ListDistributions"_s, json::object(), [this](const auto& answer) {
        if (!answer)
            return Q_EMIT failed(tr("The distributions cannot be listed"), answer.error());
        QList<DistributionRow> rows;
        for (const auto& entry : answer->at("DistributionList").value("Items", json::array())) {
            const auto comment = text(entry, "Comment");
            const auto id = text(entry, "Id");
            rows.append({id, comment.isEmpty() ? id : comment, text(entry, "DomainName"),
                entry.value("Enabled", true)});
        }
        const bool first = !m_loaded;
        m_loaded = true;
        m_distributions = rows;
        if (!current())
            m_currentId = rows.isEmpty() ? QString() : rows.first().id;
        Q_EMIT distributionsChanged();
        if (first || m_edges.isEmpty()) {
            reloadCaches();
            reloadInvalidations();
        }
    });
}

void CdnDocument::reloadCaches()
{
    if (m_currentId.isEmpty())
        return;
    const json input{{"Id", m_currentId.toStdString()}};
    m_engine.refresh(this, u"cdn"_s, u"ListEdges"_s, input, [this, id = m_currentId](const auto& answer) {
        if (answer && id == m_currentId)
            show(*answer);
    });
    m_engine.refresh(
        this, u"cdn"_s, u"ListCacheEntries"_s, input, [this, id = m_currentId](const auto& answer) {
            if (!answer || id != m_currentId)
                return;
            m_entries.clear();
            for (const auto& entry : answer->at("entries"))
                m_entries.append(entryOf(entry));
            Q_EMIT entriesChanged();
        });
}

void CdnDocument::show(const json& answer)
{
    m_edges.clear();
    for (const auto& edge : answer.at("edges"))
        m_edges.append(edgeOf(edge));
    const auto& origin = answer.at("origin");
    m_originRegion = text(origin, "region");
    m_originLatitude = origin.value("latitude", 0.0);
    m_originLongitude = origin.value("longitude", 0.0);
    Q_EMIT edgesChanged();
}

void CdnDocument::reloadInvalidations()
{
    if (m_currentId.isEmpty())
        return;
    // The list has no paths; each of the latest is asked for them.
    m_engine.run(
        this,
        [engine = m_engine.engine(),
            id = m_currentId.toStdString()]() -> core::Result<QList<InvalidationRow>> {
            core::aws::CallOptions quiet;
            quiet.quiet = true;
            const json input{{"DistributionId", id}, {"MaxItems", 6}};
            CORE_TRY(const auto list, engine.caller.call("cdn", "ListInvalidations", input, quiet));
            QList<InvalidationRow> rows;
            const auto items = list.json().at("InvalidationList").value("Items", json::array());
            for (const auto& item : items) {
                const json one{{"DistributionId", id}, {"Id", item.at("Id")}};
                CORE_TRY(const auto found, engine.caller.call("cdn", "GetInvalidation", one, quiet));
                const auto whole = found.json().at("Invalidation");
                const auto paths =
                    whole.at("InvalidationBatch").at("Paths").value("Items", std::vector<std::string>());
                rows.append({text(whole, "Id"), QString::fromStdString(core::join(paths, ", ")),
                    text(whole, "CreateTime").mid(11, 8), text(whole, "Status")});
            }
            return rows;
        },
        [this](const core::Result<QList<InvalidationRow>>& rows) {
            if (!rows)
                return;
            m_invalidations = *rows;
            Q_EMIT invalidationsChanged();
        });
}

void CdnDocument::send(const ViewerCall& call)
{
    const auto* shown = current();
    if (!shown)
        return;
    m_engine.run(
        this,
        [engine = m_engine.engine(), call, domain = shown->domain.toStdString(),
            region = m_originRegion.toStdString()] { return sendAll(engine, call, domain, region); },
        [this](const ViewerAnswer& answer) {
            reloadCaches();
            Q_EMIT answered(answer);
        });
}

void CdnDocument::invalidate(const QString& pattern)
{
    const json batch{{"CallerReference", core::newUuid()},
        {"Paths", {{"Quantity", 1}, {"Items", {pattern.toStdString()}}}}};
    m_engine.call(this, u"cdn"_s, u"CreateInvalidation"_s,
        {{"DistributionId", m_currentId.toStdString()}, {"InvalidationBatch", batch}},
        [this](const auto& answer) {
            if (!answer)
                return Q_EMIT failed(tr("The invalidation was refused"), answer.error());
            reloadCaches();
            reloadInvalidations();
        });
}

void CdnDocument::emptyCaches()
{
    m_engine.call(
        this, u"cdn"_s, u"EmptyCaches"_s, {{"Id", m_currentId.toStdString()}}, [this](const auto& answer) {
            if (!answer)
                return Q_EMIT failed(tr("The caches could not be emptied"), answer.error());
            reloadCaches();
        });
}

}
