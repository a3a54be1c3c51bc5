#pragma once

#include "core/base/result.h"
#include "ui/kit/controls.h"

#include <QFrame>
#include <QList>
#include <QString>
#include <QTabBar>
#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

// Parts that panes are made of.
namespace ui::kit {

// 40 px at the top of an area: icon and name of the object, tabs or a scope control, then actions, the
// primary last.
class AreaHeader : public QFrame {
    Q_OBJECT

public:
    explicit AreaHeader(QWidget* parent = nullptr);
    void setObject(const QString& iconName, Hue hue, const QString& name, const QString& detail = {});
    QTabBar* tabs(); // made on first use
    void addScope(QWidget* widget); // after the name
    void addAction(QWidget* widget); // at the right, in order
    void addNote(const QString& text); // grey words before the actions
    void addLeading(QWidget* widget); // before everything
    void addTrailing(QWidget* widget); // after the actions

private:
    QHBoxLayout* m_layout;
    QHBoxLayout* m_scope;
    QHBoxLayout* m_actions;
    Tile* m_tile;
    QLabel* m_name;
    QLabel* m_detail;
    QTabBar* m_tabs = nullptr;
};

// A line of 32 px over a part of a pane: title, grey words, actions at the right.
class SectionHeader : public QWidget {
    Q_OBJECT

public:
    explicit SectionHeader(const QString& title, const QString& detail = {}, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setDetail(const QString& detail);
    void addAction(QWidget* widget);

private:
    QHBoxLayout* m_layout;
    QLabel* m_title;
    QLabel* m_detail;
};

// A dotted trail, what is empty, why, and one or two ways on (buttons, the first one primary).
class EmptyState : public QWidget {
    Q_OBJECT

public:
    EmptyState(const QString& title, const QString& reason, QWidget* parent = nullptr);
    void set(const QString& title, const QString& reason);
    QPushButton* addAction(const QString& text, std::function<void()> run, const QString& objectName = {});

private:
    QLabel* m_title;
    QLabel* m_reason;
    QHBoxLayout* m_actions;
};

// What failed, in place: the exact AWS error name, a sentence, the status, ways on, and Copy details. It is
// as high as its words need in the width that it has.
class ErrorCard : public QFrame {
    Q_OBJECT

public:
    explicit ErrorCard(QWidget* parent = nullptr);
    ErrorCard(const core::Error& error, int status = 0, QWidget* parent = nullptr);
    void setError(const core::Error& error, int status = 0);
    QPushButton* addAction(const QString& text, std::function<void()> run);
    void clearActions();

protected:
    bool event(QEvent* event) override;

private:
    void fit();

    QLabel* m_name;
    QLabel* m_status;
    QLabel* m_message;
    QHBoxLayout* m_actions;
};

// A layer inside the window under (or over) the button that opened it: radius 10, closed by Esc and by a
// click outside; one at a time. Owned by the window; setWidget() gives its content.
class Popover : public QFrame {
    Q_OBJECT

public:
    explicit Popover(QWidget* window);
    void setContent(QWidget* content);
    void openAt(QWidget* anchor, bool upward = false);
    void close();

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void place();

    QWidget* m_window;
    QWidget* m_anchor = nullptr;
    QVBoxLayout* m_layout;
    bool m_upward = false;
};

// Notes at the bottom right of a window, at most three, six seconds each (longer while hovered or focused).
class ToastHost : public QObject {
    Q_OBJECT

public:
    // `bottomMargin`: of the status bar.
    explicit ToastHost(QWidget* window, int bottomMargin);
    void show(const QString& iconName, Hue hue, const QString& title, const QString& detail = {},
        const QString& actionText = {}, std::function<void()> action = {});
    QList<QWidget*> toasts() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void layout();

    QWidget* m_window;
    int m_bottom;
    QList<QWidget*> m_toasts;
};

// A line of values over time with its area below, drawn to fill the widget.
class Sparkline : public QWidget {
    Q_OBJECT

public:
    explicit Sparkline(Hue hue, QWidget* parent = nullptr);
    void setValues(const QList<double>& values);
    QSize sizeHint() const override;
    // For canvases: the same drawing into a rectangle.
    static void paint(QPainter& painter, const QRectF& rect, const QList<double>& values, Hue hue);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Hue m_hue;
    QList<double> m_values;
};

}
