#pragma once

#include "ui/shell/window_settings.h"

#include <QWidget>

class QBoxLayout;
class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace ui::kit {
class BusyRing;
class ErrorCard;
}

namespace ui::shell {

struct SampleInfo {
    QString name; // of its folder
    QString title; // "Corner bookshop"
    QString detail; // the first line of its README, or what it makes
    ChamberSketch sketch;
};

// The samples that are installed, read from their folders; reads files.
QList<SampleInfo> readSamples();

// Shown without a chamber: new, open folder, recent ones, samples, and how to reach it all with one's own
// tools. While a chamber opens it shows what happens, and what went wrong when it did not.
class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);
    void setRecents(const QList<RecentChamber>& recents);
    void setSamples(const QList<SampleInfo>& samples);
    void setRuntimes(const QString& runtimes); // what runs functions here
    void setEndpoint(const QString& endpoint); // of the chamber that will be opened
    void showOpening(const QString& name);
    void showProgress(const QString& whatHappensNow);
    void showError(const QString& code, const QString& message);
    void showIdle();

Q_SIGNALS:
    void newRequested();
    void openRequested();
    void recentChosen(const QString& folder);
    void sampleChosen(const QString& name);
    void cancelRequested();
    void retryRequested();
    void copyRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildBand();
    QWidget* buildStarts();
    QWidget* buildSamples();
    QWidget* buildNotes();
    QWidget* buildOpening();

    QVBoxLayout* m_recents;
    QLabel* m_recentsTitle;
    QLabel* m_stays;
    QLabel* m_endpoint;
    QLabel* m_samplesTitle;
    QGridLayout* m_samples;
    QBoxLayout* m_right;
    QWidget* m_opening;
    QLabel* m_openingTitle;
    QLabel* m_openingNow;
    kit::ErrorCard* m_error;
};

}
