#pragma once

#include "ui/shell/area.h"

#include <QList>

namespace ui {

// The table of editors: every area of the workbench in the order of the rail and of Alt+1, Alt+2, …
QList<shell::AreaEntry> editors();

}
