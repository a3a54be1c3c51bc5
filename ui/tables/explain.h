#pragma once

#include "ui/tables/query_builder.h"

namespace ui::tables {

// What the pages of a run have said so far.
struct RunStats {
    qint64 returned = 0;
    qint64 scanned = 0;
    double readUnits = 0;
    int pages = 0;
    double milliseconds = 0;
    bool more = false;
    friend bool operator==(const RunStats&, const RunStats&) = default;
};

// What a run read against what it gave, in words.
struct Explanation {
    struct Plan {
        QString name; // "Query, byStatus"
        qint64 items = 0; // read
        double readUnits = 0;
        bool estimated = false;
    };
    struct Note {
        bool good = false;
        QString text;
    };
    bool good = false; // read little of the table
    QString badge; // "index query, 20 × less than a Scan"
    QString title;
    QString summary;
    QList<Plan> plans;
    QList<Note> notes;
    std::optional<QueryForm> rewrite; // the same as a Query
};

Explanation explain(const QueryForm& form, const TableSchema& schema, const RunStats& stats);
// Units of an eventually consistent Scan of the whole table, by its size.
double scanUnits(const TableSchema& schema);
// "18 432"
QString grouped(qint64 number);
QString unitsText(double units);

}
