#pragma once

#include <QPushButton>
#include <QString>

namespace ui::kit {

// A push button that shows its keys as caps after its text: "Run F5". What kit::button() makes. Where the
// room is short the caps go first.
class KeyButton : public QPushButton {
    Q_OBJECT

public:
    explicit KeyButton(const QString& text, QWidget* parent = nullptr);
    void setKeys(const QString& keys); // "Ctrl+Return"; "" for none
    QString keys() const { return m_keys; }
    bool showsKeys() const; // there are keys and room for them
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int capsWidth() const;

    QString m_keys;
};

// For buttons made by kit::button().
void showKeys(QPushButton* button, const QString& keys);

}
