#pragma once

#include <QLineEdit>

namespace ui::kit {

// A field that filters or searches: magnifier, cross to clear, and the keys that lead to it while it is
// empty.
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(
        const QString& placeholder, const QString& accessibleName = {}, QWidget* parent = nullptr);
    void setKeys(const QString& keys); // "Ctrl+F"; "" for none

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_keys;
};

}
