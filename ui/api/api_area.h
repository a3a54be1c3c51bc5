#pragma once

#include "ui/api/api_document.h"
#include "ui/api/route_run.h"
#include "ui/shell/area.h"

#include <QHash>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui::kit {
class AreaHeader;
class ErrorCard;
class MethodBadge;
}

namespace ui::api {

class PipelineView;
class ReferenceView;
class RouteTree;
class StageInspector;
class TestClient;

// The API area: routes at the left, the selected method's pipeline with what its boxes are set to,
// deployment, and a test client below.
class ApiArea : public shell::Area {
    Q_OBJECT

public:
    explicit ApiArea(shell::AreaContext& context, QWidget* parent = nullptr);

    void openObject(const shell::ObjectRef& object) override;
    shell::ObjectRef currentObject() const override;
    QList<QAction*> areaActions() const override { return m_actions; }
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;
    QList<QWidget*> panes() const override;
    QWidget* partWidget(Part part) const override;

    ApiDocument* document() const { return m_document; }

private:
    // Building.
    void buildPages();
    QWidget* buildHeader();
    QWidget* buildEmpty();
    QWidget* buildCentre();
    void connectReference();
    QWidget* buildRouteBar();
    void addActions();
    QAction* addAction(const QString& id, const QString& text, const QString& icon, const QKeySequence& keys,
        std::function<void()> run);
    void connectDocument();
    void connectViews();

    // Showing.
    void showApi();
    void showStages();
    void showDeploymentState();
    void showRoute();
    void showStage();
    void showRun();
    void showError(const core::Error& error);

    // Doing.
    void askApi();
    void askNewRoute();
    void askRename(const Route& route);
    void removeRoute(const Route& route);
    void deploy();
    void chooseStage(int index);
    void send();
    void openIntegration();
    void importFile();
    void exportFile();
    void showReference(bool shown);
    void readTracks(const QStringList& ids);

    ApiDocument* m_document;
    kit::AreaHeader* m_header;
    QComboBox* m_choice;
    QToolButton* m_newApi;
    QLabel* m_state;
    QLabel* m_address;
    QToolButton* m_copy;
    QToolButton* m_more;
    QPushButton* m_referenceButton;
    QComboBox* m_stage;
    QPushButton* m_deploy;
    QStackedWidget* m_pages;
    QPushButton* m_createApi;
    kit::ErrorCard* m_error;
    RouteTree* m_tree;
    kit::MethodBadge* m_method;
    QLabel* m_path;
    QLabel* m_operation;
    QLabel* m_lastRun;
    QPushButton* m_track;
    QStackedWidget* m_routePages;
    PipelineView* m_pipeline;
    StageInspector* m_inspector;
    TestClient* m_client;
    ReferenceView* m_reference;
    QString m_wantedStage; // where Deploy goes
    QHash<QString, RouteRun> m_runs; // by "shop-api GET /books"
    QList<QAction*> m_actions;
};

}
