#pragma once

#include "ui/shell/area.h"

#include <QHash>
#include <QPointer>

class QToolButton;

namespace ui::kit {
class Drawer;
}

namespace ui::shell {

// How much room a window has, before scaling (DESIGN-SYSTEM §5).
enum class Room {
    Least, // below 960: the rail without labels, the command field as an icon
    NoList, // below 1100: the list is a drawer too
    NoInspector, // below 1280: the inspector is a drawer
    Full
};
Room roomOf(int width, double scale);

// Shows and hides the list, the inspector and the bottom panel of one area, by key, palette or the buttons
// that it puts into the area's header for every part that is not in sight. Where a window is narrow,
// inspector and list slide over the centre. One for each area, owned by it; UI thread.
class PartHost : public QObject {
    Q_OBJECT

public:
    PartHost(Area* area, const ActionCatalogue& actions);
    ~PartHost() override;

    void setRoom(Room room);
    void toggle(Area::Part part);
    void reveal(Area::Part part); // something in it wants to be seen
    bool isShown(Area::Part part) const;
    // Every pane back into its splitter, for saving sizes; setRoom() follows when the area lives on.
    void dock();

private:
    bool isDrawer(Area::Part part) const;
    kit::Drawer* drawer(Area::Part part) const;
    void buildButtons(const ActionCatalogue& actions);
    void showButtons();

    Area* m_area;
    Room m_room = Room::Full;
    kit::Drawer* m_left;
    kit::Drawer* m_right;
    QHash<int, QPointer<QToolButton>> m_buttons;
};

}
