#include "ui/kit/roles.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace ui::kit {

namespace {

class Spoken {
    Q_DECLARE_TR_FUNCTIONS(ui::kit::Spoken)
};

}

QString nameOf(const SpectrumPart& part)
{
    if (part.cold)
        return Spoken::tr("Cold start");
    switch (part.hue) {
    case Hue::Api:
        return Spoken::tr("API");
    case Hue::Fn:
        return Spoken::tr("Function");
    case Hue::Tbl:
        return Spoken::tr("Tables");
    case Hue::Sto:
        return Spoken::tr("Storage");
    case Hue::Cdn:
        return Spoken::tr("CDN");
    default:
        return Spoken::tr("Other");
    }
}

QString spoken(const Spectrum& spectrum)
{
    double sum = 0;
    for (const auto& part : spectrum.parts)
        sum += part.share;
    QStringList words;
    for (const auto& part : spectrum.parts) {
        if (sum > 0)
            words.append(Spoken::tr("%1 %2 %").arg(nameOf(part)).arg(std::lround(part.share / sum * 100)));
    }
    return words.join(QStringLiteral(", "));
}

QString spoken(const TypedCell& cell)
{
    if (cell.type.isEmpty())
        return Spoken::tr("no such attribute");
    const auto words = Spoken::tr("%1, %2").arg(cell.text, cell.type);
    return cell.staged ? Spoken::tr("%1, changed here").arg(words) : words;
}

QVariant spokenCell(const std::function<QVariant(int role)>& data)
{
    if (const auto text = data(Qt::DisplayRole); !text.toString().isEmpty())
        return text;
    if (const auto spectrum = data(SpectrumRole); spectrum.isValid())
        return spoken(spectrum.value<Spectrum>());
    if (const auto age = data(AgeRole); age.isValid())
        return age.value<Age>().text;
    if (const auto cell = data(TypeRole); cell.isValid() && cell.canConvert<TypedCell>())
        return spoken(cell.value<TypedCell>());
    return {};
}

}
