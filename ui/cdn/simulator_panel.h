#pragma once

#include "ui/cdn/cdn_document.h"
#include "ui/kit/tone.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace ui::kit {
class DecisionTrace;
class ErrorCard;
class KeyValueList;
class BusyRing;
class Badge;
}

namespace ui::cdn {

// The right pane: a viewer's request from any city, and why the edge answered as it did. What is typed stays,
// whatever happens to the request.
class SimulatorPanel : public QWidget {
    Q_OBJECT

public:
    explicit SimulatorPanel(QWidget* parent = nullptr);
    ViewerCall call() const;
    void setEnabledToSend(bool possible);
    void showAnswer(const ViewerAnswer& answer, const QList<EntryRow>& entries);
    void showWaiting();
    QString trackId() const { return m_trackId; }
    void focusPath();
    QPushButton* sendButton() const { return m_send; }

Q_SIGNALS:
    void sendRequested();
    void laterRequested(); // 20 s on the chamber's clock, then again
    void trackRequested(const QString& id);

private:
    QWidget* buildForm();
    QWidget* buildResult();
    void paintStrip();
    void addHeaderRow(const QString& text);
    void showOtherKeys(const ViewerAnswer& answer, const QList<EntryRow>& entries);

    QComboBox* m_city;
    QComboBox* m_method;
    QLineEdit* m_path;
    QVBoxLayout* m_headers;
    QList<QLineEdit*> m_headerFields;
    QPlainTextEdit* m_body;
    QSpinBox* m_repeat;
    QCheckBox* m_everyCity;
    QPushButton* m_send;
    QWidget* m_hint;
    QWidget* m_result;
    QWidget* m_strip;
    kit::Hue m_outcome = kit::Hue::Obs;
    kit::Badge* m_badge;
    QLabel* m_status;
    QLabel* m_served;
    QLabel* m_time;
    kit::BusyRing* m_ring;
    kit::ErrorCard* m_error;
    kit::DecisionTrace* m_trace;
    kit::KeyValueList* m_responseHeaders;
    QLabel* m_otherTitle;
    QVBoxLayout* m_others;
    QPushButton* m_later;
    QPushButton* m_track;
    QString m_trackId;
};

}
