#pragma once

#include "ui/bridge/call_command.h"
#include "ui/shell/area.h"

#include <QList>
#include <QString>

#include <functional>

namespace ui::tables {

// A change of the chamber as it happened: what was asked, what takes it back, and how the user reads it.
struct TableChange {
    QString text; // "Delete item ORD-1044"
    QList<bridge::Call> forward;
    QList<bridge::Call> back;
};

enum class Moment { First, Undone, Redone };
using ChangeDone = std::function<void(const core::Result<>& result, Moment moment)>;

// Makes the change and, only when it worked, puts it on the undo stack: what AWS refuses leaves no step that
// could be undone. `done` comes on the UI thread after each direction and is dropped when `receiver` dies.
void makeChange(shell::AreaContext& context, QObject* receiver, TableChange change, ChangeDone done);

}
