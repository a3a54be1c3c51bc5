#pragma once

#include "ui/kit/row_model.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace ui::kit {
class SearchField;
}

namespace ui::shell {

class ActionCatalogue;
class KeyField;

// The catalogue as a list with its keys, and below it the field that gives the chosen action others. Keys
// that run something else already are refused by name, with a way to take them. UI thread.
class KeyboardSettings : public QWidget {
    Q_OBJECT

public:
    explicit KeyboardSettings(ActionCatalogue& actions, QWidget* parent = nullptr);

private:
    struct Entry {
        QString id;
        QString text;
        QString group;
        QString keys;
        bool own = false; // chosen by the user
        friend bool operator==(const Entry&, const Entry&) = default;
    };

    void buildTable();
    QWidget* buildEditor();
    void reload();
    void showChosen();
    QAction* chosen() const;
    void take(const QKeySequence& keys);
    void refuse(QAction* other, const QKeySequence& keys);

    ActionCatalogue& m_actions;
    kit::RowModel<Entry>* m_model;
    QSortFilterProxyModel* m_proxy;
    kit::SearchField* m_search;
    QTableView* m_table;
    QLabel* m_name;
    KeyField* m_edit;
    QPushButton* m_none;
    QPushButton* m_reset;
    QPushButton* m_resetAll;
    QLabel* m_problem;
    QPushButton* m_replace;
    QPointer<QAction> m_other; // has the keys that are wanted
    QKeySequence m_wanted;
};

}
