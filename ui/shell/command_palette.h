#pragma once

#include "ui/kit/tone.h"

#include <QList>
#include <QPointer>
#include <QString>
#include <QWidget>

#include <functional>
#include <memory>

class QLabel;
class QLineEdit;
class QListView;

namespace ui::kit {
class Segments;
}

namespace ui::shell {

// A row of the palette.
struct PaletteItem {
    enum class Kind { Command, Resource, Track };
    struct Action {
        QString text;
        std::function<void()> run;
    };
    Kind kind = Kind::Command;
    QString group; // heading: "Go to", "Run", "Recent tracks"
    QString icon;
    kit::Hue hue = kit::Hue::Obs;
    QString title;
    QString detail;
    QString keys; // "Ctrl+K"
    bool enabled = true;
    std::function<void()> run;
    QList<Action> actions = {}; // Tab
};

// A layer over the window with a field and what matches it: `>` commands, `@` resources, `#` tracks. Enter
// runs, Tab shows what else can be done with the selected row, Esc closes and gives the focus back.
class CommandPalette : public QWidget {
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* window);
    ~CommandPalette() override;
    void open(QList<PaletteItem> items, const QString& prefix = {});
    void addItems(const QList<PaletteItem>& items); // what arrives while it is open: tracks
    void close();
    bool isOpen() const { return isVisible(); }
    int matchCount() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void buildBox();
    void place();
    void filter();
    void setScope(int scope);
    void move(int rows);
    void runCurrent();
    void showActions();

    class Model;
    class Delegate;
    class Box;
    QWidget* m_window;
    Box* m_box;
    QLineEdit* m_field;
    kit::Segments* m_scope;
    QListView* m_list;
    QLabel* m_count;
    std::unique_ptr<Model> m_model;
    QList<PaletteItem> m_items;
    QPointer<QWidget> m_focusBefore;
};

}
