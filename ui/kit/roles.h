#pragma once

#include "ui/kit/tone.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QVariant>

#include <functional>

namespace ui::kit {

// Roles that the models of the workbench answer beside Qt's own.
enum ItemRole {
    KeyRole = Qt::UserRole + 1, // QString: what identifies the row for as long as it exists
    SpectrumRole, // Spectrum, for SpectrumDelegate
    TypeRole, // TypedCell, for TypedCellDelegate
    AgeRole, // Age, for AgeDelegate
    ToneRole, // int of a Hue: BadgeDelegate, StatusDelegate
    IconNameRole, // QString: name of an icon, for TileDelegate
    DetailRole, // QString: second line or grey words
    FilterRole, // QString: what a filter proxy looks at
};

// Where the time of a request went: parts in order, and how long the whole is on a scale shared by all rows.
struct SpectrumPart {
    Hue hue = Hue::Obs;
    double share = 0; // any unit; only the proportions count
    bool cold = false; // hatched
};
struct Spectrum {
    QList<SpectrumPart> parts;
    double width = 1; // 0…1 of the column
};

// A DynamoDB value in a cell. `clash`: its type differs from the column's.
struct TypedCell {
    QString type; // "S", "N", …; "" for no such attribute
    QString text;
    bool clash = false;
    bool staged = false; // changed here, not saved yet
};

// An age against a lifetime.
struct Age {
    double fraction = 0; // of the lifetime; above 1 is stale
    QString text; // "38 of 60 s"
};

// "Function", "Cold start".
QString nameOf(const SpectrumPart& part);
// What a screen reader says for a cell that is drawn: "API 12 %, Functions 60 %, cold start 28 %".
QString spoken(const Spectrum& spectrum);
QString spoken(const TypedCell& cell);
// The words of a cell for Qt::AccessibleTextRole: its text, else what is drawn instead of one.
QVariant spokenCell(const std::function<QVariant(int role)>& data);

}

Q_DECLARE_METATYPE(ui::kit::Spectrum)
Q_DECLARE_METATYPE(ui::kit::TypedCell)
Q_DECLARE_METATYPE(ui::kit::Age)
