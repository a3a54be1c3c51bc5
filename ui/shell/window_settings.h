#pragma once

#include "ui/kit/theme.h"
#include "ui/shell/area.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QKeySequence>
#include <QList>
#include <QSettings>
#include <QString>

namespace ui::shell {

// How many resources of each service a chamber has: enough to draw it.
struct ChamberSketch {
    int cdn = 0;
    int api = 0;
    int fn = 0;
    int tbl = 0;
    int sto = 0;
    int total() const { return cdn + api + fn + tbl + sto; }
    friend bool operator==(const ChamberSketch&, const ChamberSketch&) = default;
};

struct RecentChamber {
    QString folder;
    QString name;
    QDateTime openedAt;
    ChamberSketch sketch;
};

// What the window remembers between runs: geometry, theme, scale, recent chambers, and each chamber's area
// and panes. Typed on purpose; nobody else touches QSettings. UI thread.
class WindowSettings {
public:
    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    kit::ThemeMode themeMode() const;
    void setThemeMode(kit::ThemeMode mode);
    double scale() const;
    void setScale(double scale);

    bool highContrast() const;
    void setHighContrast(bool on);
    kit::Motion motion() const;
    void setMotion(kit::Motion motion);
    quint16 port() const; // of chambers opened without one of their own
    void setPort(quint16 port);
    QString host() const;
    void setHost(const QString& host);
    QString endpoint() const; // where the next chamber will answer: "http://127.0.0.1:4566"
    int tracksKept() const;
    void setTracksKept(int tracks);
    QHash<QString, QKeySequence> keys() const; // chosen by the user, by action
    void setKeys(const QHash<QString, QKeySequence>& keys);

    QList<RecentChamber> recents() const; // latest first, at most eight
    void remember(const RecentChamber& chamber);
    void forget(const QString& folder);

    // Of one chamber, by its folder.
    struct Place {
        QString areaId;
        ObjectRef object;
    };
    Place place(const QString& folder) const;
    void setPlace(const QString& folder, const Place& place);
    QJsonObject areaState(const QString& folder, const QString& areaId) const;
    void setAreaState(const QString& folder, const QString& areaId, const QJsonObject& state);

private:
    mutable QSettings m_settings;
};

}
