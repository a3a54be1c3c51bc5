#pragma once

#include "core/base/result.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QTextBrowser;
class QToolButton;

namespace ui::bridge {
class EngineClient;
}
namespace ui::kit {
class ErrorCard;
}

namespace ui::api {

// The reference of one API for people who call it: what the draft or a stage offers, as the core writes it.
// Loads by itself when it is shown and told of another API or stage; UI thread.
class ReferenceView : public QWidget {
    Q_OBJECT

public:
    explicit ReferenceView(bridge::EngineClient& engine, QWidget* parent = nullptr);

    void setApi(const QString& apiId, const QString& name, const QStringList& stages);
    void reload(); // keeps the place
    QString stage() const; // "" for the API as it is edited
    QString link() const; // where a browser finds the page
    QTextBrowser* browser() const { return m_browser; }

Q_SIGNALS:
    void copied();
    void saved(const QString& file);
    void failed(const core::Error& error);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildBar();
    void showText(const QString& html);
    void save();
    QString styleSheetOfText() const;

    bridge::EngineClient& m_engine;
    QComboBox* m_stage;
    QToolButton* m_copy;
    QToolButton* m_save;
    QTextBrowser* m_browser;
    QString m_apiId;
    QString m_name;
    QString m_html;
    quint64 m_generation = 0;
    bool m_stale = true;
};

}
