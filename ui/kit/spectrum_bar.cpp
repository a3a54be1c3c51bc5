#include "ui/kit/spectrum_bar.h"

#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>

namespace ui::kit {

SpectrumBar::SpectrumBar(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize SpectrumBar::sizeHint() const
{
    return {theme().px(120), theme().px(58)};
}

void SpectrumBar::setSpectrum(const Spectrum& spectrum)
{
    m_spectrum = spectrum;
    setVisible(!spectrum.parts.isEmpty());
    QStringList words;
    double sum = 0;
    for (const auto& part : spectrum.parts)
        sum += part.share;
    for (const auto& part : spectrum.parts)
        words.append(tr("%1 %2 %").arg(nameOf(part)).arg(part.share * 100 / sum, 0, 'f', 0));
    setAccessibleName(tr("Time by service"));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setToolTip(words.join(u'\n'));
    update();
}

void SpectrumBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto left = theme().px(12.0);
    painter.setFont(theme().font(TextRole::Caption));
    painter.setPen(theme().c(Token::T2));
    painter.drawText(
        QRectF(left, theme().px(6.0), width(), theme().px(14.0)), Qt::AlignVCenter, accessibleName());
    paintSpectrum(painter, QRectF(left, theme().px(24.0), width() - 2 * left, theme().px(6.0)), m_spectrum);
    painter.setRenderHint(QPainter::Antialiasing);
    qreal x = left;
    QStringList named;
    for (const auto& part : m_spectrum.parts) {
        const auto name = nameOf(part);
        if (named.contains(name))
            continue;
        named.append(name);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().fill(part.cold ? Hue::Cold : part.hue));
        painter.drawEllipse(QRectF(x, theme().px(41.0), theme().px(6.0), theme().px(6.0)));
        painter.setPen(theme().c(Token::T2));
        const auto width = painter.fontMetrics().horizontalAdvance(name);
        painter.drawText(QRectF(x + theme().px(10.0), theme().px(35.0), width + 2, theme().px(18.0)),
            Qt::AlignVCenter, name);
        x += theme().px(10.0) + width + theme().px(12.0);
    }
}

}
