#pragma once

#include <QWidget>

class QLabel;

namespace ui::kit {

// A number of 15 px below its name.
class Stat : public QWidget {
    Q_OBJECT

public:
    // `objectName`: of the label that shows the number.
    Stat(const QString& name, const QString& objectName, QWidget* parent = nullptr);
    void setText(const QString& text);
    QLabel* value() const { return m_value; }

private:
    QLabel* m_value;
};

}
