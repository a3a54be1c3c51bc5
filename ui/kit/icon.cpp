#include "ui/kit/icon.h"

#include "ui/kit/theme.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

const QByteArray& source(const QString& name)
{
    static QHash<QString, QByteArray> sources;
    auto it = sources.find(name);
    if (it == sources.end()) {
        QFile file(u":/icons/"_s + name + u".svg"_s);
        if (!file.open(QIODevice::ReadOnly))
            qWarning("no icon named %s", qPrintable(name));
        it = sources.insert(name, file.isOpen() ? file.readAll() : QByteArray());
    }
    return it.value();
}

QPixmap rendered(const QString& name, const QColor& colour, QSize size)
{
    const auto key =
        u"icon/%1/%2/%3x%4"_s.arg(name, colour.name(QColor::HexArgb)).arg(size.width()).arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    auto svg = source(name);
    if (!svg.isEmpty()) {
        QSvgRenderer renderer(svg.replace("currentColor", colour.name().toLatin1()));
        QPainter painter(&pixmap);
        painter.setOpacity(colour.alphaF());
        renderer.render(&painter);
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

// Resolves its colours when it paints, so that a theme switch only needs a repaint.
class ToneEngine : public QIconEngine {
public:
    ToneEngine(QString name, Tone tone, Tone checked)
        : m_name(std::move(name))
        , m_tone(tone)
        , m_checked(checked)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const auto ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, rendered(m_name, colour(mode, state), rect.size() * ratio));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return rendered(m_name, colour(mode, state), size);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return rendered(m_name, colour(mode, state), size);
    }

    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override { return size; }
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override { return {}; }
    bool isNull() override { return false; }
    QIconEngine* clone() const override { return new ToneEngine(m_name, m_tone, m_checked); }

private:
    QColor colour(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled)
            return theme().c(Token::Line3);
        return (state == QIcon::On ? m_checked : m_tone).color();
    }

    QString m_name;
    Tone m_tone;
    Tone m_checked;
};

}

QIcon icon(const QString& name, Tone tone)
{
    return QIcon(new ToneEngine(name, tone, tone));
}

QIcon icon(const QString& name, Tone tone, Tone checked)
{
    return QIcon(new ToneEngine(name, tone, checked));
}

QPixmap iconPixmap(const QString& name, Tone tone, int pixels, qreal devicePixelRatio)
{
    const auto side = static_cast<int>(theme().px(static_cast<qreal>(pixels)) * devicePixelRatio);
    auto pixmap = rendered(name, tone.color(), QSize(side, side));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& colour)
{
    const auto ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(rect, rendered(name, colour, (rect.size() * ratio).toSize()), QRectF());
}

}
