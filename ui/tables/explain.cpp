#include "ui/tables/explain.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace ui::tables {

using namespace Qt::StringLiterals;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("ui::tables", text);
}

QString where(const QueryForm& form)
{
    return form.index.isEmpty() ? words(QT_TRANSLATE_NOOP("ui::tables", "table")) : form.index;
}

void explainScan(const QueryForm& form, const TableSchema& schema, const RunStats& stats, Explanation& told)
{
    told.good = stats.scanned <= stats.returned;
    told.badge = stats.more
        ? words(QT_TRANSLATE_NOOP("ui::tables", "Explain: scan, %1 read so far")).arg(grouped(stats.scanned))
        : words(QT_TRANSLATE_NOOP("ui::tables", "Explain: full table scan"));
    told.title = told.good ? words(QT_TRANSLATE_NOOP("ui::tables", "What this Scan read"))
                           : words(QT_TRANSLATE_NOOP("ui::tables", "Why this Scan is costly"));
    const auto dropped = stats.scanned - stats.returned;
    told.summary = dropped > 0
        ? words(QT_TRANSLATE_NOOP("ui::tables",
                    "%1 of %2 items matched. The other %3 were read, paid for, then dropped by the filter."))
              .arg(grouped(stats.returned), grouped(stats.scanned), grouped(dropped))
        : words(QT_TRANSLATE_NOOP("ui::tables", "All %1 items that were read were returned."))
              .arg(grouped(stats.returned));
    told.rewrite = rewriteAsQuery(form, schema);
    if (told.rewrite) {
        const auto& source = schema.source(told.rewrite->index);
        QStringList partition;
        for (const auto& part : source.partitions())
            partition.append(part.name);
        told.notes.append({true,
            words(QT_TRANSLATE_NOOP("ui::tables", "%1 is the partition key of %2, so this can be a Query."))
                .arg(partition.join(u", "_s), source.name.isEmpty() ? schema.name : source.name)});
        QStringList left;
        for (const auto& each : told.rewrite->filters)
            left.append(each.attribute);
        if (!left.isEmpty())
            told.notes.append({false,
                words(QT_TRANSLATE_NOOP("ui::tables", "Still filters after reading: %1."))
                    .arg(left.join(u", "_s))});
    } else if (!form.filters.isEmpty()) {
        told.notes.append({false,
            words(QT_TRANSLATE_NOOP("ui::tables",
                "No filter fixes the partition key of the table or an index with =, so every item has to be "
                "read."))});
    }
}

void explainQuery(const QueryForm& form, const TableSchema& schema, const RunStats& stats, Explanation& told)
{
    const auto whole = scanUnits(schema);
    const auto times = stats.readUnits > 0 ? whole / stats.readUnits : 0;
    const auto kind = form.index.isEmpty() ? words(QT_TRANSLATE_NOOP("ui::tables", "key query"))
                                           : words(QT_TRANSLATE_NOOP("ui::tables", "index query"));
    told.good = true;
    told.badge = times >= 2 ? words(QT_TRANSLATE_NOOP("ui::tables", "Explain: %1, %2 × less than a Scan"))
                                  .arg(kind, grouped(std::llround(times)))
                            : words(QT_TRANSLATE_NOOP("ui::tables", "Explain: %1")).arg(kind);
    told.title = words(QT_TRANSLATE_NOOP("ui::tables", "What this Query read"));
    told.summary = words(QT_TRANSLATE_NOOP("ui::tables",
                             "The key condition leads to one partition: %1 items were read, %2 returned."))
                       .arg(grouped(stats.scanned), grouped(stats.returned));
    told.plans.append({words(QT_TRANSLATE_NOOP("ui::tables", "Scan, table")), schema.items, whole, true});
    if (const auto dropped = stats.scanned - stats.returned; dropped > 0)
        told.notes.append({false,
            words(QT_TRANSLATE_NOOP(
                      "ui::tables", "The filter dropped %1 items after they were read and paid for."))
                .arg(grouped(dropped))});
    if (form.strong)
        told.notes.append(
            {false, words(QT_TRANSLATE_NOOP("ui::tables", "A strong read costs twice as much."))});
}

}

Explanation explain(const QueryForm& form, const TableSchema& schema, const RunStats& stats)
{
    Explanation told;
    told.plans.append({u"%1, %2"_s.arg(form.action(), where(form)), stats.scanned, stats.readUnits, false});
    if (form.scan)
        explainScan(form, schema, stats, told);
    else
        explainQuery(form, schema, stats, told);
    return told;
}

double scanUnits(const TableSchema& schema)
{
    return std::max(0.5, std::ceil(static_cast<double>(schema.sizeBytes) / 4096) * 0.5);
}

QString grouped(qint64 number)
{
    auto text = QString::number(number);
    for (auto at = text.size() - 3; at > (number < 0 ? 1 : 0); at -= 3)
        text.insert(at, u' ');
    return text;
}

QString unitsText(double units)
{
    return units >= 1000 ? grouped(std::llround(units)) : QString::number(units, 'f', 1);
}

}
