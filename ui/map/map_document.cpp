#include "ui/map/map_document.h"

#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ui::map {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr std::size_t kTracks = 1000;

QString text(const json& object, const char* member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                       : QString();
}

const json& at(const json& object, const char* member)
{
    static const json kNone = json::object();
    const auto found = object.find(member);
    return found == object.end() ? kNone : *found;
}

}

MapDocument::MapDocument(bridge::EngineClient& engine, bridge::EventBridge& events,
    bridge::ResourceIndex& resources, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_resources(resources)
{
    m_factsSoon.setSingleShot(true);
    m_factsSoon.setInterval(120);
    m_trafficSoon.setSingleShot(true);
    m_trafficSoon.setInterval(250);
    m_fall.setInterval(2000);
    connect(&m_factsSoon, &QTimer::timeout, this, &MapDocument::reloadFacts);
    connect(&m_trafficSoon, &QTimer::timeout, this, &MapDocument::reloadTraffic);
    connect(&m_fall, &QTimer::timeout, this, &MapDocument::reloadTraffic);
    connect(&resources, &bridge::ResourceIndex::changed, this, [this] {
        rebuild();
        m_factsSoon.start();
        m_trafficSoon.start();
    });
    connect(&events, &bridge::EventBridge::resourcesChanged, this,
        [this](const QList<bridge::ResourceChange>& changes) {
            const bool configured = std::any_of(changes.begin(), changes.end(), [](const auto& change) {
                return !change.data && (change.service == "cdn"_L1 || change.service == "apigateway"_L1);
            });
            if (configured)
                m_factsSoon.start();
        });
    connect(&events, &bridge::EventBridge::tracksChanged, this, [this] {
        if (!m_trafficSoon.isActive())
            m_trafficSoon.start();
    });
    rebuild();
    reloadFacts();
    reloadTraffic();
}

const TrackPath* MapDocument::path(const QString& trackId) const
{
    const auto found = std::find_if(m_traffic.paths.begin(), m_traffic.paths.end(),
        [&](const TrackPath& each) { return each.id == trackId; });
    return found == m_traffic.paths.end() ? nullptr : &*found;
}

void MapDocument::setWatched(bool watched)
{
    m_watched = watched;
    if (watched)
        reloadTraffic();
    else
        m_fall.stop();
}

void MapDocument::reloadFacts()
{
    for (const auto& resource : m_resources.resources()) {
        const auto key = keyOf(resource);
        const auto name = resource.name.toStdString();
        if (resource.kind == "distribution"_L1)
            m_engine.refresh(this, u"cdn"_s, u"GetDistributionConfig"_s, {{"Id", name}},
                [this, key](const bridge::EngineClient::Answer& answer) {
                    if (answer)
                        readOrigins(key, *answer);
                });
        if (resource.kind == "api"_L1)
            m_engine.refresh(this, u"apigateway"_s, u"GetResources"_s,
                {{"restApiId", name}, {"embed", {"methods"}}, {"limit", 500}},
                [this, key](const bridge::EngineClient::Answer& answer) {
                    if (answer)
                        readIntegrations(key, *answer);
                });
    }
}

void MapDocument::readOrigins(const QString& key, const json& answer)
{
    QList<QString> targets;
    for (const auto& origin : at(at(at(answer, "DistributionConfig"), "Origins"), "Items")) {
        const auto target = originTarget(text(origin, "DomainName"));
        if (!target.isEmpty() && !targets.contains(target))
            targets.append(target);
    }
    setFacts(key, targets);
}

void MapDocument::readIntegrations(const QString& key, const json& answer)
{
    QList<QString> targets;
    for (const auto& resource : at(answer, "item")) {
        for (const auto& method : at(resource, "resourceMethods")) {
            const auto target = integrationTarget(text(at(method, "methodIntegration"), "uri"));
            if (!target.isEmpty() && !targets.contains(target))
                targets.append(target);
        }
    }
    setFacts(key, targets);
}

void MapDocument::setFacts(const QString& key, const QList<QString>& targets)
{
    if (m_facts.value(key) == targets)
        return;
    m_facts[key] = targets;
    rebuild();
}

void MapDocument::reloadTraffic()
{
    if (m_reading) {
        m_trafficSoon.start();
        return;
    }
    m_reading = true;
    m_engine.run(
        this,
        [&engine = m_engine.engine(), resources = m_resources.resources()] {
            return readTraffic(engine.tracer.latest(kTracks), resources, engine.clock.now());
        },
        [this](const Traffic& traffic) { take(traffic); });
}

void MapDocument::take(const Traffic& traffic)
{
    m_reading = false;
    QList<TrackPath> ended;
    const auto before = m_last;
    for (const auto& path : traffic.paths) {
        const bool fresh = path.sequence > before || m_open.contains(path.sequence);
        if (m_read && fresh && path.finished)
            ended.append(path);
        if (path.finished)
            m_open.remove(path.sequence);
        else
            m_open.insert(path.sequence);
        m_last = std::max(m_last, path.sequence);
    }
    m_read = true;
    m_traffic = traffic;
    for (const auto& edge : traffic.observed) {
        if (!m_observed.contains(edge))
            m_observed.append(edge);
    }
    rebuild();
    Q_EMIT trafficChanged();
    if (!ended.isEmpty())
        Q_EMIT tracksEnded(ended);
    if (m_watched && !traffic.nodes.isEmpty() && !m_engine.engine().clock.state().paused)
        m_fall.start();
    else
        m_fall.stop();
}

void MapDocument::rebuild()
{
    auto graph = buildGraph(m_resources.resources(), m_facts, m_observed);
    if (graph == m_graph)
        return;
    m_graph = std::move(graph);
    Q_EMIT graphChanged();
}

}
