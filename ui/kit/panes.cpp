#include "ui/kit/panes.h"

#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPointer>
#include <QVBoxLayout>

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

// The trail of the empty state: a curve of dots that ends in one drop.
class Trail : public QWidget {
public:
    explicit Trail(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(theme().px(88), theme().px(28));
        connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        QPainterPath path(QPointF(theme().px(2.0), theme().px(22.0)));
        path.cubicTo(QPointF(theme().px(34.0), theme().px(22.0)), QPointF(theme().px(36.0), theme().px(6.0)),
            QPointF(theme().px(84.0), theme().px(6.0)));
        paintDottedTrail(painter, path, theme().c(Token::Line3));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().fill(Theme::area(this)));
        painter.drawEllipse(path.pointAtPercent(0.66), theme().px(3.2), theme().px(3.2));
    }
};

}

AreaHeader::AreaHeader(QWidget* parent)
    : QFrame(parent)
    , m_layout(new QHBoxLayout(this))
    , m_scope(new QHBoxLayout)
    , m_actions(new QHBoxLayout)
    , m_tile(new Tile)
    , m_name(label({}, u"title"_s))
    , m_detail(label({}, u"secondary"_s))
{
    setObjectName(u"areaHeader"_s);
    m_layout->setContentsMargins(12, 0, 10, 0);
    m_layout->setSpacing(8);
    m_tile->hide();
    m_layout->addWidget(m_tile);
    m_layout->addWidget(m_name);
    m_layout->addWidget(m_detail);
    m_layout->addSpacing(4);
    m_scope->setSpacing(8);
    m_actions->setSpacing(8);
    m_layout->addLayout(m_scope);
    m_layout->addStretch(1);
    m_layout->addLayout(m_actions);
    const auto size = [this] { setFixedHeight(theme().px(40)); };
    size();
    connect(&theme(), &Theme::changed, this, size);
}

void AreaHeader::setObject(const QString& iconName, Hue hue, const QString& name, const QString& detail)
{
    m_tile->set(iconName, hue);
    m_tile->setVisible(!iconName.isEmpty());
    m_name->setText(name);
    m_detail->setText(detail);
}

QTabBar* AreaHeader::tabs()
{
    if (!m_tabs) {
        m_tabs = new QTabBar;
        m_tabs->setDrawBase(false);
        m_tabs->setExpanding(false);
        m_scope->addWidget(m_tabs, 0, Qt::AlignBottom);
    }
    return m_tabs;
}

void AreaHeader::addScope(QWidget* widget)
{
    m_scope->addWidget(widget);
}

void AreaHeader::addAction(QWidget* widget)
{
    m_actions->addWidget(widget);
}

void AreaHeader::addNote(const QString& text)
{
    m_actions->addWidget(label(text, u"caption"_s));
}

void AreaHeader::addLeading(QWidget* widget)
{
    m_layout->insertWidget(0, widget);
}

void AreaHeader::addTrailing(QWidget* widget)
{
    m_layout->addWidget(widget);
}

SectionHeader::SectionHeader(const QString& title, const QString& detail, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_title(label(title, u"pane"_s))
    , m_detail(label(detail, u"secondary"_s))
{
    m_layout->setContentsMargins(12, 0, 8, 0);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_detail);
    m_layout->addStretch(1);
    const auto size = [this] { setFixedHeight(theme().px(32)); };
    size();
    connect(&theme(), &Theme::changed, this, size);
}

void SectionHeader::setTitle(const QString& title)
{
    m_title->setText(title);
}

void SectionHeader::setDetail(const QString& detail)
{
    m_detail->setText(detail);
}

void SectionHeader::addAction(QWidget* widget)
{
    m_layout->addWidget(widget);
}

EmptyState::EmptyState(const QString& title, const QString& reason, QWidget* parent)
    : QWidget(parent)
    , m_title(label(title, u"title"_s))
    , m_reason(label(reason, u"secondary"_s))
    , m_actions(new QHBoxLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(6);
    column->addStretch(1);
    column->addWidget(new Trail(this), 0, Qt::AlignHCenter);
    column->addSpacing(6);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_reason->setAlignment(Qt::AlignCenter);
    m_reason->setWordWrap(true);
    column->addWidget(m_title);
    column->addWidget(m_reason);
    column->addSpacing(8);
    m_actions->setSpacing(8);
    m_actions->addStretch(1);
    m_actions->addStretch(1);
    column->addLayout(m_actions);
    column->addStretch(1);
}

void EmptyState::set(const QString& title, const QString& reason)
{
    m_title->setText(title);
    m_reason->setText(reason);
}

QPushButton* EmptyState::addAction(const QString& text, std::function<void()> run, const QString& objectName)
{
    const bool first = m_actions->count() == 2;
    auto* made = button(text, first ? ButtonRole::Primary : ButtonRole::Default, {}, true);
    made->setObjectName(objectName);
    m_actions->insertWidget(m_actions->count() - 1, made);
    connect(made, &QPushButton::clicked, this, [run = std::move(run)] { run(); });
    return made;
}

ErrorCard::ErrorCard(QWidget* parent)
    : QFrame(parent)
    , m_name(label({}, u"title"_s))
    , m_status(label({}, u"number"_s))
    , m_message(label({}))
    , m_actions(new QHBoxLayout)
{
    setProperty("role", u"errorCard"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new IconLabel(u"alert"_s, Hue::Err, 16));
    head->addWidget(m_name, 1);
    head->addWidget(m_status);
    column->addLayout(head);
    m_message->setProperty("role", u"value"_s);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_message);
    m_actions->setSpacing(8);
    column->addLayout(m_actions);
    clearActions();
}

ErrorCard::ErrorCard(const core::Error& error, int status, QWidget* parent)
    : ErrorCard(parent)
{
    setError(error, status);
}

void ErrorCard::setError(const core::Error& error, int status)
{
    m_name->setText(QString::fromStdString(error.code));
    m_message->setText(QString::fromStdString(error.message));
    m_status->setText(status > 0 ? QString::number(status) : QString());
    setAccessibleName(m_name->text());
    setAccessibleDescription(m_message->text());
    fit();
}

// Not every layout asks a child how high its wrapped words are.
void ErrorCard::fit()
{
    if (!hasHeightForWidth())
        return;
    const int wanted = heightForWidth(width());
    if (wanted == minimumHeight())
        return;
    setMinimumHeight(wanted);
    layout()->invalidate();
    layout()->activate();
}

bool ErrorCard::event(QEvent* event)
{
    const bool done = QFrame::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        fit();
    return done;
}

QPushButton* ErrorCard::addAction(const QString& text, std::function<void()> run)
{
    auto* made = button(text, ButtonRole::Default, {}, true);
    m_actions->insertWidget(m_actions->count() - 2, made);
    connect(made, &QPushButton::clicked, this, [run = std::move(run)] { run(); });
    return made;
}

void ErrorCard::clearActions()
{
    while (auto* item = m_actions->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    auto* copy = button(tr("Copy details"), ButtonRole::Quiet, {}, true);
    connect(copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(
            tr("%1 %2\n%3").arg(m_name->text(), m_status->text(), m_message->text()).trimmed());
    });
    m_actions->addWidget(copy);
    m_actions->addStretch(1);
}

Sparkline::Sparkline(Hue hue, QWidget* parent)
    : QWidget(parent)
    , m_hue(hue)
{
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Sparkline::setValues(const QList<double>& values)
{
    m_values = values;
    update();
}

QSize Sparkline::sizeHint() const
{
    return {theme().px(84), theme().px(18)};
}

void Sparkline::paint(QPainter& painter, const QRectF& rect, const QList<double>& values, Hue hue)
{
    if (values.isEmpty())
        return;
    const auto most = std::max(*std::max_element(values.begin(), values.end()), 1e-9);
    const auto step =
        values.size() > 1 ? rect.width() / static_cast<double>(values.size() - 1) : rect.width();
    QPolygonF line;
    for (qsizetype i = 0; i < values.size(); ++i)
        line << QPointF(rect.left() + step * static_cast<double>(i),
            rect.bottom() - 1 - (rect.height() - 2) * values[i] / most);
    if (line.size() == 1)
        line << QPointF(rect.right(), line.first().y());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPolygonF area(line);
    area << rect.bottomRight() << rect.bottomLeft();
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().tint(hue));
    painter.drawPolygon(area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().fill(hue), theme().px(1.3)));
    painter.drawPolyline(line);
    painter.restore();
}

void Sparkline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, rect(), m_values, m_hue);
}

}
