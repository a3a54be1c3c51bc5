#include "ui/cdn/cdn_area.h"

#include "ui/bridge/event_bridge.h"
#include "ui/cdn/entries_panel.h"
#include "ui/cdn/invalidation_panel.h"
#include "ui/cdn/simulator_panel.h"
#include "ui/cdn/world_map.h"
#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/kit/quantity.h"
#include "ui/kit/stat.h"
#include "ui/shell/action_catalogue.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui::cdn {

using namespace Qt::StringLiterals;

CdnArea::CdnArea(shell::AreaContext& context, QWidget* parent)
    : Area(context, u"cdn"_s, parent)
    , m_document(new CdnDocument(context.engine, context.events, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHeader());
    m_pages = new QStackedWidget;
    auto* empty = new kit::EmptyState(tr("No distribution here"),
        tr("A distribution puts edges with caches before a bucket, an API or any web server. Create one with "
           "an SDK or the AWS "
           "CLI, or open the corner bookshop."));
    empty->addAction(
        tr("Copy the command that lists them"),
        [this] {
            QApplication::clipboard()->setText(u"aws --endpoint-url %1 cloudfront list-distributions"_s.arg(
                this->context().engine.endpoint()));
        },
        u"cdnCopyCommand"_s);
    auto* split = new kit::Splitter(Qt::Horizontal);
    m_simulator = new SimulatorPanel;
    split->addWidget(buildCentre());
    split->addWidget(m_simulator);
    split->setStretchFactor(0, 1);
    split->setDefaultSizes({976, 400});
    m_simulator->setMinimumWidth(300);
    m_pages->addWidget(empty);
    m_pages->addWidget(split);
    layout->addWidget(m_pages, 1);
    addActions();
    connectPanels();
    connectDocument();
    m_document->reload();
}

QWidget* CdnArea::buildHeader()
{
    m_header = new kit::AreaHeader;
    m_header->setObject(u"cdn"_s, kit::Hue::Cdn, tr("CDN"));
    m_choice = new QComboBox;
    m_choice->setObjectName(u"cdnDistribution"_s);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_choice->setAccessibleName(tr("Distribution"));
    m_header->addScope(m_choice);
    return m_header;
}

QWidget* CdnArea::buildStats()
{
    auto* strip = new QWidget;
    strip->setObjectName(u"cdnStats"_s);
    auto* layout = new QHBoxLayout(strip);
    layout->setContentsMargins(14, 6, 14, 6);
    layout->setSpacing(24);
    const auto add = [&](const QString& name, const QString& objectName) {
        auto* stat = new kit::Stat(name, objectName);
        stat->setText(u"0"_s);
        layout->addWidget(stat);
        return stat;
    };
    m_hitRatio = add(tr("Hit ratio"), u"cdnHitRatio"_s);
    m_requests = add(tr("Requests"), u"cdnRequests"_s);
    m_toOrigin = add(tr("To origin"), u"cdnToOrigin"_s);
    m_saved = add(tr("Bytes saved"), u"cdnBytesSaved"_s);
    layout->addStretch();
    return strip;
}

QWidget* CdnArea::buildCentre()
{
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildStats());
    layout->addWidget(kit::hline());
    m_error = new kit::ErrorCard;
    m_error->hide();
    layout->addWidget(m_error);
    auto* split = new kit::Splitter(Qt::Vertical);
    m_map = new WorldMap;
    m_bottom = new QWidget;
    auto* bottom = new QHBoxLayout(m_bottom);
    bottom->setContentsMargins(0, 0, 0, 0);
    bottom->setSpacing(0);
    m_entries = new EntriesPanel;
    m_invalidation = new InvalidationPanel;
    m_invalidation->setFixedWidth(252);
    bottom->addWidget(m_entries, 1);
    bottom->addWidget(kit::vline());
    bottom->addWidget(m_invalidation);
    split->addWidget(m_map);
    split->addWidget(m_bottom);
    split->setStretchFactor(0, 1);
    split->setDefaultSizes({400, 330});
    layout->addWidget(split, 1);
    return centre;
}

void CdnArea::addActions()
{
    auto& catalogue = context().actions;
    auto* sending = catalogue.add({.id = u"cdn.send"_s,
                                      .text = tr("Send the simulated request"),
                                      .icon = u"send"_s,
                                      .keys = QKeySequence(Qt::CTRL | Qt::Key_Return),
                                      .group = tr("CDN")},
        this, [this] { send(); });
    m_actions.append(sending);
    catalogue.showKeys(m_simulator->sendButton(), sending);
    auto* empty = catalogue.add(
        {.id = u"cdn.empty"_s, .text = tr("Empty all caches"), .icon = u"trash"_s, .group = tr("CDN")}, this,
        [this] { m_document->emptyCaches(); });
    m_actions.append(empty);
    auto* button = kit::button(tr("Empty all caches"), kit::ButtonRole::Default, u"trash"_s);
    button->setObjectName(u"cdnEmpty"_s);
    catalogue.bind(button, empty);
    m_header->addAction(button);
}

void CdnArea::connectPanels()
{
    connect(m_choice, &QComboBox::activated, this,
        [this](int index) { m_document->open(m_choice->itemData(index).toString()); });
    connect(m_map, &WorldMap::edgeSelected, m_entries, &EntriesPanel::setEdge);
    connect(m_simulator, &SimulatorPanel::sendRequested, this, &CdnArea::send);
    connect(m_simulator, &SimulatorPanel::laterRequested, this, [this] {
        auto& clock = context().engine.engine().clock;
        context().engine.run(
            this,
            [&clock] {
                clock.advance(20 * core::kSecond);
                return true;
            },
            [this](bool) { send(); });
    });
    connect(m_simulator, &SimulatorPanel::trackRequested, this, [this](const QString& id) {
        context().navigator.open({u"track"_s, context().navigator.region(), id});
    });
    connect(m_invalidation, &InvalidationPanel::patternChanged, this, &CdnArea::showEntries);
    connect(m_invalidation, &InvalidationPanel::showRequested, this,
        [this] { m_entries->search(m_invalidation->pattern()); });
    connect(m_invalidation, &InvalidationPanel::invalidateRequested, this,
        [this] { m_document->invalidate(m_invalidation->pattern()); });
}

void CdnArea::connectDocument()
{
    connect(m_document, &CdnDocument::distributionsChanged, this, &CdnArea::showDistribution);
    connect(m_document, &CdnDocument::edgesChanged, this, &CdnArea::showEdges);
    connect(m_document, &CdnDocument::entriesChanged, this, &CdnArea::showEntries);
    connect(m_document, &CdnDocument::invalidationsChanged, this,
        [this] { m_invalidation->setRecent(m_document->invalidations()); });
    connect(m_document, &CdnDocument::answered, this, [this](const ViewerAnswer& answer) {
        m_simulator->showAnswer(answer, m_document->entries());
        const bool miss = answer.response && !answer.response->headers.get("X-Cache").starts_with("Hit");
        m_map->showRequest(answer.call.city, answer.edge, miss);
        context().navigator.selectTrack(QString::fromStdString(answer.track.id));
    });
    connect(m_document, &CdnDocument::failed, this, [this](const QString&, const core::Error& error) {
        m_error->setError(error);
        m_error->show();
    });
    // Ages grow while nothing happens.
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (isVisible() && !m_document->entries().isEmpty())
            m_document->reload();
    });
    m_tick.start();
}

void CdnArea::showDistribution()
{
    const QSignalBlocker blocker(m_choice);
    m_choice->clear();
    for (const auto& row : m_document->distributions())
        m_choice->addItem(row.id, row.id);
    const auto* current = m_document->current();
    m_choice->setCurrentIndex(current ? m_choice->findData(current->id) : -1);
    m_choice->setVisible(current);
    m_header->setObject(u"cdn"_s, kit::Hue::Cdn, current ? current->title : tr("CDN"),
        current ? (current->enabled ? current->domain : tr("%1, disabled").arg(current->domain)) : QString());
    m_pages->setCurrentIndex(current ? 1 : 0);
    m_simulator->setEnabledToSend(current);
    for (auto* action : m_actions)
        action->setEnabled(current);
    Q_EMIT currentObjectChanged();
}

void CdnArea::showEdges()
{
    m_error->hide();
    m_map->setEdges(m_document->edges(), m_document->originLatitude(), m_document->originLongitude(),
        m_document->originRegion());
    EdgeRow sum;
    for (const auto& edge : m_document->edges()) {
        sum.requests += edge.requests;
        sum.hits += edge.hits;
        sum.originRequests += edge.originRequests;
        sum.bytesServed += edge.bytesServed;
        sum.bytesFromOrigin += edge.bytesFromOrigin;
        sum.bytesStored += edge.bytesStored;
    }
    m_hitRatio->setText(sum.requests ? tr("%1 %").arg(sum.hitRatio() * 100, 0, 'f', 1) : tr("none yet"));
    m_requests->setText(QString::number(sum.requests));
    m_toOrigin->setText(QString::number(sum.originRequests));
    const auto saved = std::max<qint64>(0, sum.bytesServed - sum.bytesFromOrigin);
    m_saved->setText(kit::bytesText(saved));
    m_entries->setFooter(tr("%1 of 64 MB an edge in use. The least recently used entry goes first.")
                             .arg(kit::bytesText(sum.bytesStored)));
}

void CdnArea::showEntries()
{
    m_entries->setEntries(m_document->entries());
    m_invalidation->showMatches(m_document->matches(m_invalidation->pattern()));
}

void CdnArea::send()
{
    if (!m_document->current())
        return;
    m_simulator->showWaiting();
    m_document->send(m_simulator->call());
}

void CdnArea::openObject(const shell::ObjectRef& object)
{
    m_document->open(object.name);
}

shell::ObjectRef CdnArea::currentObject() const
{
    const auto* current = m_document->current();
    return current ? shell::ObjectRef{u"distribution"_s, context().navigator.region(), current->id}
                   : shell::ObjectRef{};
}

QList<QWidget*> CdnArea::panes() const
{
    return {m_map, m_simulator, m_entries->table()};
}

QWidget* CdnArea::partWidget(Part part) const
{
    switch (part) {
    case Part::Inspector:
        return m_simulator;
    case Part::Bottom:
        return m_bottom;
    case Part::List:
        break;
    }
    return nullptr;
}

}
