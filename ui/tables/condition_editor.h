#pragma once

#include "ui/tables/query_builder.h"

#include <QFrame>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui::tables {

// One condition as fields, for a popover: attribute, type, operator, values. Enter applies; what cannot be
// applied says why and stays.
class ConditionEditor : public QFrame {
    Q_OBJECT

public:
    // What may be chosen: a key condition fixes attribute and type; the partition key its operator too.
    struct Limits {
        QList<Op> ops;
        QStringList attributes; // to complete
        QHash<QString, Type> types; // of attributes that were seen
        bool fixed = false; // attribute and type
        bool removable = false;
    };

    ConditionEditor(const Condition& condition, const Limits& limits, QWidget* parent = nullptr);
    Condition condition() const;

Q_SIGNALS:
    void applied(const ui::tables::Condition& condition);
    void removed();

private:
    void buildFields();
    void showValues();
    void apply();

    Condition m_given;
    Limits m_limits;
    QGridLayout* m_grid;
    QComboBox* m_attribute;
    QComboBox* m_type;
    QComboBox* m_op;
    QLineEdit* m_value;
    QLineEdit* m_upper;
    QComboBox* m_wantedType;
    QLabel* m_hint;
    QLabel* m_error;
};

}
