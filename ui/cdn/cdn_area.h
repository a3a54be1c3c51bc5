#pragma once

#include "ui/cdn/cdn_document.h"
#include "ui/shell/area.h"

class QComboBox;
class QLabel;
class QStackedWidget;

namespace ui::kit {
class AreaHeader;
class ErrorCard;
class Splitter;
class Stat;
}

namespace ui::cdn {

class EntriesPanel;
class InvalidationPanel;
class SimulatorPanel;
class WorldMap;

// The CDN area: world map with edges, what they hold, a simulator of viewers, invalidation.
class CdnArea : public shell::Area {
    Q_OBJECT

public:
    explicit CdnArea(shell::AreaContext& context, QWidget* parent = nullptr);

    void openObject(const shell::ObjectRef& object) override;
    shell::ObjectRef currentObject() const override;
    QList<QAction*> areaActions() const override { return m_actions; }
    QList<QWidget*> panes() const override;
    QWidget* partWidget(Part part) const override;

private:
    QWidget* buildHeader();
    QWidget* buildCentre();
    QWidget* buildStats();
    void connectDocument();
    void connectPanels();
    void addActions();
    void showDistribution();
    void showEdges();
    void showEntries();
    void send();

    CdnDocument* m_document;
    kit::AreaHeader* m_header;
    QComboBox* m_choice;
    QStackedWidget* m_pages;
    kit::Stat* m_hitRatio;
    kit::Stat* m_requests;
    kit::Stat* m_toOrigin;
    kit::Stat* m_saved;
    kit::ErrorCard* m_error;
    WorldMap* m_map;
    EntriesPanel* m_entries;
    InvalidationPanel* m_invalidation;
    SimulatorPanel* m_simulator;
    QWidget* m_bottom;
    QTimer m_tick;
    QList<QAction*> m_actions;
};

}
