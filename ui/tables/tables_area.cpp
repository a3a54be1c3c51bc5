#include "ui/tables/tables_area.h"

#include "ui/bridge/engine_client.h"
#include "ui/kit/theme.h"
#include "ui/shell/action_catalogue.h"

#include <nlohmann/json.hpp>

#include <QAction>
#include <QJsonArray>
#include <QJsonObject>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui::tables {

using namespace Qt::StringLiterals;

TablesArea::TablesArea(shell::AreaContext& context, QWidget* parent)
    : Area(context, u"tbl"_s, parent)
    , m_tables(context, this)
    , m_run(context, this)
    , m_item(context, this)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHeader();
    buildPanes();
    addActions();
    connectDocuments();
    connectViews();
    connectItem();
    showCentre();
}

void TablesArea::buildHeader()
{
    m_header = new kit::AreaHeader;
    m_header->setObject(u"tbl"_s, kit::Hue::Tbl, tr("Tables"));
    layout()->addWidget(m_header);
}

void TablesArea::buildPanes()
{
    m_splitter = new kit::Splitter(Qt::Horizontal);
    m_splitter->setObjectName(u"tablesSplitter"_s);
    m_list = new TableList(m_tables, this);
    m_editor = new ItemEditor(context(), m_item, this);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(buildCentre());
    m_splitter->addWidget(m_editor);
    m_list->setMinimumWidth(kit::theme().px(180));
    m_centre->setMinimumWidth(kit::theme().px(380));
    m_editor->setMinimumWidth(kit::theme().px(296));
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setDefaultSizes({228, 812, 336});
    static_cast<QVBoxLayout*>(layout())->addWidget(m_splitter, 1);
}

QWidget* TablesArea::buildCentre()
{
    m_centre = new QWidget;
    auto* column = new QVBoxLayout(m_centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_noTable =
        new kit::EmptyState(tr("No table is open"), tr("Tables that you or an SDK make appear at the left."));
    m_noTable->addAction(
        tr("New table"), [this] { m_list->askForTable(); }, u"emptyNewTable"_s);
    m_tablePage = new QWidget;
    column->addWidget(m_noTable, 1);
    column->addWidget(m_tablePage, 1);
    auto* page = new QVBoxLayout(m_tablePage);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    m_query = new QueryPanel(context(), this);
    page->addWidget(m_query);
    page->addWidget(kit::hline());
    m_error = new kit::ErrorCard;
    m_error->setObjectName(u"tablesError"_s);
    m_error->hide();
    auto* card = new QVBoxLayout;
    card->setContentsMargins(12, 0, 12, 0);
    card->addWidget(m_error);
    column->insertLayout(0, card);
    m_grid = new ItemGrid(m_run);
    m_empty = new kit::EmptyState({}, {});
    m_results = new QStackedWidget;
    m_results->addWidget(m_grid);
    m_results->addWidget(m_empty);
    page->addWidget(m_results, 1);
    page->addWidget(kit::hline());
    m_footer = new ResultFooter(context().engine.endpoint(), this);
    page->addWidget(m_footer);
    return m_centre;
}

void TablesArea::addActions()
{
    auto& catalogue = context().actions;
    const auto group = tr("Tables");
    const auto add = [&](const QString& id, const QString& text, const QString& icon,
                         const QKeySequence& keys, std::function<void()> act) {
        m_actions.append(catalogue.add({id, text, icon, keys, group}, this, std::move(act)));
        return m_actions.last();
    };
    m_runAction = add(
        u"tables.run"_s, tr("Run"), u"play"_s, QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { run(); });
    m_newItem = add(u"tables.newItem"_s, tr("New item"), u"plus"_s, QKeySequence(Qt::CTRL | Qt::Key_N),
        [this] { newItem(); });
    add(u"tables.save"_s, tr("Save"), {}, QKeySequence(Qt::CTRL | Qt::Key_S), [this] { m_item.save(); });
    add(u"tables.newTable"_s, tr("New table"), u"tbl"_s, {}, [this] { m_list->askForTable(); });
    add(u"tables.showCode"_s, tr("Show the query as code"), u"code"_s, {}, [this] { m_footer->showCode(); });
    add(u"tables.copyCode"_s, tr("Copy the query as code"), u"copy"_s,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] { m_footer->copyCode(); });
    add(u"tables.nextPage"_s, tr("Next page"), {}, QKeySequence(Qt::ALT | Qt::Key_PageDown),
        [this] { m_grid->items().fetchMore({}); });
    add(u"tables.addEntry"_s, tr("Add an entry to the item"), u"plus"_s, {},
        [this] { m_editor->form()->addEntry(); });
    add(u"tables.deleteItem"_s, tr("Delete item"), u"trash"_s, {}, [this] { m_item.deleteItem(); });
    add(u"tables.deleteTable"_s, tr("Delete table"), u"trash"_s, {}, [this] {
        if (!m_table.isEmpty())
            m_tables.remove(m_table);
    });
    catalogue.bind(m_query->runButton(), m_runAction);
    if (auto* save = findChild<QPushButton*>(u"saveItem"_s))
        catalogue.bind(save, catalogue.find(u"tables.save"_s));
    auto* make = kit::button({}, kit::ButtonRole::Default);
    make->setObjectName(u"newItem"_s);
    catalogue.bind(make, m_newItem);
    m_header->addAction(make);
}

void TablesArea::connectDocuments()
{
    connect(&m_tables, &TablesDocument::changed, this, &TablesArea::syncTable);
    connect(&m_tables, &TablesDocument::failed, this, &TablesArea::showFailure);
    connect(&m_tables, &TablesDocument::copyTooLarge, this, &TablesArea::askToDelete);
    connect(&m_tables, &TablesDocument::itemsChanged, this, [this](const QString& table) {
        if (table == m_table)
            m_run.refresh();
        m_item.itemsChanged(table);
    });
    connect(&m_run, &QueryRun::changed, this, &TablesArea::showCentre);
    connect(&m_run, &QueryRun::failed, this, &TablesArea::showFailure);
    connect(&kit::theme(), &kit::Theme::changed, this, &TablesArea::showCentre);
}

void TablesArea::connectViews()
{
    connect(m_list, &TableList::sourceSelected, this, [this](const QString& table, const QString& index) {
        if (m_tables.find(table)) {
            openTable(table, index);
        } else { // just made: the list comes in a moment
            m_wanted = table;
            m_wantedIndex = index;
        }
    });
    connect(
        m_list, &TableList::deleteRequested, this, [this](const QString& table) { m_tables.remove(table); });
    connect(m_query, &QueryPanel::formChanged, this, [this] {
        if (const auto* schema = m_tables.find(m_table))
            m_footer->setForm(m_query->form(), *schema);
    });
    connect(m_query, &QueryPanel::sourceChanged, this, [this] {
        m_list->select(m_table, m_query->form().index);
        Q_EMIT currentObjectChanged();
    });
    connect(m_footer, &ResultFooter::nextPageRequested, this, [this] { m_grid->items().fetchMore({}); });
    connect(m_footer, &ResultFooter::rewriteRequested, this, [this](const QueryForm& query) {
        m_query->setForm(query);
        m_list->select(m_table, query.index);
        run();
    });
    connect(m_grid, &QTableView::activated, this, [this] { Q_EMIT partWanted(Part::Inspector); });
    connect(m_grid, &ItemGrid::itemSelected, this, [this](const QString& key) {
        const auto* row = m_grid->items().find(key);
        const auto* schema = m_tables.find(m_table);
        if (!row || !schema)
            return;
        if (m_item.isStaged() && !m_item.isNew()) {
            // Staged edits are not lost by a click elsewhere: the selection goes back to them.
            context().navigator.toast(u"info"_s, kit::Hue::Warn, tr("Save or discard the staged edit first"),
                m_item.keyText(), tr("Discard"), [this] { m_item.discard(); });
            const auto staged =
                QString::fromStdString(itemToJson(m_item.schema().keyOf(m_item.before())).dump());
            QMetaObject::invokeMethod(
                this, [this, staged] { m_grid->selectKey(staged); }, Qt::QueuedConnection);
            return;
        }
        m_item.open(*schema, row->item);
    });
}

void TablesArea::connectItem()
{
    const auto sync = [this] {
        const bool staged = m_item.isOpen() && !m_item.isNew() && m_item.isStaged();
        const auto key = m_item.isOpen() && !m_item.isNew()
            ? QString::fromStdString(itemToJson(m_item.schema().keyOf(m_item.before())).dump())
            : QString();
        m_grid->items().setStaged(staged ? key : QString(), m_item.item());
        m_footer->setStaged(m_item.isStaged());
    };
    connect(&m_item, &ItemDocument::edited, this, sync);
    connect(&m_item, &ItemDocument::opened, this, sync);
}

void TablesArea::openObject(const shell::ObjectRef& object)
{
    if (m_tables.find(object.name)) {
        openTable(object.name, object.part);
    } else {
        m_wanted = object.name;
        m_wantedIndex = object.part;
        m_tables.reload();
    }
}

shell::ObjectRef TablesArea::currentObject() const
{
    if (m_table.isEmpty())
        return {};
    return {u"table"_s, context().engine.region(), m_table, m_query->form().index};
}

void TablesArea::openTable(const QString& table, const QString& index)
{
    const auto* schema = m_tables.find(table);
    if (!schema)
        return;
    m_wanted.clear();
    const bool other = table != m_table;
    m_table = table;
    m_error->hide();
    m_query->setSchema(*schema);
    if (other) {
        m_run.reset();
        m_grid->items().clear();
        m_grid->items().setAttributes({});
        if (!m_item.isStaged() || m_item.isNew())
            m_item.close();
    }
    auto form = other ? QueryForm() : m_query->form();
    if (other || form.index != index) {
        form.scan = index.isEmpty() && (other || form.scan);
        form.index = index;
        form.clearKey();
    }
    m_query->setForm(form);
    m_list->select(table, index);
    m_header->setObject(u"tbl"_s, kit::Hue::Tbl, table, index);
    if (other && form.scan)
        run();
    showCentre();
    Q_EMIT currentObjectChanged();
}

void TablesArea::run()
{
    const auto* schema = m_tables.find(m_table);
    if (!schema)
        return;
    m_error->hide();
    const auto started = m_run.start(m_query->form(), *schema);
    m_query->setProblem(started ? QString() : QString::fromStdString(started.error().message));
}

void TablesArea::newItem()
{
    const auto* schema = m_tables.find(m_table);
    if (!schema || (m_item.isStaged() && !m_item.isNew())) {
        if (schema)
            context().navigator.toast(u"info"_s, kit::Hue::Warn, tr("Save or discard the staged edit first"),
                m_item.keyText(), tr("Discard"), [this] { m_item.discard(); });
        return;
    }
    if (!m_item.isNew())
        m_item.openNew(*schema);
    m_grid->selectKey({});
    m_editor->setVisible(true);
    Q_EMIT partWanted(Part::Inspector);
    m_editor->form()->setFocus(Qt::OtherFocusReason);
}

void TablesArea::syncTable()
{
    if (!m_wanted.isEmpty() && m_tables.find(m_wanted))
        return openTable(QString(m_wanted), QString(m_wantedIndex));
    if (m_table.isEmpty() && m_wanted.isEmpty() && !m_tables.tables().isEmpty())
        return openTable(m_tables.tables().first().name, {});
    if (const auto* schema = m_tables.find(m_table)) {
        m_query->setSchema(*schema);
        if (m_run.hasStarted())
            m_run.setSchema(*schema);
    } else if (!m_table.isEmpty()) {
        m_table.clear();
        m_run.reset();
        m_grid->items().clear();
        m_item.close();
        m_header->setObject(u"tbl"_s, kit::Hue::Tbl, tr("Tables"));
        Q_EMIT currentObjectChanged();
    }
    showCentre();
}

void TablesArea::showCentre()
{
    const bool open = !m_table.isEmpty();
    m_noTable->setVisible(!open);
    m_tablePage->setVisible(open);
    m_newItem->setEnabled(open);
    m_runAction->setEnabled(open);
    if (!open)
        return;
    const bool empty = m_grid->items().rowCount() == 0 && !m_run.isRunning();
    m_results->setCurrentIndex(empty ? 1 : 0);
    if (!m_run.hasStarted())
        m_empty->set(tr("Nothing was asked yet"), tr("Give the partition key a value and run the query."));
    else if (m_run.stats().more)
        m_empty->set(
            tr("No match so far"), tr("The pages read so far hold no item that matches; the next may."));
    else
        m_empty->set(tr("No item matches"),
            m_run.form().scan && m_run.form().filters.isEmpty()
                ? tr("This table is empty.")
                : tr("No item has these keys and attributes."));
    m_footer->setRun(m_run.form(), m_run.schema(), m_run.stats(), m_run.isRunning(), m_run.hasStarted());
    if (const auto* schema = m_tables.find(m_table))
        m_footer->setForm(m_query->form(), *schema);
    QHash<QString, Type> attributes;
    for (const auto& each : m_grid->items().attributes())
        attributes.insert(each.name, each.type);
    m_query->setAttributes(attributes);
}

void TablesArea::showFailure(const core::Error& error)
{
    m_error->clearActions();
    m_error->setError(error, 400);
    m_error->addAction(tr("Dismiss"), [this] { m_error->hide(); })->setObjectName(u"dismissError"_s);
    m_error->show();
}

void TablesArea::askToDelete(const QString& name, int copied)
{
    m_error->clearActions();
    m_error->setError({core::ErrorKind::TooLarge, tr("Delete %1?").arg(name).toStdString(),
        tr("The table has more items than undo keeps. Undo would bring back the table with the first %n of "
           "its items; "
           "the others would be lost.",
            nullptr, copied)
            .toStdString()});
    m_error->addAction(tr("Keep the table"), [this] { m_error->hide(); })->setObjectName(u"keepTable"_s);
    m_error
        ->addAction(tr("Delete %1").arg(name),
            [this, name] {
                m_error->hide();
                m_tables.remove(name, true);
            })
        ->setObjectName(u"deleteTableAnyway"_s);
    m_error->show();
}

QJsonObject TablesArea::saveState() const
{
    QJsonArray sizes;
    for (const auto size : m_splitter->sizes())
        sizes.append(size);
    return {{u"sizes"_s, sizes}};
}

void TablesArea::restoreState(const QJsonObject& state)
{
    QList<int> sizes;
    for (const auto& each : state[u"sizes"_s].toArray())
        sizes.append(each.toInt());
    if (sizes.size() == m_splitter->count())
        m_splitter->setSizes(sizes);
}

QList<QWidget*> TablesArea::panes() const
{
    return {m_list->view(), m_query->runButton(), m_grid, m_editor->form()};
}

QWidget* TablesArea::partWidget(Part part) const
{
    switch (part) {
    case Part::List:
        return m_list;
    case Part::Inspector:
        return m_editor;
    case Part::Bottom:
        return nullptr;
    }
    return nullptr;
}

}
