#pragma once

#include "ui/shell/area.h"
#include "ui/tables/change_set.h"
#include "ui/tables/table_commands.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace ui::tables {

// The item in the inspector: as it was read, as it shall be, and the way between them. Edits stay here until
// saved; a save sends the difference and only if what it changes is still as it was read. UI thread only.
class ItemDocument : public QObject {
    Q_OBJECT

public:
    explicit ItemDocument(shell::AreaContext& context, QObject* parent = nullptr);

    bool isOpen() const { return m_schema.has_value(); }
    bool isNew() const { return isOpen() && !m_before; }
    bool isStaged() const; // something to save
    bool isSaving() const { return m_saving; }
    const TableSchema& schema() const { return *m_schema; }
    const Item& before() const { return m_before ? *m_before : m_nothing; }
    const Item& item() const { return m_after; }
    QString keyText() const;
    bool isLocked(const Path& path) const; // the key of an item that exists
    QString problem() const; // why it cannot be saved, "" when it can
    QList<ChangeLine> lines() const;

    void open(const TableSchema& schema, const Item& known); // shows `known`, then reads the whole item
    void openNew(const TableSchema& schema, const Item& from = {Type::M, {}, {}, {}});
    void close();

    bool setText(const Path& path, const QString& text);
    void setType(const Path& path, Type type); // keeps the text where it fits
    // Into a map (name), list or set (at the end); the path of what was added, empty when it is there
    // already.
    Path add(const Path& parent, const QString& name, Type type);
    void remove(const Path& path);
    void setItem(const Item& item); // from JSON; keys of an existing item stay
    void discard();

    void save();
    void deleteItem();
    void duplicate();
    // After a conflict: take the item as it is now, with or without the staged edits.
    void reload(bool keepEdits);
    void compare();
    void itemsChanged(const QString& table); // somebody wrote: read again unless something is staged

Q_SIGNALS:
    void opened(); // another item, or none
    void edited();
    void saved();
    void failed(const core::Error& error);
    void conflict(const core::Error& error); // changed or gone since it was read
    void compared(const QList<ui::tables::ChangeLine>& readToNow, bool gone);

private:
    void read(std::function<void(const std::optional<Item>& now)> done);
    void report(const core::Error& error);
    void changeEdited();

    shell::AreaContext& m_context;
    std::optional<TableSchema> m_schema;
    std::optional<Item> m_before;
    Item m_after{Type::M, {}, {}, {}};
    Item m_nothing{Type::M, {}, {}, {}};
    QTimer m_reread;
    bool m_saving = false;
    int m_question = 0;
};

}
