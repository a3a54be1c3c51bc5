#include "ui/kit/json_tree.h"

#include "ui/kit/delegates.h"
#include "ui/kit/theme.h"
#include "ui/kit/tree_node_model.h"
#include "ui/kit/views.h"

#include <nlohmann/json.hpp>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>

namespace ui::kit {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

struct Entry {
    QString key;
    QString value;
    Token token = Token::T1;
};

QVariant cell(const Entry& entry, int column, int role)
{
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return column == 0 ? entry.key : entry.value;
    if (role == Qt::ForegroundRole)
        return QBrush(theme().c(column == 0 ? Token::SyntaxKey : entry.token));
    return {};
}

Entry describe(const QString& key, const json& value)
{
    switch (value.type()) {
    case json::value_t::object:
        return {key, JsonTree::tr("{ %n member(s) }", nullptr, static_cast<int>(value.size())), Token::T3};
    case json::value_t::array:
        return {key, JsonTree::tr("[ %n element(s) ]", nullptr, static_cast<int>(value.size())), Token::T3};
    case json::value_t::string:
        return {key, QString::fromStdString(value.get<std::string>()), Token::SyntaxString};
    case json::value_t::null:
    case json::value_t::boolean:
        return {key, QString::fromStdString(value.dump()), Token::SyntaxKeyword};
    default:
        return {key, QString::fromStdString(value.dump()), Token::SyntaxNumber};
    }
}

QList<TreeNode<Entry>> childrenOf(const json& value)
{
    QList<TreeNode<Entry>> nodes;
    if (value.is_object()) {
        for (const auto& [name, child] : value.items()) {
            const auto key = QString::fromStdString(name);
            nodes.append({key, describe(key, child), childrenOf(child)});
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const auto key = QString::number(i);
            nodes.append({key, describe(key, value[i]), childrenOf(value[i])});
        }
    }
    return nodes;
}

}

class JsonTree::Model : public TreeNodeModel<Entry> {
public:
    Model()
        : TreeNodeModel<Entry>({JsonTree::tr("Name"), JsonTree::tr("Value")}, cell)
    {
    }
};

JsonTree::JsonTree(QWidget* parent)
    : QTreeView(parent)
    , m_model(std::make_unique<Model>())
{
    setModel(m_model.get());
    setHeaderHidden(true);
    prepareTree(this);
    auto* delegate = new RowDelegate(this, RowDelegate::Cell::Mono, 22);
    delegate->setRowLines(false);
    setItemDelegate(delegate);
    setAccessibleName(tr("JSON"));
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
}

JsonTree::~JsonTree() = default;

void JsonTree::setJson(const json& value)
{
    const bool first = m_model->rowCount() == 0;
    if (value.is_structured())
        m_model->setTree(childrenOf(value));
    else
        m_model->setTree({{tr("value"), describe(tr("value"), value), {}}});
    if (first)
        expandToDepth(1);
}

void JsonTree::setText(const QByteArray& text)
{
    auto value = json::parse(text.begin(), text.end(), nullptr, false);
    setJson(value.is_discarded() ? json(text.toStdString()) : value);
}

void JsonTree::contextMenuEvent(QContextMenuEvent* event)
{
    const auto index = indexAt(event->pos());
    if (!index.isValid())
        return;
    QStringList path;
    for (auto at = index.siblingAtColumn(0); at.isValid(); at = at.parent())
        path.prepend(at.data().toString());
    QMenu menu(this);
    menu.addAction(tr("Copy value"), this,
        [value = index.siblingAtColumn(1).data().toString()] { QApplication::clipboard()->setText(value); });
    menu.addAction(tr("Copy path"), this, [path] { QApplication::clipboard()->setText(path.join(u'.')); });
    menu.exec(event->globalPos());
}

}
