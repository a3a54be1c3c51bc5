#pragma once

#include "ui/api/test_call.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace ui::code {
class CodeEditor;
}
namespace ui::kit {
class BusyRing;
class DecisionTrace;
class EmptyState;
class ErrorCard;
class KeyValueList;
class Segments;
class SpectrumBar;
}

namespace ui::api {

class FieldList;

// Sends requests to the selected route, deployed or as a draft, and shows what came back and what happened on
// the way. What is typed stays, whatever becomes of it.
class TestClient : public QWidget {
    Q_OBJECT

public:
    explicit TestClient(QWidget* parent = nullptr);
    // The route to try; another one fills method and path anew.
    void setRoute(const Route& route);
    void setStages(const QStringList& names);
    QString stage() const; // "" for the draft
    TestCall call() const; // without the API and the resource
    QString path() const; // without stage, as it is sent

    // Marks what is missing before anything is sent; true when it can be.
    bool check();
    void showWaiting();
    void showAnswer(const TestAnswer& answer);
    void showProblem(const QString& message); // the request cannot be sent
    bool canSend() const;
    QPushButton* sendButton() const { return m_send; }

Q_SIGNALS:
    void sendRequested();
    void targetChanged();
    void trackRequested(const QString& trackId);

private:
    QWidget* buildLine();
    QWidget* buildRequest();
    QWidget* buildResponse();
    QWidget* buildTrace();
    void fillPath();
    void showStatus(const core::http::Response& response, core::Micros took);

    Route m_route;
    QComboBox* m_method;
    QLineEdit* m_path;
    kit::Segments* m_target;
    QComboBox* m_stage;
    QPushButton* m_send;
    QLabel* m_problem;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    code::CodeEditor* m_body;
    FieldList* m_headers;
    FieldList* m_query;
    FieldList* m_parameters;
    QStackedWidget* m_answer;
    kit::BusyRing* m_ring;
    QLabel* m_status;
    QLabel* m_reason;
    QLabel* m_time;
    kit::ErrorCard* m_error;
    code::CodeEditor* m_responseBody;
    kit::KeyValueList* m_responseHeaders;
    kit::DecisionTrace* m_trace;
    kit::SpectrumBar* m_spectrum;
    QPushButton* m_track;
    QString m_trackId;
};

}
