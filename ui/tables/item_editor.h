#pragma once

#include "ui/code/code_editor.h"
#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/tables/item_document.h"
#include "ui/tables/item_form.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QLineEdit;
class QComboBox;
class QStackedWidget;

namespace ui::tables {

// The inspector: the open item as a form or as DynamoDB JSON, and below it the exact change that Save will
// send.
class ItemEditor : public QFrame {
    Q_OBJECT

public:
    ItemEditor(
        shell::AreaContext& context, ItemDocument& document, QWidget* popoverHost, QWidget* parent = nullptr);
    ItemForm* form() const { return m_form; }
    void showForm(bool form);
    void askForName(const Path& parent);

private:
    void buildHead();
    void buildBody();
    void buildChange();
    void buildButtons();
    void connectAll();
    void sync();
    void syncJson();
    void checkJson();
    void showChange();
    void showConflict(const core::Error& error);
    void showDifference(const QList<ChangeLine>& lines, bool gone);
    void hideDifference();
    void showFailure(const core::Error& error);

    shell::AreaContext& m_context;
    ItemDocument& m_document;
    kit::Popover* m_popover;
    QLabel* m_title;
    QLabel* m_key;
    kit::Segments* m_mode;
    QStackedWidget* m_pages;
    ItemForm* m_form;
    QPushButton* m_add;
    code::CodeEditor* m_json;
    QLabel* m_jsonError;
    QTimer m_jsonTimer;
    bool m_fromJson = false;
    kit::ErrorCard* m_card;
    QLabel* m_difference;
    QPushButton* m_keep;
    QWidget* m_change;
    QLabel* m_cost;
    QLabel* m_lines;
    QLabel* m_problem;
    QWidget* m_buttons;
    QPushButton* m_delete;
    QPushButton* m_discard;
    QPushButton* m_save;
    kit::EmptyState* m_empty;
    QWidget* m_body;
};

}
