#include "ui/tables/item_form.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include "ui/kit/theme.h"

namespace ui::tables {

using namespace Qt::StringLiterals;
using kit::theme;

namespace {

constexpr Type kTypes[] = {
    Type::S, Type::N, Type::Bool, Type::Null, Type::M, Type::L, Type::SS, Type::NS, Type::BS, Type::B};

}

ItemTreeModel::ItemTreeModel(ItemDocument& document, QObject* parent)
    : TreeNodeModel({ItemForm::tr("Attribute"), ItemForm::tr("Value")}, &ItemTreeModel::cell, parent)
    , m_document(document)
{
}

QVariant ItemTreeModel::cell(const FormRow& row, int column, int role)
{
    const auto entries = ItemForm::tr("%n entries", nullptr, std::max(0, row.entries));
    switch (role) {
    case Qt::DisplayRole:
        if (column == Name)
            return row.name;
        return row.entries >= 0 ? entries : row.text;
    case Qt::EditRole:
        return row.text;
    case Qt::ToolTipRole:
        return row.locked ? ItemForm::tr("The key of an item cannot change: duplicate the item instead")
            : column == Value && row.text.size() > 24 ? row.text
                                                      : QString();
    case Qt::AccessibleTextRole:
        return u"%1, %2, %3"_s.arg(row.name, typeName(row.type), row.entries >= 0 ? entries : row.text);
    default:
        return {};
    }
}

QList<kit::TreeNode<FormRow>> ItemTreeModel::rowsOf(const tables::Value& holder, const Path& path) const
{
    QList<kit::TreeNode<FormRow>> rows;
    const auto add = [&](const QString& step, const tables::Value& value, bool element) {
        FormRow row;
        row.path = path + Path{step};
        row.name = step;
        row.type = value.type;
        row.text = value.text;
        row.element = element;
        row.locked = m_document.isLocked(row.path);
        if (isDocument(value.type))
            row.entries = static_cast<int>(value.members.size());
        else if (isSet(value.type))
            row.entries = static_cast<int>(value.elements.size());
        if (!m_document.isNew() && !element) {
            const auto* old = valueAt(m_document.before(), row.path);
            row.changed = !old || *old != value;
            if (old && row.changed && !isDocument(old->type))
                row.old = cellText(*old);
        }
        rows.append({step, row, rowsOf(value, row.path)});
    };
    for (qsizetype i = 0; i < holder.members.size(); ++i)
        add(holder.type == Type::L ? QString::number(i) : holder.members[i].name, holder.members[i].value,
            false);
    for (qsizetype i = 0; i < holder.elements.size(); ++i)
        add(QString::number(i), {elementType(holder.type), holder.elements[i], {}, {}}, true);
    return rows;
}

void ItemTreeModel::rebuild()
{
    if (!m_document.isOpen())
        return setTree({});
    // Keys come first; the rest as read, new ones last.
    auto ordered = m_document.item();
    const auto& schema = m_document.schema();
    std::stable_sort(ordered.members.begin(), ordered.members.end(), [&](const Member& a, const Member& b) {
        const auto rank = [&](const QString& name) {
            return name == schema.table().partition.name ? 0 : schema.isKey(name) ? 1 : 2;
        };
        return rank(a.name) < rank(b.name);
    });
    setTree(rowsOf(ordered, {}));
}

const Path* ItemTreeModel::path(const QModelIndex& index) const
{
    const auto* row = value(index);
    return row ? &row->path : nullptr;
}

Qt::ItemFlags ItemTreeModel::flags(const QModelIndex& index) const
{
    auto flags = TreeNodeModel::flags(index);
    const auto* row = value(index);
    if (row && index.column() == Value && !row->locked && row->entries < 0 && row->type != Type::Bool
        && row->type != Type::Null)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool ItemTreeModel::setData(const QModelIndex& index, const QVariant& given, int role)
{
    const auto* row = value(index);
    if (!row || role != Qt::EditRole)
        return false;
    const auto path = row->path;
    const auto text = given.toString();
    return text == row->text || m_document.setText(path, text);
}

ItemForm::ItemForm(ItemDocument& document, QWidget* parent)
    : QTreeView(parent)
    , m_document(document)
    , m_model(new ItemTreeModel(document, this))
{
    setObjectName(u"itemForm"_s);
    setAccessibleName(tr("Attributes of the item"));
    setModel(m_model);
    auto* delegate = new ItemFieldDelegate(this);
    setItemDelegate(delegate);
    setHeaderHidden(true);
    setIndentation(theme().px(14));
    setUniformRowHeights(true);
    setVerticalScrollMode(ScrollPerPixel);
    setSelectionBehavior(SelectRows);
    setEditTriggers(CurrentChanged | SelectedClicked | DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setTabKeyNavigation(true);
    setAllColumnsShowFocus(true);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(theme().px(60));
    header()->resizeSection(0, theme().px(112));
    connect(&m_document, &ItemDocument::opened, this, [this] {
        m_model->setTree({});
        sync();
        expandToDepth(1);
    });
    connect(&m_document, &ItemDocument::edited, this, &ItemForm::sync);
    connect(delegate, &ItemFieldDelegate::typeClicked, this, &ItemForm::showTypes);
    setEditTriggers(SelectedClicked | DoubleClicked | EditKeyPressed | AnyKeyPressed);
}

void ItemForm::sync()
{
    m_model->rebuild();
    viewport()->update();
}

void ItemForm::addEntry()
{
    Path parent;
    if (const auto* at = m_model->path(currentIndex())) {
        parent = *at;
        const auto* value = valueAt(m_document.item(), parent);
        if (!value || (!isDocument(value->type) && !isSet(value->type)))
            parent.removeLast();
    }
    const auto* holder = valueAt(m_document.item(), parent);
    if (!holder || holder->type == Type::M) {
        Q_EMIT nameWanted(parent);
        return;
    }
    const auto type = holder->members.isEmpty() ? Type::S : holder->members.last().value.type;
    const auto added = m_document.add(parent, {}, type);
    const auto index = m_model->find(added);
    expand(index.parent());
    setCurrentIndex(index.siblingAtColumn(ItemTreeModel::Value));
    edit(currentIndex());
}

void ItemForm::removeCurrent()
{
    if (const auto* path = m_model->path(currentIndex()))
        m_document.remove(Path(*path));
}

void ItemForm::changeType()
{
    const auto index = currentIndex();
    if (index.isValid())
        showTypes(index, visualRect(index).bottomLeft());
}

void ItemForm::showTypes(const QModelIndex& index, const QPoint& at)
{
    const auto* row = m_model->value(index);
    if (!row || row->element || row->locked
        || (row->path.size() == 1 && m_document.schema().isKey(row->path.first())))
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(u"typeMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto type : kTypes) {
        auto* choice = menu->addAction(typeName(type));
        choice->setCheckable(true);
        choice->setChecked(type == row->type);
        connect(choice, &QAction::triggered, this,
            [this, type, path = row->path] { m_document.setType(path, type); });
    }
    menu->popup(viewport()->mapToGlobal(at));
}

void ItemForm::keyPressEvent(QKeyEvent* event)
{
    const auto* row = m_model->value(currentIndex());
    if (event->key() == Qt::Key_Delete && state() != EditingState)
        return removeCurrent();
    if (event->key() == Qt::Key_Insert)
        return addEntry();
    if (event->key() == Qt::Key_T && event->modifiers() == Qt::ControlModifier)
        return changeType();
    if (row && row->type == Type::Bool && event->key() == Qt::Key_Space) {
        m_document.setText(Path(row->path), row->text == u"true"_s ? u"false"_s : u"true"_s);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && state() != EditingState)
        return edit(currentIndex().siblingAtColumn(ItemTreeModel::Value));
    QTreeView::keyPressEvent(event);
}

void ItemForm::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Add entry"), this, &ItemForm::addEntry);
    menu->addAction(tr("Change type"), this, &ItemForm::changeType);
    menu->addAction(tr("Remove"), this, &ItemForm::removeCurrent);
    menu->popup(event->globalPos());
}

}
