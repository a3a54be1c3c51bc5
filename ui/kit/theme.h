#pragma once

#include "ui/kit/tone.h"

#include <QFont>
#include <QHash>
#include <QObject>

class QWidget;

namespace ui::kit {

enum class ThemeMode { System, Dark, Light };
enum class Motion { System, Reduced, Full };

// What a text is, not how it looks (DESIGN-SYSTEM §3).
enum class TextRole {
    Display, // 26/600
    PageTitle, // 18/600
    Dialog, // 14/600
    Title, // 13/600
    PaneTitle, // 12/600
    Body, // 13
    Control, // 13/500
    Secondary, // 12
    Caption, // 11/500
    RailLabel, // 10/500
    Code, // mono 12.5
    CodeSmall, // mono 11.5
    Value, // mono 12: values in cells
    Number, // mono 11: numbers and times in columns
    MethodBadge, // mono 10/700
    TypeBadge, // mono 10/600
    BigNumber, // mono 24/500
    StatNumber, // mono 15/500
};

// Colours, fonts and sizes of the workbench, for everything that is painted. One object, made by the program
// after QApplication and found through theme(); UI thread only. It sets the application's palette and style
// sheet.
//
//   painter.fillRect(rect, theme().c(Token::Panel));
//   painter.setPen(theme().text(Hue::Fn));
//   painter.setFont(theme().font(TextRole::Value));
//   setFixedHeight(theme().px(40));           // pixels at scale 1, times the interface scale
//   connect(&theme(), &Theme::changed, this, …);  // colours, mode or scale have changed
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);
    ~Theme() override;

    QColor c(Token token) const;
    QColor text(Hue hue) const; // at least 4.5:1 on panel and on its tint
    QColor fill(Hue hue) const; // bars, lines, dots
    QColor tint(Hue hue) const; // badge and selected backgrounds
    QColor line(Hue hue) const; // borders of badges
    QColor methodText(const QString& method) const;
    QColor methodTint(const QString& method) const;

    int px(int pixels) const;
    qreal px(qreal pixels) const;
    QFont font(TextRole role) const;
    // The hue of the area that a widget is in: from its ancestor named area_api, …
    static Hue area(const QWidget* widget);

    bool isDark() const { return m_dark; }
    ThemeMode mode() const { return m_mode; }
    void setMode(ThemeMode mode);
    void cycleMode(); // system → dark → light
    double scale() const { return m_scale; }
    void setScale(double scale); // 1 to 2
    void stepScale(int steps); // along 100, 110, 125, 150, 175, 200 %
    // Lines as strong as the borders of dialogs, captions as strong as secondary text (DESIGN-SYSTEM §10).
    bool highContrast() const { return m_highContrast; }
    void setHighContrast(bool on);
    bool reducedMotion() const
    {
        return m_motion == Motion::System ? m_systemReduces : m_motion == Motion::Reduced;
    }
    Motion motion() const { return m_motion; }
    void setMotion(Motion motion);

    QString styleSheet() const; // filled from the template

Q_SIGNALS:
    void changed();

private:
    void loadTokens();
    void loadFonts();
    bool systemIsDark() const { return m_systemDark; }
    void watchSystem();
    void readSystem();
    void apply();
    int weight(int designed) const;

private Q_SLOTS:
    void systemSettingChanged(const QString& group, const QString& key);

private:
    const QHash<QString, QColor>& colours() const
    {
        return m_colours[(m_highContrast ? 2 : 0) + (m_dark ? 1 : 0)];
    }

    QHash<QString, QColor> m_colours[4]; // light, dark; both again in high contrast
    QString m_sans;
    QString m_mono;
    QString m_template;
    ThemeMode m_mode = ThemeMode::System;
    bool m_dark = true;
    bool m_systemDark = true;
    bool m_startedDark = true;
    bool m_systemReduces = false;
    bool m_highContrast = false;
    Motion m_motion = Motion::System;
    double m_scale = 1;
};

// The application's theme; the Theme object must exist.
Theme& theme();

}
