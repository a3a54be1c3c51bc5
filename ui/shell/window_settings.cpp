#include "ui/shell/window_settings.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>

namespace ui::shell {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostRecents = 8;
constexpr int kPort = 4566;
constexpr int kTracksKept = 10'000;

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

bool WindowSettings::highContrast() const
{
    return m_settings.value(u"window/highContrast"_s).toBool();
}

void WindowSettings::setHighContrast(bool on)
{
    m_settings.setValue(u"window/highContrast"_s, on);
}

kit::Motion WindowSettings::motion() const
{
    const auto name = m_settings.value(u"window/motion"_s).toString();
    return name == u"reduced"_s ? kit::Motion::Reduced
        : name == u"full"_s     ? kit::Motion::Full
                                : kit::Motion::System;
}

void WindowSettings::setMotion(kit::Motion motion)
{
    const QString names[] = {u"system"_s, u"reduced"_s, u"full"_s};
    m_settings.setValue(u"window/motion"_s, names[static_cast<int>(motion)]);
}

quint16 WindowSettings::port() const
{
    return static_cast<quint16>(std::clamp(m_settings.value(u"endpoint/port"_s, kPort).toInt(), 0, 65'535));
}

void WindowSettings::setPort(quint16 port)
{
    m_settings.setValue(u"endpoint/port"_s, int{port});
}

QString WindowSettings::host() const
{
    return m_settings.value(u"endpoint/host"_s, u"127.0.0.1"_s).toString();
}

void WindowSettings::setHost(const QString& host)
{
    m_settings.setValue(u"endpoint/host"_s, host);
}

QString WindowSettings::endpoint() const
{
    const auto name = host() == "0.0.0.0"_L1 ? u"127.0.0.1"_s : host();
    return u"http://%1:%2"_s.arg(name.contains(u':') ? u'[' + name + u']' : name).arg(port());
}

int WindowSettings::tracksKept() const
{
    return std::clamp(m_settings.value(u"tracks/kept"_s, kTracksKept).toInt(), 100, 100'000);
}

void WindowSettings::setTracksKept(int tracks)
{
    m_settings.setValue(u"tracks/kept"_s, tracks);
}

QHash<QString, QKeySequence> WindowSettings::keys() const
{
    QHash<QString, QKeySequence> found;
    const auto stored = m_settings.value(u"keys"_s).toMap();
    for (auto it = stored.begin(); it != stored.end(); ++it)
        found.insert(it.key(), QKeySequence(it.value().toString(), QKeySequence::PortableText));
    return found;
}

void WindowSettings::setKeys(const QHash<QString, QKeySequence>& keys)
{
    QVariantMap stored;
    for (auto it = keys.begin(); it != keys.end(); ++it)
        stored.insert(it.key(), it.value().toString(QKeySequence::PortableText));
    m_settings.setValue(u"keys"_s, stored);
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
