#include "ui/api/field_list.h"

#include "ui/kit/controls.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;

FieldList::FieldList(const QString& objectName, const QString& namePlaceholder, QWidget* parent)
    : QWidget(parent)
    , m_prefix(objectName)
    , m_placeholder(namePlaceholder)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(objectName);
    m_layout->setContentsMargins(12, 8, 12, 8);
    m_layout->setSpacing(6);
    m_layout->addStretch();
    addLine({}, false);
}

void FieldList::addLine(const QString& name, bool fixed)
{
    const auto number = QString::number(m_lines.size());
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    Line line{row, new QLineEdit(name), new QLineEdit};
    line.name->setObjectName(m_prefix + u"Name"_s + number);
    line.name->setPlaceholderText(m_placeholder);
    line.name->setAccessibleName(tr("Name %1").arg(m_lines.size() + 1));
    line.name->setReadOnly(fixed);
    line.value->setObjectName(m_prefix + u"Value"_s + number);
    line.value->setPlaceholderText(tr("Value"));
    line.value->setAccessibleName(fixed ? name : tr("Value %1").arg(m_lines.size() + 1));
    for (auto* field : {line.name, line.value}) {
        field->setProperty("mono", true);
        kit::setSmall(field);
    }
    layout->addWidget(line.name, 2);
    layout->addWidget(line.value, 3);
    m_layout->insertWidget(m_layout->count() - 1, row);
    m_lines.append(line);
    if (fixed)
        line.value->setText(m_values.value(name));
    connect(line.name, &QLineEdit::textChanged, this, &FieldList::growWithUse);
    connect(line.value, &QLineEdit::textChanged, this, [this, fixed, name](const QString& text) {
        if (fixed)
            m_values[name] = text;
        growWithUse();
    });
}

void FieldList::growWithUse()
{
    if (!m_fixed && !m_lines.last().name->text().isEmpty())
        addLine({}, false);
    Q_EMIT changed();
}

void FieldList::fix(const QStringList& names)
{
    m_fixed = true;
    for (const auto& line : std::as_const(m_lines))
        delete line.row;
    m_lines.clear();
    for (const auto& name : names)
        addLine(name, true);
}

Fields FieldList::fields() const
{
    Fields fields;
    for (const auto& line : m_lines) {
        if (!line.name->text().trimmed().isEmpty())
            fields.append({line.name->text().trimmed(), line.value->text()});
    }
    return fields;
}

void FieldList::setError(const QString& name)
{
    for (const auto& line : std::as_const(m_lines)) {
        const bool lacks = !name.isEmpty() && line.name->text() == name;
        kit::restyle(line.value, "state", lacks ? u"error"_s : QString());
        if (lacks)
            line.value->setFocus();
    }
}

}
