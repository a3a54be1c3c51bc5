#pragma once

#include <QProxyStyle>

namespace ui::kit {

// Fusion, with the marks that the style sheet cannot reach (tabs' close buttons, fields' clear buttons) drawn
// by the workbench's icons and sized by its scale. The application owns it; UI thread only.
class ChamberStyle : public QProxyStyle {
    Q_OBJECT

public:
    ChamberStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
        QStyleHintReturn* data) const override;
    QIcon standardIcon(
        StandardPixmap pixmap, const QStyleOption* option, const QWidget* widget) const override;
};

}
