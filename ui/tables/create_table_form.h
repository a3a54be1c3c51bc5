#pragma once

#include "ui/kit/controls.h"
#include "ui/tables/table_schema.h"

#include <QFrame>

class QComboBox;
class QLineEdit;

namespace ui::tables {

// Name, partition key and sort key of a new table. Says in place what is missing or what AWS refused; keeps
// what was typed.
class CreateTableForm : public QFrame {
    Q_OBJECT

public:
    explicit CreateTableForm(QWidget* parent = nullptr);
    void setBusy(bool busy);
    void setError(const core::Error& error);

Q_SIGNALS:
    void submitted(const ui::tables::NewTable& table);

private:
    QComboBox* typeChoice(const QString& objectName, const QString& accessible);
    QWidget* keyField(QLineEdit* name, QComboBox* type);
    void submit();

    QLineEdit* m_name;
    QLineEdit* m_partition;
    QLineEdit* m_sort;
    QComboBox* m_partitionType;
    QComboBox* m_sortType;
    kit::FormRow* m_nameRow;
    kit::FormRow* m_partitionRow;
    kit::FormRow* m_sortRow;
    QLabel* m_error;
    QPushButton* m_create;
};

}
