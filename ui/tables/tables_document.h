#pragma once

#include "ui/bridge/engine.h"
#include "ui/shell/area.h"
#include "ui/tables/table_commands.h"
#include "ui/tables/table_schema.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace ui::tables {

// The tables of the chamber and what is done with whole tables. Kept current by the core's events; UI thread
// only. Failures are signals, the last good list stays.
class TablesDocument : public QObject {
    Q_OBJECT

public:
    explicit TablesDocument(shell::AreaContext& context, QObject* parent = nullptr);

    const QList<TableSchema>& tables() const { return m_tables; }
    const TableSchema* find(const QString& name) const;
    bool isLoaded() const { return m_loaded; }
    void reload();

    void create(const NewTable& table, std::function<void(const core::Result<>&)> done);
    // Copies definition and items for undo, then deletes. What is larger than the bound is not deleted but
    // asked about (copyTooLarge), and then deleted by remove(name, true) with what was copied.
    void remove(const QString& name, bool evenIfTooLarge = false);
    static constexpr int kMostKeptItems = 10'000;

Q_SIGNALS:
    void changed();
    void itemsChanged(const QString& table); // somebody wrote items
    void copyTooLarge(const QString& name, int copied);
    void removing(const QString& name);
    void failed(const core::Error& error);

private:
    struct Loaded {
        QList<TableSchema> schemas;
        QHash<QString, std::shared_ptr<const nlohmann::json>> descriptions;
    };
    struct Copy {
        std::shared_ptr<const nlohmann::json> items; // an array
        bool complete = true;
    };
    static core::Result<Loaded> load(core::aws::Caller& caller, const std::string& region);
    static core::Result<Copy> copyItems(
        core::aws::Caller& caller, const std::string& region, const std::string& table);
    void removeWith(const QString& name, const Copy& copy);

    shell::AreaContext& m_context;
    QList<TableSchema> m_tables;
    QHash<QString, std::shared_ptr<const nlohmann::json>> m_descriptions;
    QTimer m_counts; // items' counts follow writes, at most twice a second
    bool m_loaded = false;
    int m_question = 0;
};

}
