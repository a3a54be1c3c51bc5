#pragma once

#include "ui/tables/table_schema.h"

#include <QList>
#include <QString>

namespace ui::tables {

// One difference between an item as it was read and as it shall be.
struct Change {
    Path path;
    std::optional<Value> before; // nullopt: was not there
    std::optional<Value> after; // nullopt: is removed
};

// Differences, as small as an UpdateItem can state them: inside maps by member, inside lists of equal length
// by element, else whole values. Keys of the table are left out: they cannot change.
QList<Change> changesBetween(const Item& before, const Item& after, const TableSchema& schema);

// The UpdateItem that turns `before` into `after` if what it changes is still as it was read. Its inverse is
// the same with the two exchanged.
nlohmann::json updateInput(const Item& before, const Item& after, const TableSchema& schema);
// A new item, if there is none with its key.
nlohmann::json putInput(const Item& item, const TableSchema& schema);
// Deletes the item if it is as `item` has it.
nlohmann::json deleteInput(const Item& item, const TableSchema& schema);

// The update as lines to read: "SET", "total", "59" and "IF", "total", "64".
struct ChangeLine {
    QString verb; // SET, REMOVE, IF, PUT
    QString path;
    QString value; // "" for REMOVE and for "did not exist"
    Type type = Type::S;
    friend bool operator==(const ChangeLine&, const ChangeLine&) = default;
};
QList<ChangeLine> changeLines(const Item& before, const Item& after, const TableSchema& schema);
// "lines[0].qty"
QString pathText(const Path& path, const Item& item);

// Write units of an item by its size, as DynamoDB counts it (a unit each started KB).
qint64 writeUnits(const Item& item);
qint64 itemBytes(const Item& item);

}
