#include "ui/shell/top_bar.h"

#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"
#include "ui/shell/clock.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSvgRenderer>
#include <QToolButton>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::TextRole;
using kit::theme;
using kit::Token;

namespace {

constexpr int kLongestName = 200;

// A button with a text and a chevron: the menus of the bar.
class MenuButton : public QToolButton {
public:
    explicit MenuButton(const QString& iconName)
        : m_icon(iconName)
    {
        setProperty("role", u"bar"_s);
        setPopupMode(QToolButton::InstantPopup);
        setFocusPolicy(Qt::TabFocus);
    }

    QSize sizeHint() const override
    {
        const QFontMetrics metrics(theme().font(TextRole::Control));
        return {metrics.horizontalAdvance(shown()) + theme().px(m_icon.isEmpty() ? 32 : 52), theme().px(30)};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse() || isDown()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme().c(Token::Hover));
            painter.drawRoundedRect(rect(), theme().px(6.0), theme().px(6.0));
        }
        auto left = theme().px(6.0);
        if (!m_icon.isEmpty()) {
            const auto side = theme().px(14.0);
            kit::paintIcon(
                painter, QRectF(left, (height() - side) / 2, side, side), m_icon, theme().c(Token::T2));
            left += side + theme().px(6.0);
        }
        painter.setFont(theme().font(TextRole::Control));
        painter.setPen(theme().c(isEnabled() ? Token::T1 : Token::T3));
        painter.drawText(QRectF(left, 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft, shown());
        if (menu()) {
            const auto side = theme().px(12.0);
            kit::paintIcon(painter,
                QRectF(left + QFontMetricsF(painter.font()).horizontalAdvance(shown()) + theme().px(6.0),
                    (height() - side) / 2 + 1, side, side),
                u"cd"_s, theme().c(Token::T3));
        }
        if (hasFocus())
            kit::paintFocus(painter, rect(), theme().px(6.0));
    }

private:
    QString shown() const
    {
        return QFontMetrics(theme().font(TextRole::Control))
            .elidedText(text(), Qt::ElideMiddle, theme().px(kLongestName));
    }

    QString m_icon;
};

QFrame* separator()
{
    auto* line = kit::vline();
    line->setFixedHeight(theme().px(18));
    return line;
}

}

CommandField::CommandField(QWidget* parent)
    : QAbstractButton(parent)
{
    setObjectName(u"commandField"_s);
    setText(tr("Go to, run or ask"));
    setAccessibleName(tr("Command palette"));
    setToolTip(tr("Command palette (Ctrl+K)"));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme(), &kit::Theme::changed, this, [this] { updateGeometry(); });
}

void CommandField::setNarrow(bool narrow)
{
    m_narrow = narrow;
    updateGeometry();
}

void CommandField::setRoomLeft(int width)
{
    if (m_width == width)
        return;
    m_width = width;
    updateGeometry();
}

QSize CommandField::sizeHint() const
{
    const int wide = std::clamp(m_width, theme().px(150), theme().px(324));
    return {m_narrow ? theme().px(30) : wide, theme().px(30)};
}

void CommandField::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().c(underMouse() ? Token::Line3 : Token::Line2), 1));
    painter.setBrush(theme().c(Token::Field));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme().px(6.0), theme().px(6.0));
    const auto side = theme().px(14.0);
    const auto left = m_narrow ? (width() - side) / 2 : theme().px(11.0);
    kit::paintIcon(
        painter, QRectF(left, (height() - side) / 2, side, side), u"search"_s, theme().c(Token::T2));
    if (!m_narrow) {
        painter.setFont(theme().font(TextRole::Body));
        painter.setPen(theme().c(Token::T3));
        const auto keys = tr("Ctrl+K");
        const int words = width() - theme().px(33 + 16) - static_cast<int>(kit::KeyCaps::width(keys));
        painter.drawText(rect().adjusted(theme().px(33), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(text(), Qt::ElideRight, words));
        kit::KeyCaps::paint(painter, QRectF(rect()).adjusted(0, 0, -theme().px(8.0), 0), keys);
    }
    if (hasFocus())
        kit::paintFocus(painter, rect(), theme().px(6.0));
}

TopBar::TopBar(QWidget* parent)
    : QFrame(parent)
{
    setObjectName(u"topBar"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 1);
    row->setSpacing(0);
    m_left = buildLeft();
    m_right = buildRight();
    m_field = new CommandField;
    row->addSpacing(0);
    row->addWidget(m_left, 1);
    row->addWidget(m_field);
    row->addWidget(m_right, 1);
    setChamber({});
    setEndpoint({}, {});
    showThemeMode();
    fit();
    connect(&theme(), &kit::Theme::changed, this, [this] {
        fit();
        showThemeMode();
    });
}

void TopBar::fit()
{
    setFixedHeight(theme().px(44));
    layout()->setContentsMargins(theme().px(64), 0, theme().px(10), 1);
}

QWidget* TopBar::buildLeft()
{
    auto* left = new QWidget;
    auto* row = new QHBoxLayout(left);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(6);
    m_chamber = new MenuButton({});
    m_chamber->setObjectName(u"chamberButton"_s);
    m_region = new MenuButton(u"globe"_s);
    m_region->setObjectName(u"regionButton"_s);
    m_clock = new ClockButton;
    m_clock->hide();
    m_regionLine = separator();
    m_clockLine = separator();
    row->addWidget(m_chamber);
    row->addWidget(m_regionLine);
    row->addWidget(m_region);
    row->addWidget(m_clockLine);
    row->addWidget(m_clock);
    row->addStretch(1);
    return left;
}

QWidget* TopBar::buildRight()
{
    auto* right = new QWidget;
    auto* row = new QHBoxLayout(right);
    row->setContentsMargins(8, 0, 0, 0);
    row->setSpacing(2);
    row->addStretch(1);
    m_undo = kit::iconButton(u"undo"_s, tr("Undo"));
    m_redo = kit::iconButton(u"redo"_s, tr("Redo"));
    m_undo->setObjectName(u"undoButton"_s);
    m_redo->setObjectName(u"redoButton"_s);
    row->addWidget(m_undo);
    row->addWidget(m_redo);
    row->addSpacing(4);
    row->addWidget(separator());
    row->addSpacing(4);
    m_endpointFrame = new QFrame;
    m_endpointFrame->setObjectName(u"endpoint"_s);
    auto* inner = new QHBoxLayout(m_endpointFrame);
    inner->setContentsMargins(9, 0, 3, 0);
    inner->setSpacing(7);
    m_endpointDot = new kit::StateDot;
    m_endpoint = kit::label({}, u"mono"_s);
    m_endpoint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copy = kit::iconButton(u"copy"_s, tr("Copy endpoint settings"));
    m_copy->setObjectName(u"copyEndpoint"_s);
    inner->addWidget(m_endpointDot);
    inner->addWidget(m_endpoint);
    inner->addWidget(m_copy);
    row->addWidget(m_endpointFrame);
    row->addSpacing(4);
    row->addWidget(separator());
    row->addSpacing(4);
    m_theme = kit::iconButton(u"sun"_s, tr("Theme"));
    m_theme->setObjectName(u"themeButton"_s);
    m_about = kit::iconButton(u"info"_s, tr("About and help"));
    m_about->setObjectName(u"aboutButton"_s);
    row->addWidget(m_theme);
    row->addWidget(m_about);
    return right;
}

void TopBar::setChamber(const QString& name)
{
    const bool open = !name.isEmpty();
    m_chamber->setText(open ? name : tr("No chamber open"));
    m_chamber->setToolTip(open ? name : QString());
    m_chamber->setAccessibleName(open ? tr("Chamber %1").arg(name) : tr("No chamber open"));
    m_region->setVisible(open);
    m_regionLine->setVisible(open);
    m_clockLine->setVisible(open);
    m_chamber->updateGeometry();
}

void TopBar::setRegion(const QString& region)
{
    m_region->setText(region);
    m_region->setAccessibleName(tr("Region %1").arg(region));
    m_region->updateGeometry();
}

void TopBar::setEndpoint(const QString& endpoint, const QString& reason)
{
    const bool open = !endpoint.isEmpty();
    auto shown = endpoint;
    shown.remove(u"http://"_s);
    m_endpointDot->setHue(open ? kit::Hue::Ok : reason.isEmpty() ? kit::Hue::Obs : kit::Hue::Err);
    m_endpoint->setText(open ? shown : reason.isEmpty() ? tr("Endpoint starts with a chamber") : reason);
    kit::restyle(m_endpoint, "role", open ? u"mono"_s : u"secondary"_s);
    m_endpointFrame->setToolTip(
        open ? tr("SDKs, the AWS CLI and browsers reach this chamber at %1").arg(endpoint) : QString());
    m_copy->setVisible(open);
    kit::restyle(m_endpointFrame, "boxed", open);
}

void TopBar::setRoom(Room room)
{
    m_field->setNarrow(room == Room::Least);
    m_clock->setNarrow(room < Room::Full);
    m_endpoint->setVisible(room != Room::Least);
}

// The field stands in the middle of the window while there is room, and gives way before anything is cut.
void TopBar::arrange()
{
    if (!m_right || !m_field)
        return;
    m_left->setMinimumWidth(m_left->sizeHint().width());
    m_right->setMinimumWidth(m_right->sizeHint().width());
    const auto margins = layout()->contentsMargins();
    m_field->setRoomLeft(
        width() - margins.left() - margins.right() - m_left->minimumWidth() - m_right->minimumWidth());
}

bool TopBar::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        arrange();
    return QFrame::event(event);
}

void TopBar::showThemeMode()
{
    // The icon shows the theme that is seen; the tooltip says what the choice is.
    m_theme->setIcon(kit::icon(theme().isDark() ? u"sun"_s : u"moon"_s));
    const QString modes[] = {tr("as the system"), tr("dark"), tr("light")};
    const auto tip = tr("Theme: %1 (Ctrl+Shift+L)").arg(modes[static_cast<int>(theme().mode())]);
    m_theme->setToolTip(tip);
    m_theme->setAccessibleName(tip);
}

void TopBar::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    QSvgRenderer logo(theme().isDark() ? u":/logo/logo-dark.svg"_s : u":/logo/logo-light.svg"_s);
    const auto side = theme().px(26.0);
    logo.render(&painter, QRectF((theme().px(64.0) - side) / 2, (height() - 1 - side) / 2, side, side));
}

}
