#pragma once

#include "ui/kit/theme.h"

#include <QJsonObject>
#include <QString>
#include <QWidget>

#include <functional>

class QAction;
class QUndoStack;

namespace ui::bridge {
class EngineClient;
class EventBridge;
class ResourceIndex;
}

namespace ui::shell {

class ActionCatalogue;

// What a person can open. Kinds: "table", "function", "api", "bucket", "distribution", "track"; `name` is the
// AWS name or id ("Books", "place-order", a rest api's id, a track's id); `part` points inside it ("GET
// /books", "index.mjs").
struct ObjectRef {
    QString kind;
    QString region;
    QString name;
    QString part = {};
    friend bool operator==(const ObjectRef&, const ObjectRef&) = default;
};

// How an area reaches the rest of the window: it never includes another area.
class Navigator {
public:
    virtual ~Navigator() = default;
    // Shows the area of this kind of object and opens it there; becomes an entry of Back and Forward.
    virtual void open(const ObjectRef& object) = 0;
    // The one selected track, lit up by every area; "" for none. Signal: Shell's areas get
    // Area::trackSelected.
    virtual void selectTrack(const QString& trackId) = 0;
    virtual QString selectedTrack() const = 0;
    // A note at the bottom right with one way on ("Undo", "Open"); errors that need a decision are not
    // toasts.
    virtual void toast(const QString& icon, kit::Hue hue, const QString& title, const QString& detail = {},
        const QString& actionText = {}, std::function<void()> action = {}) = 0;
    virtual QString region() const = 0;
};

// What the shell lends to each area; all of it outlives the areas of a chamber.
struct AreaContext {
    bridge::EngineClient& engine;
    bridge::EventBridge& events;
    bridge::ResourceIndex& resources;
    kit::Theme& theme;
    QUndoStack& undo; // the one of the chamber: every change is a command on it
    ActionCatalogue& actions;
    Navigator& navigator;
};

// A page of the workbench. Built on its first visit, lives as long as the chamber is open. A subclass builds
// its widgets in its constructor with `context` and is named by the registry: objectName "area_api" gives it
// its accent.
//
//   class TablesArea : public shell::Area { … explicit TablesArea(shell::AreaContext& context, QWidget*
//   parent = nullptr);
class Area : public QWidget {
    Q_OBJECT

public:
    // `hueName`: "api", "fn", "tbl", "sto", "cdn", "lrn", "obs".
    Area(AreaContext& context, const QString& hueName, QWidget* parent = nullptr);

    // Opens an object of a kind that the area's entry names; what is not there any more shows its empty
    // state.
    virtual void openObject(const ObjectRef& object) = 0;
    // What is open now, for the history and for the start after a restart; an empty kind for nothing.
    virtual ObjectRef currentObject() const { return {}; }
    // Actions that exist while the area is shown: the palette lists them, their shortcuts work in this area
    // only.
    virtual QList<QAction*> areaActions() const { return {}; }
    // Splitter sizes, tabs, filters; kept in the chamber's settings.
    virtual QJsonObject saveState() const { return {}; }
    virtual void restoreState(const QJsonObject&) { }
    // The one selected track changed; "" for none.
    virtual void trackSelected(const QString&) { }
    // Panes in the order that F6 walks; each gets the focus or hands it on.
    virtual QList<QWidget*> panes() const { return {}; }
    // Ctrl B, Ctrl Alt B, Ctrl J and narrow windows: hide or show; the area decides what that means for it.
    enum class Part { List, Inspector, Bottom };
    virtual QWidget* partWidget(Part) const { return nullptr; }

Q_SIGNALS:
    // currentObject() is another one now.
    void currentObjectChanged();
    // What was just done is seen in this part: a part that is hidden for want of room comes into sight.
    void partWanted(ui::shell::Area::Part part);

protected:
    AreaContext& context() const { return m_context; }

private:
    AreaContext& m_context;
};

// One row of the table of editors (ui/editors.cpp).
struct AreaEntry {
    QString id; // "api"
    QString title; // "API"
    QString icon; // "api"
    kit::Hue accent; // hue of the icon when selected
    QStringList kinds; // what openObject() takes
    int group = 0; // a line on the rail between groups: 0 Map and Tracks, 1 services, 2 Learn
    std::function<Area*(AreaContext&)> make;
};

}
