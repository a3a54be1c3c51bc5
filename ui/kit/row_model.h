#pragma once

#include "ui/kit/roles.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>

#include <algorithm>
#include <functional>

namespace ui::kit {

// One column of a RowModel: its heading and how a row answers each role there.
template <typename Row> struct Column {
    QString title;
    std::function<QVariant(const Row&, int role)> data;
    Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter;

    // A column that only shows a text.
    static Column text(QString columnTitle, std::function<QString(const Row&)> value,
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter)
    {
        return {std::move(columnTitle),
            [value = std::move(value)](const Row& row, int role) {
                return role == Qt::DisplayRole ? QVariant(value(row)) : QVariant();
            },
            alignment};
    }
};

// A table of value rows. Updates go by key, so that selection, scroll position and open editors survive them.
// UI thread.
//
//   RowModel<Table> model({Column<Table>::text(tr("Name"), [](const Table& t) { return t.name; })},
//       [](const Table& t) { return t.name; });
//   model.setRows(fresh);  // whatever is new, gone or changed, in the order of `fresh`
template <typename Row> class RowModel : public QAbstractTableModel {
public:
    using KeyFn = std::function<QString(const Row&)>;

    RowModel(QList<Column<Row>> columns, KeyFn key, QObject* parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
        , m_key(std::move(key))
    {
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const auto& row = m_rows[index.row()];
        if (role == KeyRole)
            return m_key(row);
        const auto& column = m_columns[index.column()];
        auto value = column.data(row, role);
        if (!value.isValid() && role == Qt::TextAlignmentRole)
            return QVariant::fromValue(column.align);
        if (!value.isValid() && role == FilterRole)
            return column.data(row, Qt::DisplayRole);
        if (!value.isValid() && role == Qt::AccessibleTextRole)
            return spokenCell([&](int other) { return column.data(row, other); });
        return value;
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
            return {};
        if (role == Qt::DisplayRole)
            return m_columns[section].title;
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(m_columns[section].align);
        return {};
    }

    const QList<Row>& rows() const { return m_rows; }
    const Row& row(int index) const { return m_rows[index]; }
    int rowOf(const QString& key) const
    {
        for (qsizetype i = 0; i < m_rows.size(); ++i) {
            if (m_key(m_rows[i]) == key)
                return static_cast<int>(i);
        }
        return -1;
    }
    const Row* find(const QString& key) const
    {
        const int at = rowOf(key);
        return at < 0 ? nullptr : &m_rows[at];
    }

    // Makes the rows equal to `fresh` by removals, insertions, moves and updates.
    void setRows(const QList<Row>& fresh)
    {
        QHash<QString, int> wanted;
        for (const auto& row : fresh)
            wanted.insert(m_key(row), 0);
        removeIf([&](const Row& row) { return !wanted.contains(m_key(row)); });
        for (int i = 0; i < static_cast<int>(fresh.size()); ++i) {
            const auto key = m_key(fresh[i]);
            const int at = i < m_rows.size() && m_key(m_rows[i]) == key ? i : rowFrom(key, i);
            if (at < 0) {
                beginInsertRows({}, i, i);
                m_rows.insert(i, fresh[i]);
                endInsertRows();
                continue;
            }
            if (at != i) {
                beginMoveRows({}, at, at, {}, i);
                m_rows.move(at, i);
                endMoveRows();
            }
            m_rows[i] = fresh[i];
        }
        if (!m_rows.isEmpty())
            changed(0, static_cast<int>(m_rows.size()) - 1);
    }

    // Updates the rows that are known by key and puts the others at the top (or the end), in the order given.
    void upsert(const QList<Row>& some, bool atTop = true)
    {
        QList<Row> added;
        for (const auto& row : some) {
            const int at = rowOf(m_key(row));
            if (at < 0) {
                added.append(row);
            } else {
                m_rows[at] = row;
                changed(at, at);
            }
        }
        if (added.isEmpty())
            return;
        const int first = atTop ? 0 : static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        for (qsizetype i = 0; i < added.size(); ++i)
            m_rows.insert(first + i, added[i]);
        endInsertRows();
    }

    void removeIf(std::function<bool(const Row&)> gone)
    {
        for (int last = static_cast<int>(m_rows.size()) - 1; last >= 0; --last) {
            if (!gone(m_rows[last]))
                continue;
            int first = last;
            while (first > 0 && gone(m_rows[first - 1]))
                --first;
            beginRemoveRows({}, first, last);
            m_rows.remove(first, last - first + 1);
            endRemoveRows();
            last = first;
        }
    }

    // Keeps the first `most` rows.
    void truncate(int most)
    {
        if (m_rows.size() <= most)
            return;
        beginRemoveRows({}, most, static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(most);
        endRemoveRows();
    }

    // When the columns themselves change (attributes of a table).
    void setColumns(QList<Column<Row>> columns)
    {
        beginResetModel();
        m_columns = std::move(columns);
        endResetModel();
    }

protected:
    void changed(int first, int last)
    {
        if (!m_columns.isEmpty())
            Q_EMIT dataChanged(index(first, 0), index(last, static_cast<int>(m_columns.size()) - 1));
    }

private:
    int rowFrom(const QString& key, int first) const
    {
        for (int i = first; i < static_cast<int>(m_rows.size()); ++i) {
            if (m_key(m_rows[i]) == key)
                return i;
        }
        return -1;
    }

    QList<Column<Row>> m_columns;
    KeyFn m_key;
    QList<Row> m_rows;
};

}
