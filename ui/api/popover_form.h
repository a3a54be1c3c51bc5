#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>

class QPushButton;
class QVBoxLayout;
class QWidget;

namespace ui::kit {
class ErrorCard;
class Popover;
}

namespace ui::api {

using Report = std::function<void(const core::Result<>& result)>;

// Title, rows, an error card and a button over the window: what all forms of the area have. The popover owns
// the rest and deletes itself when it closes.
struct PopoverForm {
    kit::Popover* popover;
    QVBoxLayout* rows;
    kit::ErrorCard* error;
    QPushButton* ok;

    static PopoverForm make(
        QWidget* window, const QString& title, const QString& button, const QString& okName);

    // For what the button asked for: closes on success, else shows why and keeps the input.
    Report reporter() const;
    void addHint(const QString& text) const;
};

// Words of the free functions of ui::api.
QString words(const char* text);

}
