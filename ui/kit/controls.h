#pragma once

#include "ui/kit/tone.h"

#include <QAbstractButton>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>

#include <functional>

class QButtonGroup;
class QGridLayout;
class QHBoxLayout;

// Small widgets of the workbench. All follow theme and scale by themselves.
namespace ui::kit {

enum class ButtonRole { Default, Primary, Quiet, Danger, Destroy };

// 28 px high, `small` 24. `iconName` may be empty. It is a KeyButton: showKeys() (key_button.h) puts caps on
// it.
QPushButton* button(const QString& text, ButtonRole role = ButtonRole::Default, const QString& iconName = {},
    bool small = false, QWidget* parent = nullptr);
// 24 px instead of 28, for buttons and fields; before the widget is shown. (`size` is a property of every
// QWidget already, so the style sheet selects by `density`.)
void setSmall(QWidget* widget);
// A square button with an icon of 16; `tip` is its tooltip and accessible name.
QToolButton* iconButton(const QString& iconName, const QString& tip, QWidget* parent = nullptr);
// A label in a role of the style sheet: "caption", "secondary", "mono", "number", "title", "pane", "page",
// "display", "stat", "big", "error"; "" for body.
QLabel* label(const QString& text, const QString& role = {}, QWidget* parent = nullptr);
QFrame* hline(QWidget* parent = nullptr);
QFrame* vline(QWidget* parent = nullptr);
// Shows a property that the style sheet selects by ("role", "state") after the widget is shown.
void restyle(QWidget* widget, const char* property, const QVariant& value);

// A choice of few in one frame: "Query | Scan". `accent`: the selected one takes the area's colours, for
// choices that change what is shown below.
class Segments : public QFrame {
    Q_OBJECT

public:
    explicit Segments(const QStringList& texts, bool accent = false, QWidget* parent = nullptr);
    int current() const;
    void setCurrent(int index); // emits only when it is another one
    void setTexts(const QStringList& texts);
    QPushButton* segment(int index) const;

Q_SIGNALS:
    void currentChanged(int index);

private:
    QButtonGroup* m_group;
    QHBoxLayout* m_layout;
    bool m_accent;
};

// An on/off switch that applies at once.
class Switch : public QAbstractButton {
    Q_OBJECT

public:
    explicit Switch(const QString& text = {}, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

// 18 px: a word on its tint. Hue::Obs is neutral.
class Badge : public QWidget {
    Q_OBJECT

public:
    explicit Badge(const QString& text = {}, Hue hue = Hue::Obs, QWidget* parent = nullptr);
    void set(const QString& text, Hue hue);
    QString text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Hue m_hue;
};

// "GET" on its tint, 44 x 16.
class MethodBadge : public QWidget {
    Q_OBJECT

public:
    explicit MethodBadge(const QString& method = {}, QWidget* parent = nullptr);
    void setMethod(const QString& method);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_method;
};

// The keys of a shortcut, one cap each: "Ctrl" "K".
class KeyCaps : public QWidget {
    Q_OBJECT

public:
    explicit KeyCaps(const QString& keys = {}, QWidget* parent = nullptr); // "Ctrl+Shift+E"
    void setKeys(const QString& keys);
    QSize sizeHint() const override;
    static void paint(QPainter& painter, const QRectF& rect, const QString& keys, bool rightAligned = true,
        const QColor& ink = {}); // `ink`: outlined in it, for caps on a filled button
    static qreal width(const QString& keys);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_keys;
};

// A service's icon on its tint; stands for a resource. `side` 24 or 32.
class Tile : public QWidget {
    Q_OBJECT

public:
    explicit Tile(const QString& icon = {}, Hue hue = Hue::Obs, int side = 24, QWidget* parent = nullptr);
    void set(const QString& icon, Hue hue);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    Hue m_hue;
    int m_side;
};

// A dot of 8 px: the state of something. The word beside it says the same.
class StateDot : public QWidget {
    Q_OBJECT

public:
    explicit StateDot(Hue hue = Hue::Obs, QWidget* parent = nullptr);
    void setHue(Hue hue);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Hue m_hue;
};

// A picture of resources/icons in a tone, as a label.
class IconLabel : public QWidget {
    Q_OBJECT

public:
    explicit IconLabel(const QString& icon, Tone tone = Token::T2, int side = 16, QWidget* parent = nullptr);
    void set(const QString& icon, Tone tone);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    Tone m_tone;
    int m_side;
};

// A ring that turns while something takes between 150 ms and a second; with reduced motion it says so in
// words.
class BusyRing : public QWidget {
    Q_OBJECT

public:
    explicit BusyRing(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    int m_timer = 0;
    int m_angle = 0;
};

// A splitter with a hairline of 1 px and a grip of 7; arrows move it by 8, a double click or Enter restores
// the default.
class Splitter : public QSplitter {
    Q_OBJECT

public:
    explicit Splitter(Qt::Orientation orientation, QWidget* parent = nullptr);
    void setDefaultSizes(const QList<int>& sizes); // unscaled; applied at once
    void restoreDefault();

protected:
    QSplitterHandle* createHandle() override;

private:
    QList<int> m_defaults;
};

// Names left, values right: 12 px rows. Values are selectable; names are the buddies of their values.
class KeyValueList : public QWidget {
    Q_OBJECT

public:
    explicit KeyValueList(QWidget* parent = nullptr);
    void clear();
    QLabel* add(const QString& name, const QString& value, bool mono = false);
    void add(const QString& name, QWidget* value);

private:
    QGridLayout* m_grid;
    int m_rows = 0;
};

// A label above (or left of) a field with a line below it for what is wrong.
class FormRow : public QWidget {
    Q_OBJECT

public:
    FormRow(const QString& name, QWidget* field, QWidget* parent = nullptr);
    void setError(const QString& message); // "" clears
    QWidget* field() const { return m_field; }

private:
    QWidget* m_field;
    QLabel* m_error;
};

}
