#pragma once

#include "ui/kit/roles.h"

#include <QAbstractItemModel>
#include <QList>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace ui::kit {

// A tree as a value: what setTree() takes.
template <typename Value> struct TreeNode {
    QString key; // unique among its siblings
    Value value;
    QList<TreeNode> children;
};

// A tree of values. setTree() compares by key on each level, so that what is expanded and selected stays so.
// UI thread.
//
//   TreeNodeModel<Route> model({tr("Route")}, [](const Route& route, int column, int role) -> QVariant {…});
template <typename Value> class TreeNodeModel : public QAbstractItemModel {
public:
    using DataFn = std::function<QVariant(const Value&, int column, int role)>;

    TreeNodeModel(QStringList titles, DataFn data, QObject* parent = nullptr)
        : QAbstractItemModel(parent)
        , m_titles(std::move(titles))
        , m_data(std::move(data))
    {
    }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override
    {
        const auto* node = nodeOf(parent);
        if (row < 0 || column < 0 || column >= m_titles.size()
            || row >= static_cast<int>(node->children.size()))
            return {};
        if (parent.isValid() && parent.column() != 0)
            return {};
        return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
    }
    QModelIndex parent(const QModelIndex& child) const override
    {
        if (!child.isValid())
            return {};
        return indexOf(static_cast<Node*>(child.internalPointer())->parent);
    }
    using QObject::parent;
    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
    }
    int columnCount(const QModelIndex& = {}) const override { return static_cast<int>(m_titles.size()); }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!index.isValid())
            return {};
        const auto* node = static_cast<Node*>(index.internalPointer());
        if (role == KeyRole)
            return node->key;
        auto value = m_data(node->value, index.column(), role);
        if (!value.isValid() && (role == Qt::AccessibleTextRole || role == FilterRole))
            return m_data(node->value, index.column(), Qt::DisplayRole);
        return value;
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0
                && section < m_titles.size()
            ? QVariant(m_titles[section])
            : QVariant();
    }

    const Value* value(const QModelIndex& index) const
    {
        return index.isValid() ? &static_cast<Node*>(index.internalPointer())->value : nullptr;
    }
    // The index of a path of keys; invalid when there is none.
    QModelIndex find(const QStringList& keys) const
    {
        QModelIndex at;
        for (const auto& key : keys) {
            const int row = rowOf(*nodeOf(at), key, 0);
            if (row < 0)
                return {};
            at = index(row, 0, at);
        }
        return at;
    }

    void setTree(const QList<TreeNode<Value>>& fresh) { merge(m_root, fresh); }

private:
    struct Node {
        QString key;
        Value value{};
        Node* parent = nullptr;
        std::vector<std::unique_ptr<Node>> children;
    };

    Node* nodeOf(const QModelIndex& index) const
    {
        return index.isValid() ? static_cast<Node*>(index.internalPointer()) : &m_root;
    }
    QModelIndex indexOf(Node* node) const
    {
        if (!node || node == &m_root)
            return {};
        const auto& siblings = node->parent->children;
        for (std::size_t i = 0; i < siblings.size(); ++i) {
            if (siblings[i].get() == node)
                return createIndex(static_cast<int>(i), 0, node);
        }
        return {};
    }
    static int rowOf(const Node& node, const QString& key, std::size_t from)
    {
        for (auto i = from; i < node.children.size(); ++i) {
            if (node.children[i]->key == key)
                return static_cast<int>(i);
        }
        return -1;
    }

    void merge(Node& node, const QList<TreeNode<Value>>& fresh)
    {
        removeMissing(node, fresh);
        for (int i = 0; i < static_cast<int>(fresh.size()); ++i) {
            const auto& wanted = fresh[i];
            const int at = rowOf(node, wanted.key, static_cast<std::size_t>(i));
            const auto parentIndex = indexOf(&node);
            if (at < 0) {
                beginInsertRows(parentIndex, i, i);
                node.children.insert(node.children.begin() + i, build(wanted, &node));
                endInsertRows();
                continue;
            }
            if (at != i) {
                beginMoveRows(parentIndex, at, at, parentIndex, i);
                auto moved = std::move(node.children[static_cast<std::size_t>(at)]);
                node.children.erase(node.children.begin() + at);
                node.children.insert(node.children.begin() + i, std::move(moved));
                endMoveRows();
            }
            auto& child = *node.children[static_cast<std::size_t>(i)];
            child.value = wanted.value;
            Q_EMIT dataChanged(index(i, 0, parentIndex), index(i, columnCount() - 1, parentIndex));
            merge(child, wanted.children);
        }
    }
    void removeMissing(Node& node, const QList<TreeNode<Value>>& fresh)
    {
        for (int i = static_cast<int>(node.children.size()) - 1; i >= 0; --i) {
            const auto& key = node.children[static_cast<std::size_t>(i)]->key;
            const bool stays =
                std::any_of(fresh.begin(), fresh.end(), [&](const auto& each) { return each.key == key; });
            if (stays)
                continue;
            beginRemoveRows(indexOf(&node), i, i);
            node.children.erase(node.children.begin() + i);
            endRemoveRows();
        }
    }
    static std::unique_ptr<Node> build(const TreeNode<Value>& wanted, Node* parentNode)
    {
        auto node = std::make_unique<Node>();
        node->key = wanted.key;
        node->value = wanted.value;
        node->parent = parentNode;
        for (const auto& child : wanted.children)
            node->children.push_back(build(child, node.get()));
        return node;
    }

    QStringList m_titles;
    DataFn m_data;
    mutable Node m_root;
};

}
