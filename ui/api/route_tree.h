#pragma once

#include "ui/api/api_value.h"
#include "ui/kit/tree_node_model.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QToolButton;
class QTreeView;

namespace ui::api {

// A row of the tree: a resource, or one of its methods.
struct RouteRow {
    Route route;
    QString text; // "/{isbn}", "GET"
    QString target; // "place-order", "mock", "example.com"
    IntegrationKind kind = IntegrationKind::None;
};

using RouteModel = kit::TreeNodeModel<RouteRow>;
RouteModel* makeRouteModel(QObject* parent);
QList<kit::TreeNode<RouteRow>> routeTree(const QList<ResourceValue>& resources);

// The left list: resources as a tree with their methods as rows, a filter, and what changes them.
class RouteTree : public QWidget {
    Q_OBJECT

public:
    explicit RouteTree(QWidget* parent = nullptr);
    void setResources(const QList<ResourceValue>& resources);
    void setRoute(const Route& route);
    QTreeView* view() const { return m_view; }
    QToolButton* addButton() const { return m_add; }

Q_SIGNALS:
    void routeSelected(const ui::api::Route& route);
    void addRequested();
    void renameRequested(const ui::api::Route& route);
    void deleteRequested(const ui::api::Route& route);

private:
    QWidget* buildFilter();
    void buildView();
    Route routeAt(const QModelIndex& proxyIndex) const;
    QModelIndex indexOf(const Route& route) const;
    void showMenu(const QPoint& at);
    bool eventFilter(QObject* watched, QEvent* event) override;

    RouteModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QToolButton* m_add;
    QTreeView* m_view;
    Route m_route;
};

}
