#include "ui/shell/window_settings.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>

namespace ui::shell {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostRecents = 8;

QString chamberGroup(const QString& folder)
{
    const auto hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    return u"chambers/"_s + QString::fromLatin1(hash);
}

}

QByteArray WindowSettings::geometry() const
{
    return m_settings.value(u"window/geometry"_s).toByteArray();
}

void WindowSettings::setGeometry(const QByteArray& geometry)
{
    m_settings.setValue(u"window/geometry"_s, geometry);
}

kit::ThemeMode WindowSettings::themeMode() const
{
    const auto name = m_settings.value(u"window/theme"_s).toString();
    return name == u"dark"_s ? kit::ThemeMode::Dark
        : name == u"light"_s ? kit::ThemeMode::Light
                             : kit::ThemeMode::System;
}

void WindowSettings::setThemeMode(kit::ThemeMode mode)
{
    const QString names[] = {u"system"_s, u"dark"_s, u"light"_s};
    m_settings.setValue(u"window/theme"_s, names[static_cast<int>(mode)]);
}

double WindowSettings::scale() const
{
    return std::clamp(m_settings.value(u"window/scale"_s, 1.0).toDouble(), 1.0, 2.0);
}

void WindowSettings::setScale(double scale)
{
    m_settings.setValue(u"window/scale"_s, scale);
}

QList<RecentChamber> WindowSettings::recents() const
{
    QList<RecentChamber> found;
    const int count = m_settings.beginReadArray(u"recents"_s);
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        const auto number = [&](const QString& key) { return m_settings.value(key).toInt(); };
        found.append({m_settings.value(u"folder"_s).toString(), m_settings.value(u"name"_s).toString(),
            m_settings.value(u"openedAt"_s).toDateTime(),
            {number(u"cdn"_s), number(u"api"_s), number(u"fn"_s), number(u"tbl"_s), number(u"sto"_s)}});
    }
    m_settings.endArray();
    return found;
}

void WindowSettings::remember(const RecentChamber& chamber)
{
    auto all = recents();
    all.removeIf([&](const RecentChamber& each) { return each.folder == chamber.folder; });
    all.prepend(chamber);
    all.resize(std::min(all.size(), kMostRecents));
    m_settings.remove(u"recents"_s);
    m_settings.beginWriteArray(u"recents"_s, static_cast<int>(all.size()));
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        m_settings.setArrayIndex(i);
        const auto& each = all[i];
        m_settings.setValue(u"folder"_s, each.folder);
        m_settings.setValue(u"name"_s, each.name);
        m_settings.setValue(u"openedAt"_s, each.openedAt);
        m_settings.setValue(u"cdn"_s, each.sketch.cdn);
        m_settings.setValue(u"api"_s, each.sketch.api);
        m_settings.setValue(u"fn"_s, each.sketch.fn);
        m_settings.setValue(u"tbl"_s, each.sketch.tbl);
        m_settings.setValue(u"sto"_s, each.sketch.sto);
    }
    m_settings.endArray();
}

void WindowSettings::forget(const QString& folder)
{
    auto all = recents();
    const auto before = all.size();
    all.removeIf([&](const RecentChamber& each) { return each.folder == folder; });
    if (all.size() == before)
        return;
    m_settings.remove(u"recents"_s);
    std::reverse(all.begin(), all.end());
    for (const auto& each : all)
        remember(each);
}

WindowSettings::Place WindowSettings::place(const QString& folder) const
{
    const auto group = chamberGroup(folder);
    const auto text = [&](const QString& key) { return m_settings.value(group + key).toString(); };
    return {text(u"/area"_s), {text(u"/kind"_s), text(u"/region"_s), text(u"/name"_s), text(u"/part"_s)}};
}

void WindowSettings::setPlace(const QString& folder, const Place& place)
{
    const auto group = chamberGroup(folder);
    m_settings.setValue(group + u"/area"_s, place.areaId);
    m_settings.setValue(group + u"/kind"_s, place.object.kind);
    m_settings.setValue(group + u"/region"_s, place.object.region);
    m_settings.setValue(group + u"/name"_s, place.object.name);
    m_settings.setValue(group + u"/part"_s, place.object.part);
}

QJsonObject WindowSettings::areaState(const QString& folder, const QString& areaId) const
{
    const auto text = m_settings.value(chamberGroup(folder) + u"/areas/"_s + areaId).toByteArray();
    return QJsonDocument::fromJson(text).object();
}

void WindowSettings::setAreaState(const QString& folder, const QString& areaId, const QJsonObject& state)
{
    if (!state.isEmpty())
        m_settings.setValue(chamberGroup(folder) + u"/areas/"_s + areaId,
            QJsonDocument(state).toJson(QJsonDocument::Compact));
}

}
