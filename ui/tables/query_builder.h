#pragma once

#include "ui/tables/table_schema.h"

#include <QList>
#include <QString>

#include <optional>

namespace ui::tables {

enum class Op {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Between,
    BeginsWith,
    Contains,
    In,
    Exists,
    NotExists,
    HasType,
};

QString opText(Op op); // "=", "begins with"
QList<Op> sortKeyOps(Type type);
QList<Op> filterOps();
// How many values an operator takes; -1 for one or more.
int valueCount(Op op);

// One condition of a filter. Values are texts of `type`.
struct Condition {
    QString attribute; // a path of names with dots and [n] is a document path
    Op op = Op::Equal;
    Type type = Type::S;
    QStringList values;
    friend bool operator==(const Condition&, const Condition&) = default;
};

// What the builder has. A value: pages, code and undo work on copies.
struct QueryForm {
    bool scan = false;
    QString index; // "" for the table itself
    QString partition; // value as text; its type is the key's
    QStringList morePartitions; // values of the other attributes of a multi-attribute key
    std::optional<Condition> sort;
    QList<Condition> moreSorts; // on the attributes behind it, from left to right; all before the last are =
    QList<Condition> filters;
    bool any = false; // filters joined by OR
    bool newestFirst = false;
    int limit = 100; // a page; 0 for what fits in 1 MB
    bool strong = false;
    friend bool operator==(const QueryForm&, const QueryForm&) = default;

    QString action() const;
    QString partitionValue(int at) const;
    void setPartitionValue(int at, const QString& value);
    QList<Condition> sorts() const; // those that count: up to the first that is not =
    // What follows a sort condition that goes, or is not = any more, goes too.
    void setSort(int at, const std::optional<Condition>& condition);
    void clearKey();
};

// The request as an SDK sends it, or what the form still lacks.
core::Result<nlohmann::json> buildRequest(const QueryForm& form, const TableSchema& schema);
// What the form asks of a source's key: an equality for each partition attribute, then the sort conditions.
QList<Condition> keyConditions(const QueryForm& form, const KeySource& source);
// Why strongly consistent reads cannot be had there, "" when they can.
QString strongReadProblem(const QueryForm& form, const TableSchema& schema);
// The same question as a Query, when a filter of a Scan fixes the partition key of the table or an index.
std::optional<QueryForm> rewriteAsQuery(const QueryForm& form, const TableSchema& schema);
// "total > 20", for chips and names.
QString conditionText(const Condition& condition);

}
