#pragma once

#include "ui/api/test_call.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace ui::api {

// Names with values, one a line: headers, query, path parameters. A new line appears below the last one that
// is used; names given by fix() stay.
class FieldList : public QWidget {
    Q_OBJECT

public:
    // Fields are named `objectName` + "Name0", "Value0", …
    FieldList(const QString& objectName, const QString& namePlaceholder, QWidget* parent = nullptr);
    // Exactly these names; values that were typed for a name before come back.
    void fix(const QStringList& names);
    Fields fields() const; // with a name
    void setError(const QString& name); // marks the line that lacks its value, "" clears

Q_SIGNALS:
    void changed();

private:
    struct Line {
        QWidget* row;
        QLineEdit* name;
        QLineEdit* value;
    };
    void addLine(const QString& name, bool fixed);
    void growWithUse();

    QString m_prefix;
    QString m_placeholder;
    QVBoxLayout* m_layout;
    QList<Line> m_lines;
    QHash<QString, QString> m_values; // of fixed names, kept over routes
    bool m_fixed = false;
};

}
