#pragma once

#include "ui/api/api_value.h"
#include "ui/api/pipeline_view.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui::kit {
class DecisionTrace;
class KeyValueList;
class Tile;
}

namespace ui::api {

class IntegrationEditor;

// The selected step: what it does for this method, what it is set to, and what it decided in the last run.
class StageInspector : public QWidget {
    Q_OBJECT

public:
    explicit StageInspector(QWidget* parent = nullptr);
    IntegrationEditor* editor() const { return m_editor; }
    void setStage(const ResourceValue& resource, const MethodValue& method, const Stage& stage);
    void setRun(const std::optional<StepRun>& run);
    void clear();

Q_SIGNALS:
    void openFunctionRequested(const QString& name);

private:
    QWidget* buildHeader();
    QWidget* buildBody();
    void showSettings(const ResourceValue& resource, const MethodValue& method, const Stage& stage);
    static QString purpose(const Stage& stage, const IntegrationValue& integration);

    kit::Tile* m_tile;
    QLabel* m_title;
    QLabel* m_purpose;
    QWidget* m_body;
    kit::KeyValueList* m_settings;
    IntegrationEditor* m_editor;
    QPushButton* m_open;
    QLabel* m_runTitle;
    kit::DecisionTrace* m_trace;
    QString m_function;
};

}
