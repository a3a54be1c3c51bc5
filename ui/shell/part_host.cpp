#include "ui/shell/part_host.h"

#include "ui/kit/drawer.h"
#include "ui/kit/panes.h"
#include "ui/shell/action_catalogue.h"

#include <QAction>
#include <QToolButton>

namespace ui::shell {

using namespace Qt::StringLiterals;
using Part = Area::Part;

Room roomOf(int width, double scale)
{
    const auto unscaled = width / scale;
    return unscaled < 960 ? Room::Least
        : unscaled < 1100 ? Room::NoList
        : unscaled < 1280 ? Room::NoInspector
                          : Room::Full;
}

PartHost::PartHost(Area* area, const ActionCatalogue& actions)
    : QObject(area)
    , m_area(area)
    , m_left(new kit::Drawer(kit::Drawer::Side::Left, area))
    , m_right(new kit::Drawer(kit::Drawer::Side::Right, area))
{
    buildButtons(actions);
    for (auto* each : {m_left, m_right})
        connect(each, &kit::Drawer::openChanged, this, &PartHost::showButtons);
    connect(area, &Area::partWanted, this, &PartHost::reveal);
    // A list has done its work when something is chosen in it.
    connect(area, &Area::currentObjectChanged, m_left, &kit::Drawer::close);
    showButtons();
}

PartHost::~PartHost() = default;

void PartHost::buildButtons(const ActionCatalogue& actions)
{
    auto* header = m_area->findChild<kit::AreaHeader*>();
    if (!header)
        return;
    struct Row {
        Part part;
        QString icon;
        QString action;
        QString name;
    };
    const Row rows[] = {{Part::List, u"panel-left"_s, u"pane.list"_s, u"partList"_s},
        {Part::Bottom, u"panel-bottom"_s, u"pane.bottom"_s, u"partBottom"_s},
        {Part::Inspector, u"panel-right"_s, u"pane.inspector"_s, u"partInspector"_s}};
    for (const auto& row : rows) {
        if (!m_area->partWidget(row.part))
            continue;
        auto* action = actions.find(row.action);
        auto* made = kit::iconButton(row.icon, action ? action->text() : QString());
        made->setObjectName(row.name);
        made->setCheckable(true);
        if (action) {
            const auto tip = [made, action] { made->setToolTip(ActionCatalogue::tooltip(action)); };
            tip();
            connect(action, &QAction::changed, made, tip);
        }
        connect(made, &QToolButton::clicked, this, [this, part = row.part] { toggle(part); });
        if (row.part == Part::List)
            header->addLeading(made);
        else
            header->addTrailing(made);
        m_buttons.insert(static_cast<int>(row.part), made);
    }
}

kit::Drawer* PartHost::drawer(Part part) const
{
    return part == Part::List ? m_left : part == Part::Inspector ? m_right : nullptr;
}

bool PartHost::isDrawer(Part part) const
{
    const auto* holder = drawer(part);
    return holder && holder->holds();
}

void PartHost::setRoom(Room room)
{
    m_room = room;
    const auto fit = [this](Part part, bool roomForIt) {
        auto* pane = m_area->partWidget(part);
        auto* holder = drawer(part);
        if (roomForIt)
            holder->giveBack();
        else if (pane && !holder->holds() && !holder->take(pane))
            pane->hide(); // in no splitter: it can only go
    };
    fit(Part::Inspector, room >= Room::Full);
    fit(Part::List, room >= Room::NoInspector);
    showButtons();
}

void PartHost::dock()
{
    m_left->giveBack();
    m_right->giveBack();
}

bool PartHost::isShown(Part part) const
{
    if (isDrawer(part))
        return drawer(part)->isOpen();
    const auto* pane = m_area->partWidget(part);
    return pane && !pane->isHidden();
}

void PartHost::toggle(Part part)
{
    if (isDrawer(part)) {
        const bool open = !drawer(part)->isOpen();
        m_left->close();
        m_right->close();
        if (open)
            drawer(part)->open();
    } else if (auto* pane = m_area->partWidget(part)) {
        pane->setVisible(pane->isHidden());
    }
    showButtons();
}

void PartHost::reveal(Part part)
{
    if (!isShown(part))
        toggle(part);
}

// What is in its place needs no button.
void PartHost::showButtons()
{
    for (auto it = m_buttons.cbegin(); it != m_buttons.cend(); ++it) {
        const auto part = static_cast<Part>(it.key());
        it.value()->setVisible(isDrawer(part) || !isShown(part));
        it.value()->setChecked(isShown(part));
    }
}

}
