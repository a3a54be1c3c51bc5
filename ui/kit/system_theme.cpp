#include "ui/kit/theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

// How the system's choice of light or dark is followed: Qt 6.4 has no QStyleHints::colorScheme. Without a
// portal the lightness of the palette the program started with decides.
namespace ui::kit {

using namespace Qt::StringLiterals;

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
    auto message = QDBusMessage::createMethodCall(u"org.freedesktop.portal.Desktop"_s,
        u"/org/freedesktop/portal/desktop"_s, u"org.freedesktop.portal.Settings"_s, u"Read"_s);
    message << u"org.freedesktop.appearance"_s << u"color-scheme"_s;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, 1000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isError())
            return;
        // The portal wraps the value in a variant of its own: 1 dark, 2 light, 0 no preference.
        auto value = reply.value().variant();
        if (value.canConvert<QDBusVariant>())
            value = value.value<QDBusVariant>().variant();
        const auto scheme = value.toUInt();
        m_systemDark = scheme == 1 || (scheme != 2 && m_startedDark);
        setMode(m_mode);
    });
}

void Theme::systemSettingChanged(const QString& group, const QString& key)
{
    if (group == u"org.freedesktop.appearance"_s && key == u"color-scheme"_s)
        readSystem();
}

}
