#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

class QAbstractButton;
class QAction;

namespace ui::shell {

// Every action of the workbench, once: the command palette lists them, buttons and tooltips take text and
// keys from them. Owned by the main window; UI thread only.
//
//   auto* run = context.actions.add({"functions.run", tr("Run"), "play", QKeySequence(Qt::Key_F5)}, area,
//   [this] {…}); context.actions.bind(button, run);   // text, icon, tooltip "Run (F5)", enabled state, click
class ActionCatalogue : public QObject {
    Q_OBJECT

public:
    struct Spec {
        QString id; // "functions.run"
        QString text; // "Run"; sentence case, a verb
        QString icon = {};
        QKeySequence keys = {};
        QString group = {}; // heading in the palette; "Run" by default
        QString detail = {}; // grey words after the text
    };

    explicit ActionCatalogue(QObject* parent = nullptr);

    // The action lives in `owner` (an area, or the window) and works while that is visible; it leaves the
    // catalogue when it dies.
    QAction* add(const Spec& spec, QWidget* owner, std::function<void()> run);
    QAction* find(const QString& id) const;
    QList<QAction*> actions() const; // in order of addition
    QString groupOf(const QAction* action) const;
    QString detailOf(const QAction* action) const;

    // `iconOnly`: the text becomes the tooltip and the accessible name.
    void bind(QAbstractButton* button, QAction* action, bool iconOnly = false) const;
    static QString tooltip(const QAction* action);

private:
    QList<QAction*> m_actions;
};

}
