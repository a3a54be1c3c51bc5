#pragma once

#include "ui/tables/attribute_value.h"

#include <nlohmann/json_fwd.hpp>

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>

namespace ui::tables {

struct KeyPart {
    QString name; // "" when there is none
    Type type = Type::S;
    friend bool operator==(const KeyPart&, const KeyPart&) = default;
};

// The table itself (name "") or one of its indexes: what a Query can be asked of.
struct KeySource {
    QString name;
    KeyPart partition;
    KeyPart sort;
    QList<KeyPart> morePartitions; // the rest of a GSI's multi-attribute key
    QList<KeyPart> moreSorts;
    bool global = false; // a GSI: no strongly consistent reads
    bool whole = true; // projects all attributes
    friend bool operator==(const KeySource&, const KeySource&) = default;

    // In the key's order.
    QList<KeyPart> partitions() const;
    QList<KeyPart> sorts() const;
    QList<KeyPart> parts() const; // both
    QStringList names() const; // of all parts
};

// A table as DescribeTable tells it.
struct TableSchema {
    QString name;
    QString status;
    bool onDemand = true;
    qint64 readUnits = 0;
    qint64 writeUnits = 0;
    qint64 sizeBytes = 0;
    qint64 items = 0;
    bool stream = false;
    QList<KeySource> sources; // the table first
    friend bool operator==(const TableSchema&, const TableSchema&) = default;

    const KeySource& table() const { return sources.first(); }
    const KeySource& source(const QString& index) const; // the table when there is no such index
    bool isKey(const QString& attribute) const; // of the table
    Item keyOf(const Item& item) const;
    QString keyText(const Item& item) const; // "theo, ORD-1044"; unique within the table
    // The type that a key of the table or an index prescribes; nullopt for other attributes.
    std::optional<Type> keyType(const QString& attribute) const;

    static TableSchema fromJson(const nlohmann::json& table); // DescribeTable's Table
};

// A new table, as the form has it.
struct NewTable {
    QString name;
    KeyPart partition;
    KeyPart sort;
};
nlohmann::json createTableInput(const NewTable& table);
// The CreateTable request that makes this table again.
nlohmann::json recreateTableInput(const nlohmann::json& table);
// What is wrong with a name, "" when nothing is: 3 to 255 of a-z A-Z 0-9 _ - .
QString tableNameProblem(const QString& name);

}
