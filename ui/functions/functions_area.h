#pragma once

#include "ui/functions/functions_document.h"
#include "ui/kit/row_model.h"
#include "ui/shell/area.h"

#include <QHash>

class QListView;
class QSpinBox;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace ui::code {
class CodeEditor;
}
namespace ui::kit {
class AreaHeader;
class ErrorCard;
class KeyValueList;
class SectionHeader;
}

namespace ui::functions {

class RunConsole;

using FunctionModel = kit::RowModel<FunctionRow>;
using FileModel = kit::RowModel<FileRow>;
FunctionModel* makeFunctionModel(QObject* parent);
FileModel* makeFileModel(QObject* parent);

// The Functions area: functions and their files, the code, the set-up and the run console.
class FunctionsArea : public shell::Area {
    Q_OBJECT

public:
    explicit FunctionsArea(shell::AreaContext& context, QWidget* parent = nullptr);

    void openObject(const shell::ObjectRef& object) override;
    shell::ObjectRef currentObject() const override;
    QList<QAction*> areaActions() const override { return m_actions; }
    QList<QWidget*> panes() const override;
    QWidget* partWidget(Part part) const override;

private:
    // A file that is open in a tab. `saved` is what it held when it was read or written last.
    struct OpenFile {
        code::CodeEditor* editor;
        QString saved;
    };

    QWidget* buildLists();
    QWidget* buildEditors();
    QWidget* buildSetup();
    void addActions();
    void connectDocument();
    void connectViews();
    void showFunctions();
    void showCurrent();
    void showFiles();
    void showEnvironments();
    void openFile(const QString& path);
    void showFile(const FileText& file);
    void closeFile(int tab);
    void fileWritten(const QString& path, const QString& text);
    void refreshTabs();
    void save();
    void run();
    QString currentFile() const;

    FunctionsDocument* m_document;
    FunctionModel* m_functionModel;
    FileModel* m_fileModel;
    kit::AreaHeader* m_header;
    QStackedWidget* m_pages;
    QWidget* m_lists;
    QListView* m_functions;
    kit::SectionHeader* m_functionsHeader;
    kit::SectionHeader* m_filesHeader;
    QListView* m_files;
    QTabBar* m_tabs;
    QStackedWidget* m_editors;
    kit::ErrorCard* m_error;
    QHash<QString, OpenFile> m_open;
    QWidget* m_setup;
    kit::KeyValueList* m_facts;
    QSpinBox* m_memory;
    QSpinBox* m_timeout;
    kit::KeyValueList* m_variables;
    kit::SectionHeader* m_environmentsHeader;
    kit::KeyValueList* m_environments;
    RunConsole* m_console;
    QString m_wantedFile;
    QString m_shown;
    QList<QAction*> m_actions;
};

}
