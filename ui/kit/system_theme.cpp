#include "ui/kit/theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <functional>
#include <utility>

// How the system's choice of light or dark is followed: Qt 6.4 has no QStyleHints::colorScheme. Without a
// portal the lightness of the palette the program started with decides.
namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

void readPortal(
    Theme* theme, const QString& group, const QString& key, std::function<void(const QVariant&)> take)
{
    auto message = QDBusMessage::createMethodCall(u"org.freedesktop.portal.Desktop"_s,
        u"/org/freedesktop/portal/desktop"_s, u"org.freedesktop.portal.Settings"_s, u"Read"_s);
    message << group << key;
    auto* watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, 1000), theme);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, theme, [watcher, take = std::move(take)] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isError())
            return;
        // The portal wraps the value in a variant of its own.
        auto value = reply.value().variant();
        if (value.canConvert<QDBusVariant>())
            value = value.value<QDBusVariant>().variant();
        take(value);
    });
}

}

void Theme::watchSystem()
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(u"org.freedesktop.portal.Desktop"_s, u"/org/freedesktop/portal/desktop"_s,
        u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s, this,
        SLOT(systemSettingChanged(QString, QString)));
    readSystem();
}

void Theme::readSystem()
{
    readPortal(this, u"org.freedesktop.appearance"_s, u"color-scheme"_s, [this](const QVariant& value) {
        // 1 dark, 2 light, 0 no preference.
        const auto scheme = value.toUInt();
        m_systemDark = scheme == 1 || (scheme != 2 && m_startedDark);
        setMode(m_mode);
    });
    readPortal(this, u"org.gnome.desktop.interface"_s, u"enable-animations"_s, [this](const QVariant& value) {
        if (std::exchange(m_systemReduces, !value.toBool()) == value.toBool())
            Q_EMIT changed();
    });
}

void Theme::systemSettingChanged(const QString& group, const QString& key)
{
    if ((group == u"org.freedesktop.appearance"_s && key == u"color-scheme"_s)
        || (group == u"org.gnome.desktop.interface"_s && key == u"enable-animations"_s))
        readSystem();
}

}
