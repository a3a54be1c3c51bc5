#include "ui/api/route_tree.h"

#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/search_field.h"
#include "ui/kit/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QToolButton>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;
using kit::Token;

namespace {

QString targetOf(const IntegrationValue& integration)
{
    switch (integration.kind) {
    case IntegrationKind::Lambda:
        return integration.function;
    case IntegrationKind::Http: {
        const auto host = QUrl(integration.uri).host();
        return host.isEmpty() ? integration.uri : host;
    }
    case IntegrationKind::Mapped:
        return integration.target;
    case IntegrationKind::Mock:
        return RouteTree::tr("mock");
    case IntegrationKind::None:
        break;
    }
    return RouteTree::tr("nothing yet");
}

// A method's badge with what answers it at the right; a resource's part of the path.
class RouteDelegate : public kit::RowDelegate {
public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(
        QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        auto rect = content(option);
        const auto target = index.data(kit::DetailRole).toString();
        if (target.isEmpty()) {
            painter.setFont(theme().font(kit::TextRole::Value));
            painter.setPen(theme().c(Token::T1));
            painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                painter.fontMetrics().elidedText(
                    index.data().toString(), Qt::ElideMiddle, static_cast<int>(rect.width())));
            return;
        }
        kit::paintMethod(painter,
            QRectF(rect.left(), rect.center().y() - theme().px(8.0), theme().px(44.0), theme().px(16.0)),
            index.data().toString());
        rect.setLeft(rect.left() + theme().px(54.0));
        painter.setFont(theme().font(kit::TextRole::Caption));
        const auto hue = index.data(kit::ToneRole).toInt();
        painter.setPen(hue < 0 ? theme().c(Token::T2) : theme().text(static_cast<Hue>(hue)));
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignRight,
            painter.fontMetrics().elidedText(target, Qt::ElideMiddle, static_cast<int>(rect.width())));
    }
};

QVariant cell(const RouteRow& row, int, int role)
{
    const bool method = row.route.isMethod();
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case kit::DetailRole:
        return row.target;
    case kit::ToneRole:
        return row.kind == IntegrationKind::Lambda ? static_cast<int>(Hue::Fn)
            : row.kind == IntegrationKind::None    ? static_cast<int>(Hue::Warn)
                                                   : -1;
    case kit::FilterRole:
        return row.route.text() + u' ' + row.target;
    case Qt::ToolTipRole:
        return method ? RouteTree::tr("%1, answered by %2").arg(row.route.text(), row.target)
                      : row.route.path;
    case Qt::AccessibleTextRole:
        return method ? RouteTree::tr("%1, answered by %2").arg(row.route.text(), row.target) : row.text;
    default:
        return {};
    }
}

QList<kit::TreeNode<RouteRow>> childrenOf(const QList<ResourceValue>& resources, const QString& parentId)
{
    QList<kit::TreeNode<RouteRow>> nodes;
    for (const auto& resource : resources) {
        if (resource.parentId != parentId)
            continue;
        kit::TreeNode<RouteRow> node{
            resource.path, {{resource.path, {}}, u'/' + resource.pathPart, {}, IntegrationKind::None}, {}};
        for (const auto& method : resource.methods)
            node.children.append({method.httpMethod,
                {{resource.path, method.httpMethod}, method.httpMethod, targetOf(method.integration),
                    method.integration.kind},
                {}});
        node.children.append(childrenOf(resources, resource.id));
        nodes.append(node);
    }
    return nodes;
}

// From the root down: "/", "/books", "/books/{isbn}".
QStringList pathsTo(const QString& path)
{
    QStringList paths{u"/"_s};
    for (qsizetype at = path.indexOf(u'/', 1); at > 0; at = path.indexOf(u'/', at + 1))
        paths.append(path.left(at));
    if (path.size() > 1)
        paths.append(path);
    return paths;
}

}

RouteModel* makeRouteModel(QObject* parent)
{
    return new RouteModel({RouteTree::tr("Route")}, cell, parent);
}

QList<kit::TreeNode<RouteRow>> routeTree(const QList<ResourceValue>& resources)
{
    return childrenOf(resources, {});
}

RouteTree::RouteTree(QWidget* parent)
    : QWidget(parent)
    , m_model(makeRouteModel(this))
    , m_proxy(new QSortFilterProxyModel(this))
{
    setObjectName(u"apiRoutes"_s);
    setProperty("pane", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_proxy->setSourceModel(m_model);
    m_proxy->setRecursiveFilteringEnabled(true);
    m_proxy->setFilterRole(kit::FilterRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildFilter());
    layout->addWidget(kit::hline());
    buildView();
    layout->addWidget(m_view, 1);
}

QWidget* RouteTree::buildFilter()
{
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(6);
    m_filter = new kit::SearchField(tr("Filter routes"));
    m_filter->setObjectName(u"apiFilter"_s);
    m_add = kit::iconButton(u"plus"_s, tr("Add route"));
    m_add->setObjectName(u"apiAddRoute"_s);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_add);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_proxy->setFilterFixedString(text);
        m_view->expandAll();
        setRoute(m_route);
    });
    return bar;
}

void RouteTree::buildView()
{
    m_view = new QTreeView;
    m_view->setObjectName(u"apiRouteTree"_s);
    m_view->setAccessibleName(tr("Routes"));
    m_view->setModel(m_proxy);
    auto* delegate = new RouteDelegate(m_view, kit::RowDelegate::Cell::Mono);
    delegate->setAccented(true);
    m_view->setItemDelegate(delegate);
    m_view->setHeaderHidden(true);
    m_view->setUniformRowHeights(true);
    m_view->setIndentation(theme().px(14));
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->installEventFilter(this);
    connect(m_view, &QWidget::customContextMenuRequested, this, &RouteTree::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& current) {
            if (!current.isValid())
                return;
            m_route = routeAt(current);
            Q_EMIT routeSelected(m_route);
        });
}

Route RouteTree::routeAt(const QModelIndex& proxyIndex) const
{
    const auto* row = m_model->value(m_proxy->mapToSource(proxyIndex));
    return row ? row->route : Route();
}

QModelIndex RouteTree::indexOf(const Route& route) const
{
    if (route.path.isEmpty())
        return {};
    auto keys = pathsTo(route.path);
    if (route.isMethod())
        keys.append(route.method);
    return m_proxy->mapFromSource(m_model->find(keys));
}

void RouteTree::setResources(const QList<ResourceValue>& resources)
{
    // What is selected is the document's to decide, not what the view picks when a row goes.
    const QSignalBlocker blocker(m_view->selectionModel());
    const bool first = m_model->rowCount() == 0;
    QStringList before;
    for (const auto& resource : resources) {
        if (!m_model->find(pathsTo(resource.path)).isValid())
            before.append(resource.path);
    }
    m_model->setTree(routeTree(resources));
    if (first)
        m_view->expandAll();
    for (const auto& path : before)
        m_view->expand(m_proxy->mapFromSource(m_model->find(pathsTo(path))));
    m_view->viewport()->update();
}

void RouteTree::setRoute(const Route& route)
{
    m_route = route;
    const auto index = indexOf(route);
    const QSignalBlocker blocker(m_view->selectionModel());
    if (index.isValid() && index != m_view->currentIndex()) {
        m_view->setCurrentIndex(index);
        m_view->scrollTo(index);
    } else if (!index.isValid()) {
        m_view->clearSelection();
    }
    if (index.isValid())
        m_view->selectionModel()->select(index, QItemSelectionModel::ClearAndSelect);
    m_view->viewport()->update();
}

void RouteTree::showMenu(const QPoint& at)
{
    const auto route = routeAt(m_view->indexAt(at));
    QMenu menu(this);
    menu.addAction(kit::icon(u"plus"_s), tr("Add route"), this, &RouteTree::addRequested);
    if (route.path.size() > 1)
        menu.addAction(tr("Rename"), this, [this, route] { Q_EMIT renameRequested(route); });
    if (route.path.size() > 1 || route.isMethod())
        menu.addAction(kit::icon(u"trash"_s), tr("Delete %1").arg(route.text()), this,
            [this, route] { Q_EMIT deleteRequested(route); });
    menu.exec(m_view->viewport()->mapToGlobal(at));
}

bool RouteTree::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_F2:
            Q_EMIT renameRequested(m_route);
            return true;
        case Qt::Key_Delete:
            Q_EMIT deleteRequested(m_route);
            return true;
        case Qt::Key_Insert:
            Q_EMIT addRequested();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}
