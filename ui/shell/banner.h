#pragma once

#include <QFrame>

#include <functional>

class QHBoxLayout;
class QLabel;

namespace ui::shell {

// A line over the area for what concerns the whole window and waits for a decision.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);
    void show(const QString& text);
    void addAction(const QString& text, const QString& objectName, std::function<void()> run);
    void dismiss();

private:
    QHBoxLayout* m_row;
    QLabel* m_text;
    QList<QWidget*> m_actions;
};

}
