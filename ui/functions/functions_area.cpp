#include "ui/functions/functions_area.h"

#include "ui/bridge/installed_runtimes.h"
#include "ui/bridge/resource_index.h"
#include "ui/code/code_editor.h"
#include "ui/functions/run_console.h"
#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"
#include "ui/shell/action_catalogue.h"

#include <QAction>
#include <QHBoxLayout>
#include <QListView>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace ui::functions {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;

namespace {

}

FunctionModel* makeFunctionModel(QObject* parent)
{
    const auto cell = [](const FunctionRow& row, int role) -> QVariant {
        if (role == Qt::DisplayRole)
            return row.name;
        if (role == kit::IconNameRole)
            return u"fn"_s;
        if (role == kit::ToneRole)
            return int(Hue::Fn);
        if (role == kit::DetailRole)
            return QObject::tr("%1, %2 MB").arg(bridge::runtimeName(row.runtime)).arg(row.memory);
        return role == Qt::ToolTipRole ? QVariant(row.description) : QVariant();
    };
    return new FunctionModel(
        {{QObject::tr("Function"), cell}}, [](const FunctionRow& row) { return row.name; }, parent);
}

FileModel* makeFileModel(QObject* parent)
{
    return new FileModel(
        {kit::Column<FileRow>::text(QObject::tr("File"), [](const FileRow& row) { return row.path; })},
        [](const FileRow& row) { return row.path; }, parent);
}

FunctionsArea::FunctionsArea(shell::AreaContext& context, QWidget* parent)
    : Area(context, u"fn"_s, parent)
    , m_document(new FunctionsDocument(context.engine, context.events, context.undo, this))
    , m_functionModel(makeFunctionModel(this))
    , m_fileModel(makeFileModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_header = new kit::AreaHeader;
    layout->addWidget(m_header);
    m_pages = new QStackedWidget;
    m_pages->addWidget(new kit::EmptyState(tr("No function here"),
        tr("Create one with the AWS CLI or an SDK (CreateFunction with a zip), or open the corner bookshop: "
           "its source then "
           "appears here and in the chamber's folder.")));
    auto* across = new kit::Splitter(Qt::Horizontal);
    auto* right = new kit::Splitter(Qt::Vertical);
    auto* above = new kit::Splitter(Qt::Horizontal);
    above->addWidget(buildEditors());
    above->addWidget(buildSetup());
    above->setStretchFactor(0, 1);
    above->setDefaultSizes({840, 296});
    m_console = new RunConsole;
    right->addWidget(above);
    right->addWidget(m_console);
    right->setStretchFactor(0, 1);
    right->setDefaultSizes({500, 300});
    across->addWidget(buildLists());
    across->addWidget(right);
    across->setStretchFactor(1, 1);
    across->setDefaultSizes({240, 1136});
    m_pages->addWidget(across);
    layout->addWidget(m_pages, 1);
    addActions();
    connectViews();
    connectDocument();
    showFunctions();
    m_document->reload();
}

QWidget* FunctionsArea::buildLists()
{
    m_lists = new QWidget;
    auto* layout = new QVBoxLayout(m_lists);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_functionsHeader = new kit::SectionHeader(tr("Functions"));
    m_functions = new QListView;
    m_functions->setObjectName(u"functionList"_s);
    m_functions->setAccessibleName(tr("Functions"));
    m_functions->setModel(m_functionModel);
    m_functions->setItemDelegate(new kit::TileDelegate(m_functions));
    m_filesHeader = new kit::SectionHeader(tr("Files"));
    m_files = new QListView;
    m_files->setObjectName(u"functionFiles"_s);
    m_files->setAccessibleName(tr("Files"));
    m_files->setModel(m_fileModel);
    m_files->setItemDelegate(new kit::RowDelegate(m_files, kit::RowDelegate::Cell::Mono));
    layout->addWidget(m_functionsHeader);
    layout->addWidget(kit::hline());
    layout->addWidget(m_functions, 3);
    layout->addWidget(kit::hline());
    layout->addWidget(m_filesHeader);
    layout->addWidget(kit::hline());
    layout->addWidget(m_files, 2);
    return m_lists;
}

QWidget* FunctionsArea::buildEditors()
{
    auto* pane = new QWidget;
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"functionTabs"_s);
    m_tabs->setAccessibleName(tr("Open files"));
    m_tabs->setTabsClosable(true);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_error = new kit::ErrorCard;
    m_error->hide();
    m_editors = new QStackedWidget;
    m_editors->addWidget(new kit::EmptyState(tr("No file is open"), tr("Choose one in the list of files.")));
    layout->addWidget(m_tabs);
    layout->addWidget(kit::hline());
    layout->addWidget(m_error);
    layout->addWidget(m_editors, 1);
    return pane;
}

QWidget* FunctionsArea::buildSetup()
{
    m_setup = new QWidget;
    m_setup->setObjectName(u"functionSetup"_s);
    auto* layout = new QVBoxLayout(m_setup);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new kit::SectionHeader(tr("Setup")));
    layout->addWidget(kit::hline());
    m_facts = new kit::KeyValueList;
    m_memory = new QSpinBox;
    m_memory->setObjectName(u"functionMemory"_s);
    m_memory->setRange(128, 10240);
    m_memory->setSingleStep(64);
    m_memory->setSuffix(tr(" MB"));
    m_timeout = new QSpinBox;
    m_timeout->setObjectName(u"functionTimeout"_s);
    m_timeout->setRange(1, 900);
    m_timeout->setSuffix(tr(" s"));
    auto* form = new QVBoxLayout;
    form->setContentsMargins(12, 8, 12, 8);
    form->setSpacing(8);
    form->addWidget(m_facts);
    form->addWidget(new kit::FormRow(tr("Memory"), m_memory));
    form->addWidget(new kit::FormRow(tr("Timeout"), m_timeout));
    layout->addLayout(form);
    layout->addWidget(kit::hline());
    layout->addWidget(new kit::SectionHeader(tr("Variables")));
    m_variables = new kit::KeyValueList;
    m_variables->setContentsMargins(12, 0, 12, 8);
    layout->addWidget(m_variables);
    layout->addWidget(kit::hline());
    m_environmentsHeader = new kit::SectionHeader(tr("Environments"));
    layout->addWidget(m_environmentsHeader);
    m_environments = new kit::KeyValueList;
    m_environments->setContentsMargins(12, 0, 12, 8);
    layout->addWidget(m_environments);
    layout->addStretch();
    return m_setup;
}

void FunctionsArea::addActions()
{
    auto& catalogue = context().actions;
    auto* runAction = catalogue.add({.id = u"functions.run"_s,
                                        .text = tr("Run"),
                                        .icon = u"play"_s,
                                        .keys = QKeySequence(Qt::Key_F5),
                                        .group = tr("Functions")},
        this, [this] { run(); });
    auto* saveAction = catalogue.add({.id = u"functions.save"_s,
                                         .text = tr("Save the file"),
                                         .icon = u"check"_s,
                                         .keys = QKeySequence::Save,
                                         .group = tr("Functions")},
        this, [this] { save(); });
    m_actions = {runAction, saveAction};
    catalogue.bind(m_console->runButton(), runAction);
    auto* button = kit::button(tr("Save"));
    button->setObjectName(u"functionSave"_s);
    catalogue.bind(button, saveAction);
    m_header->addAction(button);
}

void FunctionsArea::connectViews()
{
    connect(m_functions->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& index) {
            if (index.isValid())
                m_document->open(index.data(kit::KeyRole).toString());
        });
    const auto openIndex = [this](
                               const QModelIndex& index) { openFile(index.data(kit::KeyRole).toString()); };
    connect(m_files, &QListView::clicked, this, openIndex);
    connect(m_files, &QListView::activated, this, openIndex);
    connect(m_tabs, &QTabBar::currentChanged, this, [this] { refreshTabs(); });
    connect(m_tabs, &QTabBar::tabCloseRequested, this, &FunctionsArea::closeFile);
    const auto settings = [this] { m_document->setSettings(m_memory->value(), m_timeout->value()); };
    connect(m_memory, &QSpinBox::editingFinished, this, settings);
    connect(m_timeout, &QSpinBox::editingFinished, this, settings);
    connect(m_console, &RunConsole::trackRequested, this, [this](const QString& id) {
        context().navigator.open({u"track"_s, context().navigator.region(), id});
    });
}

void FunctionsArea::connectDocument()
{
    connect(m_document, &FunctionsDocument::functionsChanged, this, &FunctionsArea::showFunctions);
    connect(m_document, &FunctionsDocument::currentChanged, this, &FunctionsArea::showCurrent);
    connect(m_document, &FunctionsDocument::filesChanged, this, &FunctionsArea::showFiles);
    connect(m_document, &FunctionsDocument::fileRead, this, &FunctionsArea::showFile);
    connect(m_document, &FunctionsDocument::fileWritten, this, &FunctionsArea::fileWritten);
    connect(m_document, &FunctionsDocument::runsChanged, this,
        [this] { m_console->setRuns(m_document->runs()); });
    connect(m_document, &FunctionsDocument::environmentsChanged, this, &FunctionsArea::showEnvironments);
    connect(
        m_document, &FunctionsDocument::logChanged, this, [this] { m_console->setLog(m_document->log()); });
    connect(m_document, &FunctionsDocument::runningChanged, this, [this] {
        m_actions.first()->setEnabled(!m_document->running());
        m_console->setRunning(m_document->running());
    });
    connect(m_document, &FunctionsDocument::finished, this, [this](const RunAnswer& answer) {
        m_console->showAnswer(answer);
        context().navigator.selectTrack(answer.trackId);
    });
    connect(m_document, &FunctionsDocument::failed, this, [this](const core::Error& error) {
        m_error->setError(error);
        m_error->show();
    });
}

void FunctionsArea::showFunctions()
{
    m_functionModel->setRows(m_document->functions());
    m_functionsHeader->setDetail(QString::number(m_document->functions().size()));
    m_pages->setCurrentIndex(m_document->functions().isEmpty() ? 0 : 1);
    const auto* current = m_document->current();
    for (auto* action : m_actions)
        action->setEnabled(current && !m_document->running());
    if (!current) {
        m_header->setObject(u"fn"_s, Hue::Fn, tr("Functions"));
        return;
    }
    m_header->setObject(u"fn"_s, Hue::Fn, current->name, bridge::runtimeName(current->runtime));
    const QSignalBlocker blocker(m_functions->selectionModel());
    m_functions->setCurrentIndex(m_functionModel->index(m_functionModel->rowOf(current->name), 0));
    m_facts->clear();
    const auto runtime = bridge::runtimeName(current->runtime);
    m_facts->add(tr("Runtime"),
        bridge::runtimeCanRun(current->runtime) ? runtime : tr("%1, kept but not run here").arg(runtime));
    m_facts->add(tr("Handler"), current->handler, true);
    const QSignalBlocker memoryBlocker(m_memory);
    const QSignalBlocker timeoutBlocker(m_timeout);
    m_memory->setValue(current->memory);
    m_timeout->setValue(current->timeout);
    m_variables->clear();
    for (const auto& [name, value] : current->variables)
        m_variables->add(name, value, true);
}

void FunctionsArea::showCurrent()
{
    if (m_shown == m_document->currentName())
        return;
    m_shown = m_document->currentName();
    while (m_tabs->count() > 0)
        closeFile(0);
    m_console->clearAnswer();
    m_console->setLog({});
    m_console->setRuns({});
    showFunctions();
    Q_EMIT currentObjectChanged();
}

void FunctionsArea::showFiles()
{
    m_fileModel->setRows(m_document->files());
    m_filesHeader->setDetail(m_document->currentName());
    // Changed on disk by another editor: what is not edited here follows.
    for (auto it = m_open.begin(); it != m_open.end(); ++it) {
        if (!it->editor->isModified())
            m_document->readFile(it.key());
    }
    if (!m_wantedFile.isEmpty())
        return openFile(std::exchange(m_wantedFile, {}));
    if (m_open.isEmpty() && m_document->current()) {
        // The handler's file is the one that most people come for.
        const auto stem = m_document->current()->handler.section(u'.', 0, 0);
        for (const auto& file : m_document->files()) {
            if (file.path.startsWith(stem + u'.'))
                return openFile(file.path);
        }
    }
}

void FunctionsArea::showEnvironments()
{
    const auto& rows = m_document->environments();
    m_environmentsHeader->setDetail(tr("%1 of 10").arg(rows.size()));
    m_environments->clear();
    for (const auto& row : rows)
        m_environments->add(
            row.id.left(8), tr("%1, %n run(s)", nullptr, row.invocations).arg(row.state), true);
    if (rows.isEmpty())
        m_environments->add(tr("None"), tr("the next run starts cold"));
}

void FunctionsArea::openFile(const QString& path)
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (m_tabs->tabData(i).toString() == path)
            return m_tabs->setCurrentIndex(i);
    }
    m_document->readFile(path);
}

void FunctionsArea::showFile(const FileText& file)
{
    const auto& [path, text] = file;
    m_error->setVisible(!text.has_value());
    if (!text) {
        m_error->setError(text.error());
        return;
    }
    if (const auto found = m_open.find(path); found != m_open.end()) {
        if (found->editor->isModified() || found->saved == *text)
            return;
        found->saved = *text;
        found->editor->replaceText(*text);
        found->editor->setModified(false);
        return;
    }
    auto* editor = new code::CodeEditor(code::languageOf(path));
    editor->setObjectName(u"functionEditor"_s);
    editor->setAccessibleName(path);
    editor->setText(*text);
    m_open.insert(path, {editor, *text});
    m_editors->addWidget(editor);
    const int tab = m_tabs->addTab(path);
    m_tabs->setTabData(tab, path);
    m_tabs->setCurrentIndex(tab);
    connect(editor, &code::CodeEditor::saveRequested, this, &FunctionsArea::save);
    connect(editor, &code::CodeEditor::modificationChanged, this, [this] { refreshTabs(); });
    refreshTabs();
}

void FunctionsArea::closeFile(int tab)
{
    const auto path = m_tabs->tabData(tab).toString();
    const auto file = m_open.value(path);
    if (!file.editor)
        return;
    // Nothing typed is lost: what was not saved is saved when its tab goes, and undo brings the old text
    // back.
    if (file.editor->isModified() && m_shown == m_document->currentName())
        m_document->saveFile(path, file.saved, file.editor->text());
    m_open.remove(path);
    m_tabs->removeTab(tab);
    m_editors->removeWidget(file.editor);
    file.editor->deleteLater();
    refreshTabs();
}

QString FunctionsArea::currentFile() const
{
    return m_tabs->currentIndex() < 0 ? QString() : m_tabs->tabData(m_tabs->currentIndex()).toString();
}

void FunctionsArea::refreshTabs()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        const auto path = m_tabs->tabData(i).toString();
        const auto file = m_open.value(path);
        m_tabs->setTabText(i, file.editor && file.editor->isModified() ? path + u" •"_s : path);
    }
    const auto file = m_open.value(currentFile());
    m_editors->setCurrentWidget(file.editor ? file.editor : m_editors->widget(0));
}

void FunctionsArea::save()
{
    const auto path = currentFile();
    const auto found = m_open.constFind(path);
    if (found == m_open.cend() || !found->editor->isModified())
        return;
    m_error->hide();
    m_document->saveFile(path, found->saved, found->editor->text());
}

void FunctionsArea::fileWritten(const QString& path, const QString& text)
{
    const auto found = m_open.find(path);
    if (found == m_open.end())
        return;
    found->saved = text;
    if (found->editor->text() != text)
        found->editor->replaceText(text);
    found->editor->setModified(false);
    refreshTabs();
}

void FunctionsArea::run()
{
    if (const auto problem = m_console->eventProblem(); !problem.isEmpty()) {
        m_console->showAnswer(
            {core::fail(core::ErrorKind::Invalid, "InvalidRequestContentException", problem.toStdString()),
                {}, {}, 0});
        return;
    }
    save();
    m_console->clearAnswer();
    m_document->run(m_console->event(), m_console->forceCold());
}

void FunctionsArea::openObject(const shell::ObjectRef& object)
{
    m_wantedFile = object.part;
    m_document->open(object.name);
    if (!m_wantedFile.isEmpty() && !m_document->files().isEmpty())
        openFile(std::exchange(m_wantedFile, {}));
}

shell::ObjectRef FunctionsArea::currentObject() const
{
    const auto name = m_document->currentName();
    return name.isEmpty()
        ? shell::ObjectRef{}
        : shell::ObjectRef{u"function"_s, context().navigator.region(), name, currentFile()};
}

QList<QWidget*> FunctionsArea::panes() const
{
    return {m_functions, m_files, m_editors, m_setup, m_console};
}

QWidget* FunctionsArea::partWidget(Part part) const
{
    switch (part) {
    case Part::List:
        return m_lists;
    case Part::Inspector:
        return m_setup;
    case Part::Bottom:
        return m_console;
    }
    return nullptr;
}

}
