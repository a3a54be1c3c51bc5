#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace ui::bridge {

// What would run a function of a managed runtime on this computer. A value.
struct InstalledRuntime {
    QString id; // "python3.12"
    QString family; // "Python", "Node"
    QString program; // "/usr/bin/python3.11", "" when there is none
    QString version; // as the program says it: "3.11.2"
    bool same = false; // the version that the runtime names
};

// Looks for every runtime that the chamber knows, newest first. Starts the interpreters, once a
// run: never on the UI thread. Any other thread.
QList<InstalledRuntime> findInstalledRuntimes();

// Whether functions of this runtime can run here; others are kept and shown. Any thread.
bool runtimeCanRun(const QString& id);

// "Python 3.11, Node 18": the families with what runs them; "" for none.
QString runtimesInWords(const QList<InstalledRuntime>& runtimes);

}

Q_DECLARE_METATYPE(ui::bridge::InstalledRuntime)
