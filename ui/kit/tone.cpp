#include "ui/kit/tone.h"

#include "ui/kit/theme.h"

namespace ui::kit {

using namespace Qt::StringLiterals;

QColor Tone::color() const
{
    return m_isHue ? theme().text(static_cast<Hue>(m_value)) : theme().c(static_cast<Token>(m_value));
}

QString tokenName(Token token)
{
    static constexpr const char* kNames[] = {"chrome", "panel", "raised", "hover", "canvas", "field", "line1",
        "line2", "line3", "t1", "t2", "t3", "inv", "ink", "focus", "sel", "railon", "land", "landline", "sKw",
        "sStr", "sNum", "sCom", "sFn", "sBi", "sKey"};
    return QString::fromLatin1(kNames[static_cast<int>(token)]);
}

QString hueName(Hue hue)
{
    static constexpr const char* kNames[] = {
        "api", "fn", "tbl", "sto", "cdn", "lrn", "obs", "ok", "info", "warn", "err", "cold"};
    return QString::fromLatin1(kNames[static_cast<int>(hue)]);
}

Hue hueOfService(const QString& service)
{
    static const QHash<QString, Hue> kHues{{u"apigateway"_s, Hue::Api}, {u"api"_s, Hue::Api},
        {u"lambda"_s, Hue::Fn}, {u"dynamodb"_s, Hue::Tbl}, {u"s3"_s, Hue::Sto}, {u"cdn"_s, Hue::Cdn},
        {u"cloudfront"_s, Hue::Cdn}};
    return kHues.value(service, Hue::Obs);
}

QString iconOfService(const QString& service)
{
    if (service == u"logs"_s)
        return u"txt"_s;
    if (service == u"client"_s)
        return u"user"_s;
    const auto hue = hueOfService(service);
    return hue == Hue::Obs ? u"tracks"_s : hueName(hue);
}

Hue hueOfStatus(int status)
{
    switch (status / 100) {
    case 1:
    case 2:
        return Hue::Ok;
    case 3:
        return Hue::Info;
    case 4:
        return Hue::Warn;
    case 5:
        return Hue::Err;
    default:
        return Hue::Obs;
    }
}

Hue hueOfType(const QString& type)
{
    static const QHash<QString, Hue> kHues{{u"S"_s, Hue::Ok}, {u"N"_s, Hue::Info}, {u"B"_s, Hue::Obs},
        {u"BOOL"_s, Hue::Warn}, {u"M"_s, Hue::Api}, {u"L"_s, Hue::Cdn}, {u"SS"_s, Hue::Lrn},
        {u"NS"_s, Hue::Lrn}, {u"BS"_s, Hue::Lrn}};
    return kHues.value(type, Hue::Obs);
}

}
