#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

class QAbstractButton;
class QAction;
class QPushButton;

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
        QKeySequence alsoKeys = {}; // a second way, on keyboards where the first is hard to reach
    };

    explicit ActionCatalogue(QObject* parent = nullptr);

    // The action lives in `owner` (an area, or the window) and works while that is visible; it leaves the
    // catalogue when it dies.
    QAction* add(const Spec& spec, QWidget* owner, std::function<void()> run);
    QAction* find(const QString& id) const;
    QList<QAction*> actions() const; // in order of addition
    QString groupOf(const QAction* action) const;
    QString detailOf(const QAction* action) const;

    // `iconOnly`: the text becomes the tooltip and the accessible name. A primary button shows the action's
    // keys.
    void bind(QAbstractButton* button, QAction* action, bool iconOnly = false) const;
    // The keys of the action on a button of kit::button() that keeps its own text and click.
    void showKeys(QPushButton* button, QAction* action) const;
    static QString tooltip(const QAction* action);

    // Keys that the user chose, by action; kept by whoever listens to keysChosen.
    void setChosenKeys(const QHash<QString, QKeySequence>& keys);
    void chooseKeys(QAction* action, const QKeySequence& keys);
    void resetKeys(QAction* action);
    bool hasOwnKeys(const QAction* action) const;
    // The action that these keys run already where `action` would run too; null for none.
    QAction* conflict(const QAction* action, const QKeySequence& keys) const;

Q_SIGNALS:
    void actionsChanged(); // one came or went
    void keysChosen(const QHash<QString, QKeySequence>& all);

private:
    void applyKeys(QAction* action) const;

    QList<QAction*> m_actions;
    QHash<QString, QKeySequence> m_chosen;
};

}
