#pragma once

#include "ui/bridge/installed_runtimes.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QAbstractButton;
class QButtonGroup;
class QLabel;
class QSpinBox;
class QComboBox;
class QVBoxLayout;

namespace ui::bridge {
class EngineClient;
}

namespace ui::kit {
class SearchField;
class Segments;
class Switch;
}

namespace ui::shell {

class ActionCatalogue;
class KeyboardSettings;
class WindowSettings;

// What can be set about the workbench: sections at the left, their rows at the right, search on top. Every
// change applies at once and is remembered in WindowSettings; only the port waits until the chamber is opened
// again, and offers to do so. UI thread.
class SettingsPage : public QWidget {
    Q_OBJECT

public:
    SettingsPage(WindowSettings& settings, ActionCatalogue& actions, QWidget* parent = nullptr);
    // The open chamber's: its clock and its endpoint; null without one.
    void setEngine(bridge::EngineClient* engine);
    void setRuntimes(const QList<bridge::InstalledRuntime>& runtimes);
    // "appearance", "clock", "endpoint", "runtimes", "tracks", "keyboard"
    void showSection(const QString& id);
    QString currentSection() const { return m_current; }

Q_SIGNALS:
    void closed();
    void reopenRequested(); // the chamber, with the port and host that are set now
    void tracksKeptChanged(int tracks);
    void keyboardShown(); // every action should be in the catalogue now

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Section {
        QString id;
        QString title;
        QAbstractButton* button = nullptr;
        QWidget* page = nullptr;
        QVBoxLayout* rows = nullptr;
    };
    struct Row {
        int section;
        QWidget* widget;
        QString words; // what the search looks at
    };

    void buildHeader(QVBoxLayout* column);
    QWidget* buildPanes();
    int addSection(const QString& id, const QString& title, const QString& icon, const QString& about);
    QWidget* addRow(const QString& name, const QString& detail, QWidget* control, const QString& more = {});
    void addWide(QWidget* widget, const QString& words);
    void buildAppearance();
    void buildClock();
    void buildEndpoint();
    void buildRuntimes();
    void buildTracks();
    void buildKeyboard();
    void takeEndpoint();
    void sync(); // from the theme
    void filter();

    WindowSettings& m_settings;
    ActionCatalogue& m_actions;
    bridge::EngineClient* m_engine = nullptr;
    QList<Section> m_sections;
    QList<Row> m_rows;
    QString m_current;
    kit::SearchField* m_search = nullptr;
    QButtonGroup* m_group = nullptr;
    QVBoxLayout* m_nav = nullptr;
    QVBoxLayout* m_pages = nullptr;
    QLabel* m_nothing = nullptr;
    kit::Segments* m_theme = nullptr;
    kit::Segments* m_scale = nullptr;
    kit::Switch* m_contrast = nullptr;
    kit::Segments* m_motion = nullptr;
    QVBoxLayout* m_clock = nullptr;
    QSpinBox* m_port = nullptr;
    QComboBox* m_host = nullptr;
    QWidget* m_reopen = nullptr;
    QVBoxLayout* m_runtimes = nullptr;
    QComboBox* m_kept = nullptr;
    KeyboardSettings* m_keyboard = nullptr;
};

}
