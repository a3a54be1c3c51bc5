#pragma once

#include <QFrame>
#include <QPointer>
#include <QPropertyAnimation>

class QSplitter;

namespace ui::kit {

// A pane that slides over its neighbours when there is no room beside them. It borrows a pane from its
// splitter and gives it back: take(), then open() and close(), then giveBack(). Child of the page it covers;
// Esc closes it and returns the focus. UI thread.
class Drawer : public QFrame {
    Q_OBJECT

public:
    enum class Side { Left, Right };

    Drawer(Side side, QWidget* page);
    ~Drawer() override;

    // `pane` must be in a splitter, whose top is the drawer's; false when it is not.
    bool take(QWidget* pane);
    void giveBack(); // to the place where it was, with its size
    bool holds() const { return m_pane != nullptr; }

    void open();
    void close();
    bool isOpen() const { return m_open; }

Q_SIGNALS:
    void openChanged(bool open);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRect place() const;
    void slide(bool in);

    Side m_side;
    QWidget* m_page;
    QPointer<QWidget> m_pane;
    QPointer<QWidget> m_stand; // keeps the pane's place in the splitter
    QPointer<QSplitter> m_splitter;
    QPointer<QWidget> m_before; // had the focus
    QPropertyAnimation m_slide;
    int m_width = 0;
    bool m_wasHidden = false;
    bool m_open = false;
};

}
