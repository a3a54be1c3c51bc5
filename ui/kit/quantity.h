#pragma once

#include <QString>

namespace ui::kit {

// "257 B", "1.4 KB", "41.2 MB": a unit is 1024 of the one before it.
QString bytesText(qint64 bytes);

}
