#include "ui/tables/create_table_form.h"

#include "ui/kit/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui::tables {

using namespace Qt::StringLiterals;

namespace {

QLineEdit* field(const QString& objectName, const QString& accessible, const QString& placeholder)
{
    auto* line = new QLineEdit;
    line->setObjectName(objectName);
    line->setAccessibleName(accessible);
    line->setPlaceholderText(placeholder);
    line->setProperty("mono", true);
    return line;
}

}

CreateTableForm::CreateTableForm(QWidget* parent)
    : QFrame(parent)
    , m_name(field(u"newTableName"_s, tr("Name"), tr("Orders")))
    , m_partition(field(u"newTablePartition"_s, tr("Partition key"), tr("customerId")))
    , m_sort(field(u"newTableSort"_s, tr("Sort key"), tr("none")))
    , m_partitionType(typeChoice(u"newTablePartitionType"_s, tr("Type of the partition key")))
    , m_sortType(typeChoice(u"newTableSortType"_s, tr("Type of the sort key")))
    , m_nameRow(new kit::FormRow(tr("Name"), m_name))
    , m_partitionRow(new kit::FormRow(tr("Partition key"), keyField(m_partition, m_partitionType)))
    , m_sortRow(new kit::FormRow(tr("Sort key (optional)"), keyField(m_sort, m_sortType)))
    , m_error(kit::label({}, u"error"_s))
    , m_create(kit::button(tr("Create table"), kit::ButtonRole::Primary, {}, true))
{
    setMinimumWidth(kit::theme().px(320));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    column->addWidget(kit::label(tr("New table"), u"pane"_s));
    for (auto* row : {m_nameRow, m_partitionRow, m_sortRow})
        column->addWidget(row);
    m_error->setWordWrap(true);
    m_error->setObjectName(u"newTableError"_s);
    m_error->hide();
    column->addWidget(m_error);
    m_create->setObjectName(u"createTable"_s);
    auto* line = new QHBoxLayout;
    line->addWidget(kit::label(tr("On demand capacity"), u"caption"_s), 1);
    line->addWidget(m_create);
    column->addLayout(line);
    setFocusProxy(m_name);
    connect(m_create, &QPushButton::clicked, this, &CreateTableForm::submit);
    for (auto* each : {m_name, m_partition, m_sort})
        connect(each, &QLineEdit::returnPressed, this, &CreateTableForm::submit);
}

QComboBox* CreateTableForm::typeChoice(const QString& objectName, const QString& accessible)
{
    auto* choice = new QComboBox;
    choice->setObjectName(objectName);
    choice->setAccessibleName(accessible);
    choice->addItem(tr("S, string"), u"S"_s);
    choice->addItem(tr("N, number"), u"N"_s);
    choice->addItem(tr("B, binary"), u"B"_s);
    return choice;
}

QWidget* CreateTableForm::keyField(QLineEdit* name, QComboBox* type)
{
    auto* holder = new QWidget;
    auto* line = new QHBoxLayout(holder);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    line->addWidget(name, 1);
    line->addWidget(type);
    return holder;
}

void CreateTableForm::setBusy(bool busy)
{
    m_create->setEnabled(!busy);
    m_create->setToolTip(busy ? tr("The table is being made") : QString());
}

void CreateTableForm::setError(const core::Error& error)
{
    m_error->setText(
        u"%1: %2"_s.arg(QString::fromStdString(error.code), QString::fromStdString(error.message)));
    m_error->show();
    adjustSize();
}

void CreateTableForm::submit()
{
    const auto typeOf = [](const QComboBox* choice) {
        return typeNamed(choice->currentData().toString()).value_or(Type::S);
    };
    NewTable table{m_name->text().trimmed(), {m_partition->text().trimmed(), typeOf(m_partitionType)},
        {m_sort->text().trimmed(), typeOf(m_sortType)}};
    const auto wrongName = tableNameProblem(table.name);
    const auto wrongKey = table.partition.name.isEmpty() ? tr("A table needs a partition key") : QString();
    const auto wrongSort = !table.sort.name.isEmpty() && table.sort.name == table.partition.name
        ? tr("The two keys are different attributes")
        : QString();
    m_nameRow->setError(wrongName);
    m_partitionRow->setError(wrongKey);
    m_sortRow->setError(wrongSort);
    m_error->hide();
    if (wrongName.isEmpty() && wrongKey.isEmpty() && wrongSort.isEmpty() && m_create->isEnabled())
        Q_EMIT submitted(table);
    else
        adjustSize();
}

}
