#include "ui/api/reference_view.h"

#include "ui/api/definition_forms.h"
#include "ui/bridge/engine_client.h"
#include "ui/kit/controls.h"
#include "ui/kit/theme.h"

#include <nlohmann/json.hpp>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QSaveFile>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextBrowser>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;
using core::Result;
using kit::Hue;
using kit::Token;

namespace {

Result<QString> fetchReference(core::aws::Caller& caller, const std::string& region, const QString& apiId,
    const QString& stage, const char* form)
{
    nlohmann::json input{{"restApiId", apiId.toStdString()}, {"form", form}};
    if (!stage.isEmpty())
        input["stage"] = stage.toStdString();
    core::aws::CallOptions options;
    options.region = region;
    options.quiet = true;
    CORE_TRY(const auto reply, caller.call("apigateway", "GetApiReference", input, options));
    return QString::fromStdString(reply.body);
}

Result<> writeFile(const QString& file, const QByteArray& bytes)
{
    QSaveFile target(file);
    if (target.open(QIODevice::WriteOnly) && target.write(bytes) == bytes.size() && target.commit())
        return {};
    return core::fail(
        core::ErrorKind::Io, "NotWritten", u"%1: %2"_s.arg(file, target.errorString()).toStdString());
}

}

ReferenceView::ReferenceView(bridge::EngineClient& engine, QWidget* parent)
    : QWidget(parent)
    , m_engine(engine)
{
    setObjectName(u"apiReference"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(kit::hline());
    m_browser = new QTextBrowser;
    m_browser->setObjectName(u"apiReferenceText"_s);
    m_browser->setAccessibleName(tr("Reference"));
    m_browser->setFrameShape(QFrame::NoFrame);
    m_browser->setOpenLinks(false);
    m_browser->document()->setDocumentMargin(kit::theme().px(24));
    layout->addWidget(m_browser, 1);
    connect(m_browser, &QTextBrowser::anchorClicked, this,
        [this](const QUrl& url) { m_browser->scrollToAnchor(url.fragment()); });
    connect(&kit::theme(), &kit::Theme::changed, this, [this] { showText(m_html); });
}

QWidget* ReferenceView::buildBar()
{
    auto* bar = new QWidget;
    bar->setProperty("pane", u"panel"_s);
    bar->setAttribute(Qt::WA_StyledBackground);
    bar->setFixedHeight(kit::theme().px(40));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 0, 8, 0);
    layout->setSpacing(8);
    m_stage = new QComboBox;
    m_stage->setObjectName(u"apiReferenceStage"_s);
    m_stage->setAccessibleName(tr("What the reference is about"));
    m_copy = kit::iconButton(u"link"_s, tr("Copy link"));
    m_copy->setObjectName(u"apiReferenceCopy"_s);
    m_save = kit::iconButton(u"dl"_s, tr("Save as HTML…"));
    m_save->setObjectName(u"apiReferenceSave"_s);
    layout->addWidget(kit::label(tr("Reference"), u"title"_s));
    layout->addWidget(m_stage);
    layout->addStretch();
    layout->addWidget(m_copy);
    layout->addWidget(m_save);
    connect(m_stage, &QComboBox::activated, this, &ReferenceView::reload);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(link());
        Q_EMIT copied();
    });
    connect(m_save, &QToolButton::clicked, this, &ReferenceView::save);
    return bar;
}

void ReferenceView::setApi(const QString& apiId, const QString& name, const QStringList& stages)
{
    const auto before = stage();
    const bool same = apiId == m_apiId;
    m_apiId = apiId;
    m_name = name;
    {
        const QSignalBlocker blocker(m_stage);
        m_stage->clear();
        m_stage->addItem(tr("As it is edited"), QString());
        for (const auto& each : stages)
            m_stage->addItem(each, each);
        const int kept = same ? m_stage->findData(before) : -1;
        m_stage->setCurrentIndex(kept >= 0 ? kept : stages.isEmpty() || same ? 0 : 1);
    }
    m_stale = true;
    if (isVisible())
        reload();
}

QString ReferenceView::stage() const
{
    return m_stage->currentData().toString();
}

QString ReferenceView::link() const
{
    const auto page = u"%1/_chamber/apigateway/restapis/%2/reference"_s.arg(m_engine.endpoint(), m_apiId);
    return stage().isEmpty() ? page
                             : page + u"?stage="_s + QString::fromUtf8(QUrl::toPercentEncoding(stage()));
}

void ReferenceView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        reload();
}

void ReferenceView::reload()
{
    m_stale = false;
    if (m_apiId.isEmpty())
        return;
    const auto generation = ++m_generation;
    m_engine.run(
        this,
        [&caller = m_engine.engine().caller, region = m_engine.engine().region, id = m_apiId,
            name = stage()] { return fetchReference(caller, region, id, name, "text"); },
        [this, generation](const Result<QString>& html) {
            if (generation != m_generation)
                return;
            if (html)
                showText(*html);
            else
                Q_EMIT failed(html.error());
        });
}

void ReferenceView::showText(const QString& html)
{
    const int place = m_browser->verticalScrollBar()->value();
    m_html = html;
    m_browser->document()->setDefaultStyleSheet(styleSheetOfText());
    m_browser->setHtml(html);
    m_browser->verticalScrollBar()->setValue(place);
}

QString ReferenceView::styleSheetOfText() const
{
    const auto& theme = kit::theme();
    const auto rule = [](const QString& selector, const QString& style) {
        return selector + u'{' + style + u'}';
    };
    const auto colour = [](const QColor& value) { return u"color:"_s + value.name() + u';'; };
    const auto mono = u"font-family:'%1';"_s.arg(theme.font(kit::TextRole::Value).family());
    QString css = rule(u"body"_s, colour(theme.c(Token::T1)) + u"font-size:%1px;"_s.arg(theme.px(13)))
        + rule(u"h1"_s, u"font-size:%1px;font-weight:600;"_s.arg(theme.px(26)))
        + rule(
            u"h2"_s, u"font-size:%1px;font-weight:600;margin-top:%2px;"_s.arg(theme.px(18)).arg(theme.px(28)))
        + rule(
            u"h3"_s, u"font-size:%1px;font-weight:600;margin-top:%2px;"_s.arg(theme.px(13)).arg(theme.px(20)))
        + rule(u"h4"_s, colour(theme.c(Token::T2)) + u"font-size:%1px;font-weight:600;"_s.arg(theme.px(12)))
        + rule(u"code"_s, mono) + rule(u".prose"_s, colour(theme.c(Token::T2)))
        + rule(u".meta"_s, colour(theme.c(Token::T2))) + rule(u".access"_s, colour(theme.c(Token::T2)))
        + rule(u".label"_s, colour(theme.c(Token::T3))) + rule(u".note"_s, colour(theme.c(Token::T3)))
        + rule(u".required"_s, colour(theme.text(Hue::Warn))) + rule(u".type"_s, colour(theme.text(Hue::Api)))
        + rule(u"a"_s, colour(theme.c(Token::Focus)) + u"text-decoration:none;"_s)
        + rule(u"th"_s, colour(theme.c(Token::T3)) + u"text-align:left;font-weight:500;"_s)
        + rule(u"pre"_s,
            mono + u"background-color:%1;white-space:pre-wrap;"_s.arg(theme.c(Token::Raised).name()));
    for (const auto& method :
        {u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"OPTIONS"_s, u"HEAD"_s, u"ANY"_s})
        css += rule(u'.' + method.toLower(),
            mono
                + u"font-size:%1px;font-weight:700;background-color:%2;"_s.arg(theme.px(10))
                      .arg(theme.methodTint(method).name())
                + colour(theme.methodText(method)));
    const std::pair<const char16_t*, Hue> statuses[] = {
        {u".s2", Hue::Ok}, {u".s3", Hue::Info}, {u".s4", Hue::Warn}, {u".s5", Hue::Err}};
    for (const auto& [selector, hue] : statuses)
        css += rule(QString::fromUtf16(selector), mono + u"font-weight:600;"_s + colour(theme.text(hue)));
    return css;
}

void ReferenceView::save()
{
    const auto suggestion =
        DefinitionExport{}.fileName(m_name).replace(u"-oas30.json"_s, u"-reference.html"_s);
    askSaveFile(window(), tr("Save the reference"), suggestion,
        [this, id = m_apiId, name = stage()](const QString& file) {
            m_engine.run(
                this,
                [&caller = m_engine.engine().caller, region = m_engine.engine().region, id, name,
                    file]() -> Result<> {
                    CORE_TRY(const auto html, fetchReference(caller, region, id, name, "page"));
                    return writeFile(file, html.toUtf8());
                },
                [this, file](const Result<>& written) {
                    if (written)
                        Q_EMIT saved(file);
                    else
                        Q_EMIT failed(written.error());
                });
        });
}

}
