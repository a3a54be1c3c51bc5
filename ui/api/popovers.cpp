#include "ui/api/popovers.h"

#include "ui/api/popover_form.h"
#include "ui/kit/controls.h"
#include "ui/kit/panes.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;

namespace {

QComboBox* makeMethods()
{
    auto* method = new QComboBox;
    method->setObjectName(u"apiNewMethod"_s);
    method->setAccessibleName(words(QT_TRANSLATE_NOOP("ui::api", "Method")));
    for (const auto& each :
        {u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s, u"ANY"_s})
        method->addItem(each, each);
    method->addItem(words(QT_TRANSLATE_NOOP("ui::api", "No method, the path alone")), QString());
    return method;
}

QComboBox* makeTargets(const QList<FunctionRow>& functions)
{
    auto* target = new QComboBox;
    target->setObjectName(u"apiNewTarget"_s);
    target->setAccessibleName(words(QT_TRANSLATE_NOOP("ui::api", "Answered by")));
    target->addItem(words(QT_TRANSLATE_NOOP("ui::api", "A mock with status 200")), QString());
    for (const auto& each : functions)
        target->addItem(each.name, each.arn);
    return target;
}

QString cleanPath(const QString& typed)
{
    const auto parts = typed.trimmed().split(u'/', Qt::SkipEmptyParts);
    return u'/' + parts.join(u'/');
}

}

void askName(QWidget* window, QWidget* anchor, const NameQuestion& question,
    const std::function<void(const QString&, const Report&)>& submit)
{
    const auto form =
        PopoverForm::make(window, question.title, question.button, question.objectName + u"Ok"_s);
    auto* field = new QLineEdit(question.value);
    field->setObjectName(question.objectName);
    field->setAccessibleName(question.label);
    auto* row = new kit::FormRow(question.label, field);
    form.rows->addWidget(row);
    if (!question.hint.isEmpty())
        form.addHint(question.hint);
    const auto accept = [form, field, row, submit] {
        const auto name = field->text().trimmed();
        row->setError(name.isEmpty() ? words(QT_TRANSLATE_NOOP("ui::api", "A name is needed")) : QString());
        if (!name.isEmpty() && form.ok->isEnabled())
            submit(name, form.reporter());
    };
    QObject::connect(form.ok, &QPushButton::clicked, field, accept);
    QObject::connect(field, &QLineEdit::returnPressed, field, accept);
    form.popover->openAt(anchor);
    field->setFocus();
    field->selectAll();
}

void askRoute(QWidget* window, QWidget* anchor, const QString& path, const QList<FunctionRow>& functions,
    const std::function<void(const NewRoute&, const Report&)>& submit)
{
    const auto form = PopoverForm::make(window, words(QT_TRANSLATE_NOOP("ui::api", "Add route")),
        words(QT_TRANSLATE_NOOP("ui::api", "Add")), u"apiNewRouteOk"_s);
    auto* method = makeMethods();
    auto* field = new QLineEdit(path);
    field->setObjectName(u"apiNewPath"_s);
    field->setAccessibleName(words(QT_TRANSLATE_NOOP("ui::api", "Path")));
    field->setProperty("mono", true);
    field->setPlaceholderText(u"/books/{isbn}"_s);
    auto* target = makeTargets(functions);
    auto* targetRow = new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "Answered by")), target);
    form.rows->addWidget(new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "Method")), method));
    form.rows->addWidget(new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "Path")), field));
    form.rows->addWidget(targetRow);
    form.addHint(words(QT_TRANSLATE_NOOP(
        "ui::api", "What is missing of the path is made. {name} takes one part, {name+} the rest.")));
    QObject::connect(method, &QComboBox::currentIndexChanged, targetRow,
        [method, targetRow] { targetRow->setEnabled(!method->currentData().toString().isEmpty()); });
    const auto accept = [form, method, field, target, submit] {
        if (!form.ok->isEnabled())
            return;
        NewRoute wanted{{cleanPath(field->text()), method->currentData().toString()}, {}};
        wanted.integration.functionArn = target->currentData().toString();
        wanted.integration.kind =
            wanted.integration.functionArn.isEmpty() ? IntegrationKind::Mock : IntegrationKind::Lambda;
        submit(wanted, form.reporter());
    };
    QObject::connect(form.ok, &QPushButton::clicked, field, accept);
    QObject::connect(field, &QLineEdit::returnPressed, field, accept);
    form.popover->openAt(anchor);
    field->setFocus();
    field->deselect();
    field->end(false);
}

}
