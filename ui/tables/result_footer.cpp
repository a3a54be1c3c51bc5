#include "ui/tables/result_footer.h"

#include "ui/kit/icon.h"
#include "ui/kit/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTabBar>
#include <QVBoxLayout>

namespace ui::tables {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

constexpr CodeFlavour kFlavours[] = {CodeFlavour::Python, CodeFlavour::JavaScript, CodeFlavour::Cli};

// How much of the most that any plan reads.
class PlanBar : public QWidget {
public:
    PlanBar(double share, kit::Hue hue)
        : m_share(share)
        , m_hue(hue)
    {
        setMinimumWidth(theme().px(180));
        setFixedHeight(theme().px(8));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().fill(m_hue));
        painter.drawRoundedRect(
            QRectF(0, 0, std::max(theme().px(4.0), width() * std::clamp(m_share, 0.0, 1.0)), height()),
            theme().px(3.0), theme().px(3.0));
    }

private:
    double m_share;
    kit::Hue m_hue;
};

}

CodeView::CodeView(const QString& endpoint, QWidget* parent)
    : QFrame(parent)
    , m_tabs(new QTabBar)
    , m_code(new code::CodeEditor(code::Language::Python))
{
    setFixedWidth(theme().px(480));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(4, 0, 6, 0);
    m_tabs->setObjectName(u"codeTabs"_s);
    m_tabs->setDrawBase(false);
    for (const auto& each : {tr("Python"), tr("JS v3"), tr("CLI")})
        m_tabs->addTab(each);
    auto* copy = kit::iconButton(u"copy"_s, tr("Copy code"));
    copy->setObjectName(u"copyCode"_s);
    head->addWidget(m_tabs);
    head->addStretch(1);
    head->addWidget(copy);
    column->addLayout(head);
    column->addWidget(kit::hline());
    m_code->setObjectName(u"requestCode"_s);
    m_code->setReadOnly(true);
    m_code->setCompact(false, 20);
    column->addWidget(m_code);
    column->addWidget(kit::hline());
    const auto note = endpoint.isEmpty()
        ? tr("Follows the builder.")
        : tr("Follows the builder. Set AWS_ENDPOINT_URL=%1 to ask this chamber.").arg(endpoint);
    auto* foot = kit::label(note, u"caption"_s);
    foot->setContentsMargins(12, 6, 12, 8);
    foot->setWordWrap(true);
    column->addWidget(foot);
    connect(m_tabs, &QTabBar::currentChanged, this, &CodeView::write);
    connect(copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(text()); });
}

void CodeView::show(const QueryForm& form, const TableSchema& schema)
{
    m_form = form;
    m_schema = schema;
    write();
}

QString CodeView::text() const
{
    const auto code = writeCode(kFlavours[std::clamp(m_tabs->currentIndex(), 0, 2)], m_form, m_schema);
    return code ? *code : u"# "_s + QString::fromStdString(code.error().message);
}

void CodeView::write()
{
    m_code->setLanguage(m_tabs->currentIndex() == 0 ? code::Language::Python
            : m_tabs->currentIndex() == 1           ? code::Language::JavaScript
                                                    : code::Language::Plain);
    m_code->setText(text());
}

ResultFooter::ResultFooter(const QString& endpoint, QWidget* popoverHost, QWidget* parent)
    : QFrame(parent)
    , m_endpoint(endpoint)
    , m_popover(new kit::Popover(popoverHost))
{
    setObjectName(u"resultFooter"_s);
    setProperty("pane", u"panel"_s);
    m_popover->setObjectName(u"footerPopover"_s);
    buildLine();
}

void ResultFooter::buildLine()
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(12, 4, 12, 4);
    line->setSpacing(12);
    setFixedHeight(theme().px(36));
    m_counts = kit::label({}, u"value"_s);
    m_counts->setObjectName(u"resultCounts"_s);
    m_counts->setTextFormat(Qt::RichText);
    m_busy = new kit::BusyRing;
    m_busy->hide();
    m_next = kit::button(tr("Next page"), kit::ButtonRole::Default, {}, true);
    m_next->setObjectName(u"nextPage"_s);
    m_explain = kit::button({}, kit::ButtonRole::Default, {}, true);
    m_explain->setObjectName(u"explainQuery"_s);
    m_staged = kit::label(tr("1 staged edit"), u"caption"_s);
    m_staged->hide();
    m_code = kit::button(tr("Code"), kit::ButtonRole::Default, u"code"_s, true);
    m_code->setObjectName(u"showCode"_s);
    line->addWidget(m_counts);
    line->addWidget(m_busy);
    line->addWidget(m_explain);
    line->addWidget(m_next);
    line->addStretch(1);
    line->addWidget(m_staged);
    line->addWidget(m_code);
    connect(m_next, &QPushButton::clicked, this, &ResultFooter::nextPageRequested);
    connect(m_explain, &QPushButton::clicked, this, &ResultFooter::showExplanation);
    connect(m_code, &QPushButton::clicked, this, &ResultFooter::showCode);
}

void ResultFooter::setRun(
    const QueryForm& form, const TableSchema& schema, const RunStats& stats, bool running, bool started)
{
    m_busy->setVisible(running);
    m_counts->setVisible(started && stats.pages > 0);
    m_explain->setVisible(started && stats.pages > 0);
    m_next->setVisible(started && stats.more);
    m_next->setEnabled(!running);
    if (!started || stats.pages == 0)
        return;
    m_told = explain(form, schema, stats);
    m_schema = schema;
    const auto warn = m_told.good ? QString() : theme().text(kit::Hue::Warn).name();
    const auto number = [&](const QString& text, const QString& unit, bool marked) {
        const auto colour = marked && !warn.isEmpty() ? warn : theme().c(Token::T1).name();
        return u"<span style=\"color:%1;font-weight:600\">%2</span> <span style=\"color:%3\">%4</span>"_s.arg(
            colour, text, theme().c(Token::T2).name(), unit);
    };
    const QStringList parts{number(grouped(stats.returned), tr("returned"), false),
        number(grouped(stats.scanned), tr("scanned"), true),
        number(unitsText(stats.readUnits), tr("RCU"), true),
        number(grouped(stats.pages), stats.pages == 1 ? tr("page") : tr("pages"), false),
        number(QString::number(stats.milliseconds, 'f', stats.milliseconds < 100 ? 1 : 0), tr("ms"), false)};
    m_counts->setText(parts.join(u"&nbsp;&nbsp;&nbsp; "_s));
    m_counts->setAccessibleName(tr("%1 returned, %2 scanned, %3 RCU, %4 pages")
                                    .arg(stats.returned)
                                    .arg(stats.scanned)
                                    .arg(unitsText(stats.readUnits))
                                    .arg(stats.pages));
    m_explain->setText(m_told.badge);
    m_explain->setAccessibleName(m_told.badge);
    m_explain->setIcon(
        kit::icon(m_told.good ? u"check"_s : u"alert"_s, m_told.good ? kit::Hue::Ok : kit::Hue::Warn));
    const auto hue = m_told.good ? kit::Hue::Ok : kit::Hue::Warn;
    m_explain->setStyleSheet(
        u"QPushButton { color: %1; background: %2; border-color: %3; min-height: 18px; font-size: 11px; }"_s
            .arg(theme().text(hue).name(), theme().tint(hue).name(), theme().line(hue).name()));
}

void ResultFooter::setForm(const QueryForm& form, const TableSchema& schema)
{
    m_form = form;
    m_schema = schema;
    if (auto* view = m_popover->findChild<CodeView*>(); view && m_popover->isVisible())
        view->show(form, schema);
}

void ResultFooter::setStaged(bool staged)
{
    m_staged->setVisible(staged);
}

void ResultFooter::showCode()
{
    auto* view = new CodeView(m_endpoint);
    view->show(m_form, m_schema);
    m_popover->setContent(view);
    m_popover->openAt(m_code, true);
}

void ResultFooter::copyCode()
{
    CodeView view(m_endpoint);
    const auto* open = m_popover->isVisible() ? m_popover->findChild<CodeView*>() : nullptr;
    view.show(m_form, m_schema);
    QApplication::clipboard()->setText(open ? open->text() : view.text());
}

QWidget* ResultFooter::explanationPage()
{
    auto* page = new QFrame;
    page->setObjectName(u"explanation"_s);
    page->setFixedWidth(theme().px(500));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(10);
    column->addWidget(kit::label(m_told.title, u"title"_s));
    auto* summary = kit::label(m_told.summary, u"secondary"_s);
    summary->setWordWrap(true);
    column->addWidget(summary);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    int row = 0;
    const auto heads = {tr("Plan"), tr("Items read"), QString(), tr("Capacity")};
    int at = 0;
    for (const auto& each : heads)
        grid->addWidget(kit::label(each, u"caption"_s), row, at++);
    double most = 1;
    for (const auto& plan : m_told.plans)
        most = std::max(most, static_cast<double>(plan.items));
    for (const auto& plan : m_told.plans) {
        ++row;
        const auto hue = plan.estimated || !m_told.good ? kit::Hue::Warn : kit::Hue::Ok;
        grid->addWidget(kit::label(plan.name), row, 0);
        grid->addWidget(new PlanBar(static_cast<double>(plan.items) / most, hue), row, 1, Qt::AlignVCenter);
        grid->addWidget(kit::label(grouped(plan.items), u"number"_s), row, 2, Qt::AlignRight);
        grid->addWidget(
            kit::label(
                (plan.estimated ? u"≈ "_s : QString()) + unitsText(plan.readUnits) + u" RCU"_s, u"number"_s),
            row, 3, Qt::AlignRight);
    }
    grid->setColumnStretch(1, 1);
    column->addLayout(grid);
    for (const auto& note : m_told.notes) {
        auto* line = new QHBoxLayout;
        line->setSpacing(8);
        line->addWidget(new kit::IconLabel(note.good ? u"check"_s : u"info"_s,
                            note.good ? kit::Tone(kit::Hue::Ok) : kit::Tone(Token::T3), 14),
            0, Qt::AlignTop);
        auto* text = kit::label(note.text, u"value"_s);
        text->setWordWrap(true);
        line->addWidget(text, 1);
        column->addLayout(line);
    }
    if (m_told.rewrite) {
        auto* rewrite = kit::button(tr("Rewrite as Query"), kit::ButtonRole::Primary, {}, true);
        rewrite->setObjectName(u"rewriteAsQuery"_s);
        connect(rewrite, &QPushButton::clicked, this, [this, query = *m_told.rewrite] {
            m_popover->close();
            Q_EMIT rewriteRequested(query);
        });
        column->addWidget(rewrite, 0, Qt::AlignRight);
    }
    return page;
}

void ResultFooter::showExplanation()
{
    m_popover->setContent(explanationPage());
    m_popover->openAt(m_explain, true);
}

}
