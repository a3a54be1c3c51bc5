#include "ui/tables/condition_editor.h"

#include "ui/kit/controls.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace ui::tables {

using namespace Qt::StringLiterals;

namespace {

template <typename Widget> Widget* named(Widget* widget, const QString& objectName, const QString& accessible)
{
    widget->setObjectName(objectName);
    widget->setAccessibleName(accessible);
    return widget;
}

QComboBox* typeChoice(const QList<Type>& types)
{
    auto* choice = new QComboBox;
    for (const auto each : types)
        choice->addItem(typeName(each));
    return choice;
}

}

ConditionEditor::ConditionEditor(const Condition& condition, const Limits& limits, QWidget* parent)
    : QFrame(parent)
    , m_given(condition)
    , m_limits(limits)
    , m_grid(new QGridLayout(this))
    , m_attribute(named(new QComboBox, u"conditionAttribute"_s, tr("Attribute")))
    , m_type(named(
          typeChoice({Type::S, Type::N, Type::B, Type::Bool, Type::Null}), u"conditionType"_s, tr("Type")))
    , m_op(named(new QComboBox, u"conditionOperator"_s, tr("Operator")))
    , m_value(named(new QLineEdit, u"conditionValue"_s, tr("Value")))
    , m_upper(named(new QLineEdit, u"conditionUpper"_s, tr("Upper value")))
    , m_wantedType(named(typeChoice({Type::S, Type::N, Type::B, Type::Bool, Type::Null, Type::M, Type::L,
                             Type::SS, Type::NS, Type::BS}),
          u"conditionWantedType"_s, tr("Wanted type")))
    , m_hint(kit::label({}, u"caption"_s))
    , m_error(kit::label({}, u"error"_s))
{
    buildFields();
    showValues();
}

void ConditionEditor::buildFields()
{
    m_grid->setContentsMargins(12, 12, 12, 12);
    m_grid->setSpacing(8);
    m_attribute->setEditable(true);
    m_attribute->setInsertPolicy(QComboBox::NoInsert);
    m_attribute->addItems(m_limits.attributes);
    m_attribute->setMinimumContentsLength(14);
    m_attribute->setCurrentText(m_given.attribute);
    m_attribute->setEnabled(!m_limits.fixed);
    m_attribute->lineEdit()->setPlaceholderText(tr("Attribute, such as ship.city"));
    m_type->setCurrentText(typeName(m_given.type));
    m_type->setEnabled(!m_limits.fixed);
    for (const auto each : m_limits.ops)
        m_op->addItem(opText(each), static_cast<int>(each));
    m_op->setCurrentIndex(std::max(0, m_op->findData(static_cast<int>(m_given.op))));
    m_op->setEnabled(m_limits.ops.size() > 1);
    for (auto* field : {m_value, m_upper}) {
        field->setProperty("mono", true);
        connect(field, &QLineEdit::returnPressed, this, &ConditionEditor::apply);
    }
    m_value->setText(m_given.op == Op::In ? m_given.values.join(u", "_s) : m_given.values.value(0));
    m_upper->setText(m_given.values.value(1));
    m_wantedType->setCurrentText(m_given.values.value(0));
    m_grid->addWidget(m_attribute, 0, 0, 1, 2);
    m_grid->addWidget(m_type, 0, 2);
    m_grid->addWidget(m_op, 1, 0);
    m_grid->addWidget(m_value, 1, 1, 1, 2);
    m_grid->addWidget(m_wantedType, 1, 1, 1, 2);
    m_grid->addWidget(m_upper, 2, 1, 1, 2);
    m_grid->addWidget(m_hint, 3, 0, 1, 3);
    m_error->setWordWrap(true);
    m_error->hide();
    m_grid->addWidget(m_error, 4, 0, 1, 3);
    auto* buttons = new QHBoxLayout;
    auto* done =
        named(kit::button(tr("Apply"), kit::ButtonRole::Primary, {}, true), u"conditionApply"_s, tr("Apply"));
    auto* drop = named(
        kit::button(tr("Remove"), kit::ButtonRole::Quiet, {}, true), u"conditionRemove"_s, tr("Remove"));
    drop->setVisible(m_limits.removable);
    buttons->addWidget(drop);
    buttons->addStretch(1);
    buttons->addWidget(done);
    m_grid->addLayout(buttons, 5, 0, 1, 3);
    setFocusProxy(m_given.attribute.isEmpty() ? static_cast<QWidget*>(m_attribute) : m_value);
    connect(done, &QPushButton::clicked, this, &ConditionEditor::apply);
    connect(drop, &QPushButton::clicked, this, &ConditionEditor::removed);
    connect(m_op, &QComboBox::currentIndexChanged, this, &ConditionEditor::showValues);
    connect(m_type, &QComboBox::currentIndexChanged, this, &ConditionEditor::showValues);
    connect(m_attribute, &QComboBox::currentTextChanged, this, [this](const QString& name) {
        if (const auto known = m_limits.types.constFind(name); known != m_limits.types.cend())
            m_type->setCurrentText(typeName(isSet(*known) ? elementType(*known) : *known));
    });
}

void ConditionEditor::showValues()
{
    const auto op = static_cast<Op>(m_op->currentData().toInt());
    const auto type = typeNamed(m_type->currentText()).value_or(Type::S);
    const bool wantsType = op == Op::HasType;
    m_value->setVisible(valueCount(op) != 0 && !wantsType && type != Type::Null);
    m_upper->setVisible(op == Op::Between);
    m_wantedType->setVisible(wantsType);
    m_hint->setText(op == Op::In                        ? tr("Values with commas between them")
            : type == Type::Bool && valueCount(op) != 0 ? tr("true or false")
            : type == Type::B && valueCount(op) != 0    ? tr("Base64")
                                                        : QString());
    m_hint->setVisible(!m_hint->text().isEmpty());
    m_upper->setPlaceholderText(tr("and"));
}

Condition ConditionEditor::condition() const
{
    Condition made;
    made.attribute = m_attribute->currentText().trimmed();
    made.type = typeNamed(m_type->currentText()).value_or(Type::S);
    made.op = static_cast<Op>(m_op->currentData().toInt());
    if (made.op == Op::HasType) {
        made.values = {m_wantedType->currentText()};
    } else if (made.op == Op::In) {
        for (const auto& each : m_value->text().split(u',', Qt::SkipEmptyParts))
            made.values.append(each.trimmed());
    } else if (valueCount(made.op) > 0) {
        made.values = {m_value->text()};
        if (made.op == Op::Between)
            made.values.append(m_upper->text());
    }
    return made;
}

void ConditionEditor::apply()
{
    const auto made = condition();
    QString wrong;
    if (made.attribute.isEmpty())
        wrong = tr("Choose an attribute");
    if (valueCount(made.op) != 0 && made.values.isEmpty())
        wrong = tr("Give a value");
    for (const auto& each : made.values) {
        if (auto parsed = parseValue(made.op == Op::HasType ? Type::S : made.type, each); !parsed)
            wrong = QString::fromStdString(parsed.error().message);
    }
    m_error->setText(wrong);
    m_error->setVisible(!wrong.isEmpty());
    if (wrong.isEmpty())
        Q_EMIT applied(made);
    else
        adjustSize();
}

}
