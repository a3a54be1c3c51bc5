#include "ui/kit/theme.h"

#include "ui/kit/chamber_style.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QFontDatabase>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPalette>
#include <QRegularExpression>
#include <QWidget>

#include <algorithm>
#include <cmath>
#include <utility>

static void initResources()
{
    Q_INIT_RESOURCE(workbench);
}

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

Theme* s_theme = nullptr;

constexpr double kScales[] = {1.0, 1.1, 1.25, 1.5, 1.75, 2.0};

QByteArray readResource(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString firstInstalled(const QString& family, QFontDatabase::SystemFont otherwise)
{
    return QFontDatabase::hasFamily(family) ? family : QFontDatabase::systemFont(otherwise).family();
}

struct FontSpec {
    bool mono;
    qreal size;
    int weight;
};

FontSpec specOf(TextRole role)
{
    switch (role) {
    case TextRole::Display:
        return {false, 26, 600};
    case TextRole::PageTitle:
        return {false, 18, 600};
    case TextRole::Dialog:
        return {false, 14, 600};
    case TextRole::Title:
        return {false, 13, 600};
    case TextRole::PaneTitle:
        return {false, 12, 600};
    case TextRole::Body:
        return {false, 13, 400};
    case TextRole::Control:
        return {false, 13, 500};
    case TextRole::Secondary:
        return {false, 12, 400};
    case TextRole::Caption:
        return {false, 11, 500};
    case TextRole::RailLabel:
        return {false, 10, 500};
    case TextRole::Code:
        return {true, 12.5, 400};
    case TextRole::CodeSmall:
        return {true, 11.5, 400};
    case TextRole::Value:
        return {true, 12, 400};
    case TextRole::Number:
        return {true, 11, 400};
    case TextRole::MethodBadge:
        return {true, 10, 700};
    case TextRole::TypeBadge:
        return {true, 10, 600};
    case TextRole::BigNumber:
        return {true, 24, 500};
    case TextRole::StatNumber:
        return {true, 15, 500};
    }
    return {false, 13, 400};
}

}

Theme& theme()
{
    Q_ASSERT(s_theme);
    return *s_theme;
}

Theme::Theme(QObject* parent)
    : QObject(parent)
{
    initResources();
    s_theme = this;
    const auto palette = QApplication::palette();
    m_systemDark = m_startedDark =
        palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    m_systemReduces = qEnvironmentVariableIsSet("CHAMBER_REDUCED_MOTION");
    loadTokens();
    loadFonts();
    m_template = QString::fromUtf8(readResource(u":/theme/workbench.qss"_s));
    QApplication::setStyle(new ChamberStyle);
    watchSystem();
    m_dark = systemIsDark();
    apply();
}

Theme::~Theme()
{
    s_theme = nullptr;
}

void Theme::loadTokens()
{
    const auto themes = QJsonDocument::fromJson(readResource(u":/theme/tokens.json"_s)).object();
    for (int dark : {0, 1}) {
        const auto tokens = themes.value(dark ? u"dark"_s : u"light"_s).toObject();
        for (auto it = tokens.begin(); it != tokens.end(); ++it)
            m_colours[dark].insert(it.key(), QColor(it.value().toString()));
        auto& strong = m_colours[2 + dark];
        strong = m_colours[dark];
        strong[u"line1"_s] = strong[u"line2"_s] = strong[u"line3"_s];
        strong[u"t3"_s] = strong[u"t2"_s];
    }
}

void Theme::loadFonts()
{
    if (!QFontDatabase::hasFamily(u"Inter"_s) || !QFontDatabase::hasFamily(u"JetBrains Mono"_s)) {
        QDirIterator files(u"/usr/share/fonts"_s,
            {u"Inter-*.otf"_s, u"Inter-*.ttf"_s, u"JetBrainsMono-*.ttf"_s}, QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext())
            QFontDatabase::addApplicationFont(files.next());
    }
    m_sans = firstInstalled(u"Inter"_s, QFontDatabase::GeneralFont);
    m_mono = firstInstalled(u"JetBrains Mono"_s, QFontDatabase::FixedFont);
}

QColor Theme::c(Token token) const
{
    return colours().value(tokenName(token));
}

QColor Theme::text(Hue hue) const
{
    return colours().value(hueName(hue));
}

QColor Theme::fill(Hue hue) const
{
    return colours().value(hueName(hue) + u"-fill"_s);
}

QColor Theme::tint(Hue hue) const
{
    return colours().value(hueName(hue) + u"-tint"_s);
}

QColor Theme::line(Hue hue) const
{
    return colours().value(hueName(hue) + u"-line"_s);
}

QColor Theme::methodText(const QString& method) const
{
    return colours().value(u"m"_s + method, c(Token::T2));
}

QColor Theme::methodTint(const QString& method) const
{
    return colours().value(u"m"_s + method + u"-tint"_s, colours().value(u"mOPTIONS-tint"_s));
}

int Theme::px(int pixels) const
{
    return static_cast<int>(std::lround(pixels * m_scale));
}

qreal Theme::px(qreal pixels) const
{
    return pixels * m_scale;
}

// Qt blends glyphs without gamma, so that light text on dark looks a weight heavier than it is drawn. 650, in
// the style sheet's large sizes, stays semi-bold in both themes.
int Theme::weight(int designed) const
{
    return m_dark && designed < 700 ? std::max(400, designed - 100) : designed;
}

QFont Theme::font(TextRole role) const
{
    const auto spec = specOf(role);
    QFont font(spec.mono ? m_mono : m_sans);
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(spec.size * m_scale))));
    font.setWeight(
        static_cast<QFont::Weight>(spec.mono || spec.size >= 18 ? spec.weight : weight(spec.weight)));
    if (spec.mono)
        font.setStyleHint(QFont::Monospace);
    return font;
}

Hue Theme::area(const QWidget* widget)
{
    for (; widget; widget = widget->parentWidget()) {
        const auto name = widget->objectName();
        if (!name.startsWith(u"area_"_s))
            continue;
        for (auto hue : {Hue::Api, Hue::Fn, Hue::Tbl, Hue::Sto, Hue::Cdn, Hue::Lrn}) {
            if (name.mid(5) == hueName(hue))
                return hue;
        }
        return Hue::Obs;
    }
    return Hue::Obs;
}

void Theme::setMode(ThemeMode mode)
{
    const bool another = mode != m_mode;
    m_mode = mode;
    const bool dark = mode == ThemeMode::System ? systemIsDark() : mode == ThemeMode::Dark;
    if (dark != m_dark) {
        m_dark = dark;
        apply();
    } else if (another) {
        Q_EMIT changed();
    }
}

void Theme::setHighContrast(bool on)
{
    if (std::exchange(m_highContrast, on) != on)
        apply();
}

void Theme::setMotion(Motion motion)
{
    if (std::exchange(m_motion, motion) != motion)
        Q_EMIT changed();
}

void Theme::cycleMode()
{
    setMode(m_mode == ThemeMode::System ? ThemeMode::Dark
            : m_mode == ThemeMode::Dark ? ThemeMode::Light
                                        : ThemeMode::System);
}

void Theme::setScale(double scale)
{
    scale = std::clamp(scale, 1.0, 2.0);
    if (std::abs(scale - m_scale) < 0.001)
        return;
    m_scale = scale;
    apply();
}

void Theme::stepScale(int steps)
{
    int nearest = 0;
    for (int i = 0; i < 6; ++i) {
        if (std::abs(kScales[i] - m_scale) < std::abs(kScales[nearest] - m_scale))
            nearest = i;
    }
    setScale(kScales[std::clamp(nearest + steps, 0, 5)]);
}

QString Theme::styleSheet() const
{
    static const QString kAreas = u"%area%"_s;
    QString sheet;
    for (const auto& line : m_template.split(u'\n')) {
        if (line.startsWith(u"/*"_s))
            continue;
        if (!line.contains(kAreas)) {
            sheet += line + u'\n';
            continue;
        }
        for (auto hue : {Hue::Api, Hue::Fn, Hue::Tbl, Hue::Sto, Hue::Cdn, Hue::Lrn, Hue::Obs})
            sheet += QString(line).replace(kAreas, hueName(hue)) + u'\n';
    }
    sheet.replace(u"@theme@"_s, m_dark ? u"dark"_s : u"light"_s);
    for (int designed : {500, 600})
        sheet.replace(u"font-weight: %1"_s.arg(designed), u"font-weight: %1"_s.arg(weight(designed)));
    sheet.replace(u"@sans@"_s, m_sans).replace(u"@mono@"_s, m_mono);
    static const QRegularExpression kToken(u"@([A-Za-z0-9-]+)@|\\b([0-9]+)px"_s);
    QString filled;
    qsizetype from = 0;
    for (auto it = kToken.globalMatch(sheet); it.hasNext();) {
        const auto match = it.next();
        filled += QStringView(sheet).mid(from, match.capturedStart() - from);
        filled += match.hasCaptured(1) && !match.captured(1).isEmpty()
            ? colours().value(match.captured(1)).name()
            : QString::number(px(match.captured(2).toInt())) + u"px"_s;
        from = match.capturedEnd();
    }
    filled += QStringView(sheet).mid(from);
    return filled;
}

void Theme::apply()
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) { palette.setColor(role, c(token)); };
    set(QPalette::Window, Token::Chrome);
    set(QPalette::Base, Token::Panel);
    set(QPalette::AlternateBase, Token::Panel);
    set(QPalette::Button, Token::Raised);
    set(QPalette::Text, Token::T1);
    set(QPalette::WindowText, Token::T1);
    set(QPalette::ButtonText, Token::T1);
    set(QPalette::PlaceholderText, Token::T3);
    set(QPalette::Highlight, Token::Focus);
    set(QPalette::HighlightedText, Token::Inv);
    set(QPalette::ToolTipBase, Token::Raised);
    set(QPalette::ToolTipText, Token::T1);
    set(QPalette::Link, Token::Focus);
    palette.setColor(QPalette::Disabled, QPalette::Text, c(Token::T3));
    palette.setColor(QPalette::Disabled, QPalette::WindowText, c(Token::T3));
    palette.setColor(QPalette::Disabled, QPalette::ButtonText, c(Token::T3));
    QApplication::setPalette(palette);
    QApplication::setFont(font(TextRole::Body));
    qApp->setStyleSheet(styleSheet());
    Q_EMIT changed();
}

}
