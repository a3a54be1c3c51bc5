#pragma once

#include "ui/api/api_value.h"
#include "ui/api/popover_form.h"

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

// Small forms over the window. Each stays open with its input when what it asked for fails, and closes when
// it worked.
namespace ui::api {

struct NameQuestion {
    QString objectName; // of the field; its button is objectName + "Ok"
    QString title;
    QString label;
    QString value;
    QString hint;
    QString button;
};
void askName(QWidget* window, QWidget* anchor, const NameQuestion& question,
    const std::function<void(const QString& name, const Report& report)>& submit);

struct NewRoute {
    Route route;
    IntegrationValue integration;
};
// `path`: what the field begins with. No method makes the resource alone.
void askRoute(QWidget* window, QWidget* anchor, const QString& path, const QList<FunctionRow>& functions,
    const std::function<void(const NewRoute& wanted, const Report& report)>& submit);

}
