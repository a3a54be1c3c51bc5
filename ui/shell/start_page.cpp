#include "ui/shell/start_page.h"

#include "core/project/sam_import.h"
#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"
#include "ui/shell/sketch.h"

#include <QDir>
#include <QFile>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::TextRole;
using kit::theme;
using kit::Token;

namespace {

// A wide button with an icon, two lines and keys.
class StartButton : public QAbstractButton {
public:
    StartButton(const QString& iconName, const QString& title, const QString& detail, const QString& keys,
        bool primary)
        : m_icon(iconName)
        , m_detail(detail)
        , m_keys(keys)
        , m_primary(primary)
    {
        setText(title);
        setAccessibleName(title);
        setAccessibleDescription(detail);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override { return {theme().px(300), theme().px(46)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const auto fill =
            m_primary ? theme().c(Token::Ink) : theme().c(underMouse() ? Token::Hover : Token::Raised);
        painter.setPen(
            m_primary ? QPen(Qt::NoPen) : QPen(theme().c(underMouse() ? Token::Line3 : Token::Line2), 1));
        painter.setBrush(fill);
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme().px(8.0), theme().px(8.0));
        const auto ink = theme().c(m_primary ? Token::Inv : Token::T1);
        const auto side = theme().px(16.0);
        kit::paintIcon(painter, QRectF(theme().px(13.0), (height() - side) / 2, side, side), m_icon, ink);
        const auto left = theme().px(41.0);
        painter.setFont(theme().font(TextRole::Control));
        painter.setPen(ink);
        painter.drawText(QRectF(left, theme().px(5.0), width(), theme().px(18.0)), Qt::AlignVCenter, text());
        painter.setFont(theme().font(TextRole::Caption));
        painter.setPen(m_primary ? ink : theme().c(Token::T2));
        painter.drawText(
            QRectF(left, theme().px(23.0), width(), theme().px(16.0)), Qt::AlignVCenter, m_detail);
        if (!m_keys.isEmpty())
            kit::KeyCaps::paint(painter, QRectF(rect()).adjusted(0, 0, -theme().px(12.0), 0), m_keys, true,
                theme().c(m_primary ? Token::Line3 : Token::T3));
        if (hasFocus())
            kit::paintFocus(painter, rect(), theme().px(8.0));
    }

private:
    QString m_icon;
    QString m_detail;
    QString m_keys;
    bool m_primary;
};

QString ago(const QDateTime& when)
{
    const auto seconds = when.secsTo(QDateTime::currentDateTime());
    if (seconds < 3600)
        return StartPage::tr("%n min ago", nullptr, static_cast<int>(std::max<qint64>(seconds / 60, 1)));
    if (when.date() == QDate::currentDate())
        return StartPage::tr("today %1").arg(when.time().toString(u"HH:mm"_s));
    if (when.date() == QDate::currentDate().addDays(-1))
        return StartPage::tr("yesterday");
    return QLocale::c().toString(when.date(), u"d MMM"_s);
}

QString shortPath(const QString& folder)
{
    return folder.startsWith(QDir::homePath()) ? u"~"_s + folder.mid(QDir::homePath().size()) : folder;
}

// A row of 58 px: drawing, name, folder, when and how much.
class RecentRow : public QAbstractButton {
public:
    explicit RecentRow(const RecentChamber& chamber)
        : m_chamber(chamber)
    {
        setObjectName(u"recent_"_s + chamber.name);
        setAccessibleName(StartPage::tr("Open %1").arg(chamber.name));
        setToolTip(chamber.folder);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override { return {theme().px(300), theme().px(58)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse() || hasFocus()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme().c(Token::Sel));
            painter.drawRoundedRect(rect(), theme().px(8.0), theme().px(8.0));
        }
        const QRectF picture(theme().px(10.0), theme().px(8.0), theme().px(94.0), theme().px(42.0));
        painter.setPen(QPen(theme().c(Token::Line1), 1));
        painter.setBrush(theme().c(Token::Canvas));
        painter.drawRoundedRect(picture.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(5.0), theme().px(5.0));
        paintSketch(painter, picture, m_chamber.sketch);
        const auto left = picture.right() + theme().px(12.0);
        const auto right = width() - theme().px(10.0);
        const QRectF first(left, theme().px(10.0), right - left, theme().px(19.0));
        const auto second = first.translated(0, theme().px(18.0));
        painter.setFont(theme().font(TextRole::Secondary));
        painter.setPen(theme().c(Token::T2));
        const auto when = ago(m_chamber.openedAt);
        painter.drawText(first, Qt::AlignVCenter | Qt::AlignRight, when);
        const auto many = StartPage::tr("%n resource(s)", nullptr, m_chamber.sketch.total());
        painter.setFont(theme().font(TextRole::Caption));
        const auto manyWidth = painter.fontMetrics().horizontalAdvance(many);
        painter.setPen(theme().c(Token::T3));
        painter.drawText(second, Qt::AlignVCenter | Qt::AlignRight, many);
        painter.setFont(theme().font(TextRole::Control));
        painter.setPen(theme().c(Token::T1));
        painter.drawText(first, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(
                m_chamber.name, Qt::ElideMiddle, static_cast<int>(first.width() - theme().px(80.0))));
        painter.setFont(theme().font(TextRole::Number));
        painter.setPen(theme().c(Token::T3));
        painter.drawText(second, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(shortPath(m_chamber.folder), Qt::ElideLeft,
                static_cast<int>(second.width()) - manyWidth - theme().px(12)));
        if (hasFocus())
            kit::paintFocus(painter, rect(), theme().px(8.0));
    }

private:
    RecentChamber m_chamber;
};

class SampleCard : public QAbstractButton {
public:
    explicit SampleCard(const SampleInfo& sample)
        : m_sample(sample)
    {
        setObjectName(u"sample_"_s + sample.name);
        setAccessibleName(StartPage::tr("Open the sample %1").arg(sample.title));
        setAccessibleDescription(sample.detail);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override { return {theme().px(258), theme().px(166)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const auto frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().c(underMouse() ? Token::Hover : Token::Raised));
        painter.drawRoundedRect(frame, theme().px(8.0), theme().px(8.0));
        const QRectF picture(1, 1, width() - 2, height() - theme().px(55.0));
        painter.save();
        painter.setClipRect(picture);
        painter.setBrush(theme().c(Token::Canvas));
        painter.drawRoundedRect(frame, theme().px(8.0), theme().px(8.0));
        painter.restore();
        paintSketch(painter, picture, m_sample.sketch);
        painter.setPen(QPen(theme().c(Token::Line1), 1));
        painter.drawLine(picture.bottomLeft(), picture.bottomRight());
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().c(underMouse() ? Token::Line3 : Token::Line2), 1));
        painter.drawRoundedRect(frame, theme().px(8.0), theme().px(8.0));
        const auto wide = width() - theme().px(24.0);
        painter.setFont(theme().font(TextRole::Control));
        painter.setPen(theme().c(Token::T1));
        painter.drawText(QRectF(theme().px(12.0), picture.bottom() + theme().px(9.0), wide, theme().px(18.0)),
            Qt::AlignVCenter, m_sample.title);
        painter.setFont(theme().font(TextRole::Caption));
        painter.setPen(theme().c(Token::T2));
        painter.drawText(
            QRectF(theme().px(12.0), picture.bottom() + theme().px(27.0), wide, theme().px(16.0)),
            Qt::AlignVCenter,
            painter.fontMetrics().elidedText(m_sample.detail, Qt::ElideRight, static_cast<int>(wide)));
        if (hasFocus())
            kit::paintFocus(painter, rect(), theme().px(8.0));
    }

private:
    SampleInfo m_sample;
};

QString firstSentence(const QString& file)
{
    QFile readme(file);
    if (!readme.open(QIODevice::ReadOnly | QIODevice::Text))
        return {};
    while (!readme.atEnd()) {
        const auto line = QString::fromUtf8(readme.readLine()).trimmed();
        if (!line.isEmpty() && !line.startsWith(u'#') && !line.startsWith(u'!'))
            return line.section(u". "_s, 0, 0).remove(u'`');
    }
    return {};
}

QString listed(const ChamberSketch& sketch)
{
    QStringList parts;
    if (sketch.api > 0)
        parts.append(StartPage::tr("%n API(s)", nullptr, sketch.api));
    if (sketch.fn > 0)
        parts.append(StartPage::tr("%n function(s)", nullptr, sketch.fn));
    if (sketch.tbl > 0)
        parts.append(StartPage::tr("%n table(s)", nullptr, sketch.tbl));
    if (sketch.sto > 0)
        parts.append(StartPage::tr("%n bucket(s)", nullptr, sketch.sto));
    if (sketch.cdn > 0)
        parts.append(StartPage::tr("CDN"));
    return parts.join(u", "_s);
}

}

QList<SampleInfo> readSamples()
{
    QList<SampleInfo> found;
    for (const auto& name : core::project::sampleNames()) {
        SampleInfo sample;
        sample.name = QString::fromStdString(name);
        const auto folder = QString::fromStdString(core::project::sampleFolder(name).string());
        sample.title = QString(sample.name).replace(u'-', u' ');
        sample.title[0] = sample.title[0].toUpper();
        sample.sketch = sketchOfTemplate(folder + u"/template.yaml"_s);
        sample.detail = listed(sample.sketch);
        if (sample.detail.isEmpty())
            sample.detail = firstSentence(folder + u"/README.md"_s);
        found.append(sample);
    }
    return found;
}

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(u"startPage"_s);
    setProperty("pane", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBand());
    column->addWidget(kit::hline());
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto* body = new QWidget;
    body->setProperty("pane", u"panel"_s);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(40, 24, 40, 32);
    row->setSpacing(36);
    row->addWidget(buildStarts(), 38);
    m_right = new QHBoxLayout;
    m_right->setSpacing(36);
    m_right->addWidget(buildSamples(), 53);
    m_right->addWidget(buildNotes(), 31);
    row->addLayout(m_right, 84);
    scroll->setWidget(body);
    column->addWidget(scroll, 1);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Start"));
    showIdle();
}

// Below 1180 px the notes go under the samples.
void StartPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool wide = width() >= theme().px(1180);
    m_right->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_right->setStretch(0, wide ? 53 : 0);
    m_right->setStretch(1, wide ? 31 : 1);
    m_right->itemAt(1)->widget()->layout()->setContentsMargins(0, wide ? 28 : 0, 0, 0);
}

QWidget* StartPage::buildBand()
{
    auto* band = new TracksBand;
    band->setFixedHeight(theme().px(150));
    auto* column = new QVBoxLayout(band);
    column->setContentsMargins(40, 0, 40, 0);
    column->setSpacing(4);
    column->addStretch(1);
    column->addWidget(kit::label(tr("Cloud Chamber"), u"display"_s));
    column->addWidget(kit::label(tr("Build a small cloud on this computer."), u"lead"_s));
    column->addWidget(kit::label(tr("Every request leaves a track you can follow."), u"lead"_s));
    column->addStretch(1);
    return band;
}

QWidget* StartPage::buildStarts()
{
    auto* made = new QWidget;
    made->setMinimumWidth(theme().px(320));
    auto* column = new QVBoxLayout(made);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* fresh = new StartButton(
        u"plus"_s, tr("New chamber"), tr("An empty cloud in a folder of its own"), tr("Ctrl+N"), true);
    fresh->setObjectName(u"newChamber"_s);
    auto* open = new StartButton(
        u"folder"_s, tr("Open folder"), tr("A chamber is a folder of its own"), tr("Ctrl+O"), false);
    open->setObjectName(u"openFolder"_s);
    connect(fresh, &QAbstractButton::clicked, this, &StartPage::newRequested);
    connect(open, &QAbstractButton::clicked, this, &StartPage::openRequested);
    column->addWidget(fresh);
    column->addWidget(open);
    column->addSpacing(4);
    column->addWidget(buildOpening());
    column->addSpacing(12);
    m_recentsTitle = kit::label(tr("Recent"), u"title"_s);
    column->addWidget(m_recentsTitle);
    column->addSpacing(4);
    m_recents = new QVBoxLayout;
    m_recents->setSpacing(0);
    column->addLayout(m_recents);
    column->addStretch(1);
    return made;
}

QWidget* StartPage::buildOpening()
{
    m_opening = new QFrame;
    m_opening->setProperty("role", u"card"_s);
    m_opening->setObjectName(u"opening"_s);
    auto* row = new QHBoxLayout(m_opening);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(new kit::BusyRing);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    m_openingTitle = kit::label({}, u"title"_s);
    m_openingNow = kit::label({}, u"caption"_s);
    m_openingNow->setWordWrap(true);
    words->addWidget(m_openingTitle);
    words->addWidget(m_openingNow);
    row->addLayout(words, 1);
    auto* cancel = kit::button(tr("Cancel"), kit::ButtonRole::Quiet, {}, true);
    cancel->setObjectName(u"cancelOpening"_s);
    connect(cancel, &QPushButton::clicked, this, &StartPage::cancelRequested);
    row->addWidget(cancel);
    m_error = new kit::ErrorCard;
    m_error->setObjectName(u"openingError"_s);
    m_error->addAction(tr("Try again"), [this] { Q_EMIT retryRequested(); });
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_opening);
    column->addWidget(m_error);
    return holder;
}

QWidget* StartPage::buildSamples()
{
    auto* made = new QWidget;
    auto* column = new QVBoxLayout(made);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    m_samplesTitle = kit::label(tr("Samples"), u"title"_s);
    m_samplesTitle->hide();
    column->addWidget(m_samplesTitle);
    m_samples = new QGridLayout;
    m_samples->setSpacing(14);
    column->addLayout(m_samples);
    column->addStretch(1);
    return made;
}

QWidget* StartPage::buildNotes()
{
    auto* made = new QWidget;
    auto* column = new QVBoxLayout(made);
    column->setContentsMargins(0, 28, 0, 0);
    column->setSpacing(12);
    const auto card = [column](const QString& iconName, kit::Tone tone, const QString& title,
                          const QString& text, bool mono, QWidget* action) {
        auto* frame = new QFrame;
        frame->setProperty("role", u"card"_s);
        auto* inner = new QVBoxLayout(frame);
        inner->setContentsMargins(14, 12, 14, 12);
        inner->setSpacing(6);
        auto* head = new QHBoxLayout;
        head->setSpacing(8);
        head->addWidget(new kit::IconLabel(iconName, tone, 14));
        head->addWidget(kit::label(title, u"title"_s), 1);
        if (action)
            head->addWidget(action);
        inner->addLayout(head);
        auto* words = kit::label(text, mono ? u"number"_s : u"secondary"_s);
        words->setWordWrap(!mono);
        if (mono)
            words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        inner->addWidget(words);
        column->addWidget(frame);
        return words;
    };
    m_stays = card(u"check"_s, kit::Hue::Ok, tr("Everything stays here"),
        tr("No account, no container engine, no network. A chamber is a folder on this computer."), false,
        nullptr);
    auto* copy = kit::iconButton(u"copy"_s, tr("Copy endpoint settings"));
    connect(copy, &QToolButton::clicked, this, &StartPage::copyRequested);
    m_endpoint = card(u"term"_s, Token::T2, tr("Use your own tools"), {}, true, copy);
    m_endpoint->setObjectName(u"startEndpoint"_s);
    column->addStretch(1);
    return made;
}

void StartPage::setRuntimes(const QString& runtimes)
{
    if (!runtimes.isEmpty())
        m_stays->setText(
            tr("No account, no container engine, no network. Found on this computer: %1.").arg(runtimes));
}

void StartPage::setEndpoint(const QString& endpoint)
{
    m_endpoint->setText(u"AWS_ENDPOINT_URL="_s + endpoint);
}

void StartPage::setRecents(const QList<RecentChamber>& recents)
{
    while (auto* item = m_recents->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_recentsTitle->setVisible(!recents.isEmpty());
    for (const auto& each : recents) {
        auto* row = new RecentRow(each);
        connect(row, &QAbstractButton::clicked, this,
            [this, folder = each.folder] { Q_EMIT recentChosen(folder); });
        m_recents->addWidget(row);
    }
}

void StartPage::setSamples(const QList<SampleInfo>& samples)
{
    while (auto* item = m_samples->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_samplesTitle->setVisible(!samples.isEmpty());
    for (int i = 0; i < static_cast<int>(samples.size()); ++i) {
        auto* card = new SampleCard(samples[i]);
        connect(card, &QAbstractButton::clicked, this,
            [this, name = samples[i].name] { Q_EMIT sampleChosen(name); });
        m_samples->addWidget(card, i / 2, i % 2);
    }
    m_samples->setColumnStretch(0, 1);
    m_samples->setColumnStretch(1, 1);
}

void StartPage::showOpening(const QString& name)
{
    m_openingTitle->setText(tr("Opening %1").arg(name));
    m_openingNow->clear();
    m_opening->show();
    m_error->hide();
}

void StartPage::showProgress(const QString& whatHappensNow)
{
    m_openingNow->setText(whatHappensNow);
}

void StartPage::showError(const QString& code, const QString& message)
{
    m_opening->hide();
    m_error->setError({core::ErrorKind::Internal, code.toStdString(), message.toStdString()});
    m_error->show();
}

void StartPage::showIdle()
{
    m_opening->hide();
    m_error->hide();
}

}
