#include "ui/kit/controls.h"
#include "ui/kit/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace ui::kit {

namespace {

// A handle of one pixel whose grip reaches over both neighbours.
class Handle : public QSplitterHandle {
public:
    Handle(Qt::Orientation orientation, Splitter* parent)
        : QSplitterHandle(orientation, parent)
        , m_splitter(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setAccessibleName(Splitter::tr("Divider"));
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        // As QSplitter does for handles of width 1: the contents margins are the grip outside the line.
        const auto grip = theme().px(3);
        if (orientation() == Qt::Horizontal)
            setContentsMargins(grip, 0, grip, 0);
        else
            setContentsMargins(0, grip, 0, grip);
        setMask(QRegion(rect()));
        QWidget::resizeEvent(event);
    }

    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const bool lit = underMouse() || hasFocus();
        painter.fillRect(contentsRect(), theme().c(lit ? Token::Focus : Token::Line1));
    }

    void mouseDoubleClickEvent(QMouseEvent*) override { m_splitter->restoreDefault(); }

    void keyPressEvent(QKeyEvent* event) override
    {
        const bool across = orientation() == Qt::Horizontal;
        const int step = theme().px(8);
        // The handle reaches over the line by its margins.
        const int at = across ? x() + contentsRect().x() : y() + contentsRect().y();
        if (event->key() == (across ? Qt::Key_Left : Qt::Key_Up))
            moveSplitter(at - step);
        else if (event->key() == (across ? Qt::Key_Right : Qt::Key_Down))
            moveSplitter(at + step);
        else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            m_splitter->restoreDefault();
        else
            QSplitterHandle::keyPressEvent(event);
    }

private:
    Splitter* m_splitter;
};

}

Splitter::Splitter(Qt::Orientation orientation, QWidget* parent)
    : QSplitter(orientation, parent)
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
}

void Splitter::setDefaultSizes(const QList<int>& sizes)
{
    m_defaults = sizes;
    restoreDefault();
}

void Splitter::restoreDefault()
{
    QList<int> scaled;
    for (int each : m_defaults)
        scaled.append(theme().px(each));
    if (!scaled.isEmpty())
        setSizes(scaled);
}

QSplitterHandle* Splitter::createHandle()
{
    return new Handle(orientation(), this);
}

}
