#pragma once

#include "ui/bridge/installed_runtimes.h"
#include "ui/shell/area.h"
#include "ui/shell/part_host.h"
#include "ui/shell/session.h"
#include "ui/shell/window_settings.h"

#include <QHash>
#include <QList>
#include <QMainWindow>

#include <memory>
#include <optional>

class QStackedWidget;
class QUndoStack;

namespace ui::kit {
class Popover;
class ToastHost;
}

namespace ui::shell {

class ActionCatalogue;
class Banner;
class CommandPalette;
class Rail;
class SettingsPage;
class StartPage;
class StatusBar;
class TopBar;
class Traffic;
struct PaletteItem;

// The window: bars around one area at a time, the start page when no chamber is open, and what areas ask of
// it. It owns the session; areas are built on their first visit and die with it. Editors hold no truth:
// everything shown comes from the session. UI thread.
class MainWindow : public QMainWindow, public Navigator {
    Q_OBJECT

public:
    explicit MainWindow(QList<AreaEntry> entries, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openChamber(const OpenRequest& request);
    void adopt(std::unique_ptr<Session> session); // an open one; the previous is closed
    void closeChamber();
    Session* session() const { return m_session.get(); }

    void showArea(int index);
    int currentAreaIndex() const { return m_current; }
    Area* area(int index) const { return m_areas.value(index); }
    ActionCatalogue& actionCatalogue() { return *m_actions; }
    void openPalette(const QString& prefix = {});

    void open(const ObjectRef& object) override;
    void selectTrack(const QString& trackId) override;
    QString selectedTrack() const override { return m_track; }
    void toast(const QString& icon, kit::Hue hue, const QString& title, const QString& detail = {},
        const QString& actionText = {}, std::function<void()> action = {}) override;
    QString region() const override;

Q_SIGNALS:
    void chamberOpened();

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Stop {
        int area = -1;
        ObjectRef object;
        friend bool operator==(const Stop&, const Stop&) = default;
    };

    void buildWindow();
    void connectBars();
    void registerActions();
    void registerAreaActions();
    void restoreState();
    void startSession();
    void saveAreas();
    void buildChamberMenu();
    void buildRegionMenu();
    void showStart();
    void undoChanged();
    void undo();
    void redo();
    void toggleClock();
    void copyEndpoint();
    void chooseFolder(bool isNew);
    void showClock();
    void showAbout();
    void countSimplified();
    void showFidelity();
    void showErrors();
    void showScales();
    void showSettings(const QString& section = {});
    bool settingsShown() const;
    void leaveSettings();
    void buildNextArea();
    void keepTracks();
    void loadRuntimes();
    void findHere();
    void walkPanes(int step);
    void togglePart(Area::Part part);
    void fitToWidth();
    void openLast();
    void pushStop();
    void walkHistory(int step);
    void goTo(const Stop& stop);
    void showBanner();
    QList<PaletteItem> paletteItems();
    void loadTracksForPalette();
    ChamberSketch sketch() const;
    Area* ensureArea(int index);

    QList<AreaEntry> m_entries;
    WindowSettings m_settings;
    ActionCatalogue* m_actions;
    TopBar* m_top;
    Rail* m_rail;
    QStackedWidget* m_stack;
    StartPage* m_start;
    SettingsPage* m_settingsPage = nullptr; // built on its first visit
    QList<bridge::InstalledRuntime> m_runtimes;
    StatusBar* m_status;
    Banner* m_banner;
    CommandPalette* m_palette;
    kit::ToastHost* m_toasts;
    kit::Popover* m_popover;

    std::unique_ptr<Session> m_session; // outlives what is below
    std::unique_ptr<AreaContext> m_context;
    std::unique_ptr<Traffic> m_traffic;
    std::unique_ptr<SessionOpening> m_opening;
    OpenRequest m_lastRequest;
    QHash<int, Area*> m_areas;
    QHash<int, PartHost*> m_parts; // children of the areas
    int m_current = -1;
    QString m_track;
    QList<Stop> m_history;
    qsizetype m_historyAt = -1;
    bool m_walking = false;
    Room m_room = Room::Full;
    int m_lastUndoIndex = 0;
};

}
