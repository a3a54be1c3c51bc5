#pragma once

#include "core/base/result.h"
#include "ui/api/api_value.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ui::kit {
class ErrorCard;
class FormRow;
class Segments;
}

namespace ui::api {

// What answers a method, as a form: a function, an HTTP address or a mock. What is typed stays until it is
// applied or discarded, also when the chamber changes meanwhile or refuses it.
class IntegrationEditor : public QWidget {
    Q_OBJECT

public:
    explicit IntegrationEditor(QWidget* parent = nullptr);
    void setFunctions(const QList<FunctionRow>& functions);
    // Another route drops what was typed for the one before.
    void setIntegration(const Route& route, const IntegrationValue& value);
    IntegrationValue value() const;
    bool isEdited() const;
    void setResult(const core::Result<>& result); // of applying

Q_SIGNALS:
    void applyRequested(const ui::api::IntegrationValue& value);

private:
    void buildForm();
    void buildButtons();
    QWidget* page(const QList<QWidget*>& rows);
    void show(const IntegrationValue& value);
    void showKind();
    void showState();
    bool check();

    Route m_route;
    IntegrationValue m_stored;
    kit::Segments* m_kind;
    QList<QWidget*> m_pages; // one a kind
    QComboBox* m_function;
    QLineEdit* m_uri;
    QComboBox* m_httpMethod;
    QSpinBox* m_status;
    QSpinBox* m_timeout;
    kit::FormRow* m_uriRow;
    kit::FormRow* m_functionRow;
    kit::FormRow* m_timeoutRow;
    kit::ErrorCard* m_error;
    QPushButton* m_apply;
    QPushButton* m_discard;
};

}
