#include "ui/shell/sketch.h"

#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QFile>
#include <QPainter>
#include <QPainterPath>
#include <QRandomGenerator>
#include <QTextStream>

#include <algorithm>
#include <cmath>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;
using kit::Token;

namespace {

constexpr int kMostInLane = 3;

struct Node {
    QPointF centre;
    Hue hue;
};

QList<QList<Hue>> lanesOf(const ChamberSketch& sketch)
{
    QList<QList<Hue>> lanes{{Hue::Obs}};
    const auto add = [&lanes](std::initializer_list<std::pair<int, Hue>> kinds) {
        QList<Hue> lane;
        for (const auto& [count, hue] : kinds) {
            for (int i = 0; i < count && lane.size() < kMostInLane; ++i)
                lane.append(hue);
        }
        if (!lane.isEmpty())
            lanes.append(lane);
    };
    add({{std::min(sketch.cdn, 1), Hue::Cdn}});
    add({{std::min(sketch.api, 2), Hue::Api}, {sketch.api > 0 ? 0 : std::min(sketch.sto, 1), Hue::Sto}});
    add({{sketch.fn, Hue::Fn}});
    add({{std::min(sketch.tbl, 2), Hue::Tbl}, {sketch.api > 0 ? std::min(sketch.sto, 1) : 0, Hue::Sto}});
    return lanes;
}

}

void paintSketch(QPainter& painter, const QRectF& rect, const ChamberSketch& sketch)
{
    const auto lanes = lanesOf(sketch);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto side = std::clamp(rect.height() / 7, 7.0, theme().px(16.0));
    const auto inset = rect.width() * 0.1;
    const auto step =
        lanes.size() > 1 ? (rect.width() - 2 * inset) / static_cast<double>(lanes.size() - 1) : 0;
    QList<QList<Node>> nodes;
    for (qsizetype i = 0; i < lanes.size(); ++i) {
        QList<Node> lane;
        const auto count = lanes[i].size();
        for (qsizetype j = 0; j < count; ++j) {
            const auto offset =
                (static_cast<double>(j) - static_cast<double>(count - 1) / 2) * rect.height() / 3.6;
            lane.append(
                {QPointF(rect.left() + inset + step * static_cast<double>(i), rect.center().y() + offset),
                    lanes[i][j]});
        }
        nodes.append(lane);
    }
    for (qsizetype i = 1; i < nodes.size(); ++i) {
        int edge = 0;
        for (const auto& to : nodes[i]) {
            for (const auto& from : nodes[i - 1]) {
                if (nodes[i - 1].size() > 1 && nodes[i].size() > 1
                    && std::abs(from.centre.y() - to.centre.y()) > rect.height() / 3)
                    continue;
                QPainterPath path(from.centre + QPointF(side / 2, 0));
                const auto bend = QPointF((to.centre.x() - from.centre.x()) / 2, 0);
                path.cubicTo(from.centre + bend, to.centre - bend, to.centre - QPointF(side / 2, 0));
                auto line = theme().fill(to.hue);
                line.setAlphaF(0.5F);
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(line, theme().px(1.25)));
                painter.drawPath(path);
                const auto head = theme().fill(to.hue);
                const auto at = 0.45 + 0.2 * (edge++ % 3);
                painter.setPen(Qt::NoPen);
                for (int k = 0; k < 4; ++k) {
                    const auto distance = path.length() * at - k * side * 0.26;
                    if (distance < 0)
                        continue;
                    const auto radius = side * (0.17 - 0.03 * k);
                    painter.setBrush(head);
                    painter.drawEllipse(path.pointAtPercent(path.percentAtLength(distance)), radius, radius);
                }
            }
        }
    }
    for (const auto& lane : nodes) {
        for (const auto& node : lane) {
            QRectF box(0, 0, side, side);
            box.moveCenter(node.centre);
            painter.setPen(QPen(theme().fill(node.hue), theme().px(1.4)));
            painter.setBrush(theme().tint(node.hue));
            painter.drawRoundedRect(box, side / 4, side / 4);
        }
    }
    painter.restore();
}

ChamberSketch sketchOfTemplate(const QString& templateFile)
{
    ChamberSketch sketch;
    QFile file(templateFile);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return sketch;
    QTextStream lines(&file);
    while (!lines.atEnd()) {
        const auto line = lines.readLine().trimmed();
        if (!line.startsWith(u"Type: AWS::"_s))
            continue;
        const auto type = line.mid(6);
        sketch.cdn += type == u"AWS::CloudFront::Distribution"_s ? 1 : 0;
        sketch.api += type == u"AWS::Serverless::Api"_s || type == u"AWS::ApiGateway::RestApi"_s ? 1 : 0;
        sketch.fn += type == u"AWS::Serverless::Function"_s || type == u"AWS::Lambda::Function"_s ? 1 : 0;
        sketch.tbl += type == u"AWS::DynamoDB::Table"_s || type == u"AWS::Serverless::SimpleTable"_s ? 1 : 0;
        sketch.sto += type == u"AWS::S3::Bucket"_s ? 1 : 0;
    }
    return sketch;
}

SketchView::SketchView(const ChamberSketch& sketch, QWidget* parent)
    : QWidget(parent)
    , m_sketch(sketch)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&theme(), &kit::Theme::changed, this, qOverload<>(&QWidget::update));
}

void SketchView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintSketch(painter, rect(), m_sketch);
}

TracksBand::TracksBand(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&theme(), &kit::Theme::changed, this, qOverload<>(&QWidget::update));
}

void TracksBand::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme().c(Token::Canvas));
    QRandomGenerator random(4566);
    const auto between = [&random](double low, double high) {
        return low + random.generateDouble() * (high - low);
    };
    const Hue hues[] = {Hue::Obs, Hue::Obs, Hue::Tbl, Hue::Obs, Hue::Cdn, Hue::Sto, Hue::Obs, Hue::Api};
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < 22; ++i) {
        QPainterPath path;
        const QPointF start(width() * between(0.42, 1.0), height() * between(-0.1, 1.1));
        path.moveTo(start);
        if (i % 3 == 0) {
            const auto radius = theme().px(between(30, 90));
            path.arcTo(QRectF(start - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius)),
                between(0, 360), between(120, 300));
        } else {
            const auto angle = between(-0.5, 0.5) + (i % 2 ? 0.0 : 3.14);
            const auto length = theme().px(between(120, 420));
            const QPointF end = start + QPointF(std::cos(angle), std::sin(angle) * 0.6) * length;
            path.quadTo((start + end) / 2 + QPointF(0, theme().px(between(-24, 24))), end);
        }
        auto colour = theme().fill(hues[i % 8]);
        const auto length = path.length();
        for (qreal at = 0; at < length; at += theme().px(between(2.6, 5.2))) {
            const auto point = path.pointAtPercent(path.percentAtLength(at));
            // The band fades out towards the words.
            const auto fade = std::clamp((point.x() / width() - 0.36) / 0.3, 0.0, 1.0);
            colour.setAlphaF(static_cast<float>(fade * between(0.25, 0.85)));
            painter.setBrush(colour);
            const auto radius = theme().px(between(0.5, 1.2));
            painter.drawEllipse(point + QPointF(between(-0.6, 0.6), between(-0.6, 0.6)), radius, radius);
        }
    }
}

}
