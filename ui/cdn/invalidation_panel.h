#pragma once

#include "ui/cdn/cdn_document.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui::kit {
class FormRow;
}

namespace ui::cdn {

// Says what an invalidation would remove before it is asked for, and lists the latest ones.
class InvalidationPanel : public QWidget {
    Q_OBJECT

public:
    explicit InvalidationPanel(QWidget* parent = nullptr);
    QString pattern() const;
    void showMatches(const Matches& matches);
    void setRecent(const QList<InvalidationRow>& recent);
    void setError(const QString& message);

Q_SIGNALS:
    void patternChanged();
    void invalidateRequested();
    void showRequested();

private:
    QLineEdit* m_pattern;
    kit::FormRow* m_row;
    QLabel* m_matches;
    QPushButton* m_invalidate;
    QPushButton* m_show;
    QVBoxLayout* m_recent;
    QLabel* m_recentTitle;
};

}
