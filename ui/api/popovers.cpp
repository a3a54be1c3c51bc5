#include "ui/api/popovers.h"

#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("ui::api", text);
}

// Title, rows, an error card and a button: what all forms here have.
struct Form {
    kit::Popover* popover;
    QVBoxLayout* rows;
    kit::ErrorCard* error;
    QPushButton* ok;
};

Form makeForm(QWidget* window, const QString& title, const QString& button, const QString& okName)
{
    auto* popover = new kit::Popover(window);
    // Takes the area's colours though it is a child of the window.
    popover->setObjectName(u"apiPopover"_s);
    auto* content = new QWidget;
    content->setObjectName(u"area_api"_s);
    content->setFixedWidth(kit::theme().px(360));
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(10);
    layout->addWidget(kit::label(title, u"title"_s));
    auto* rows = new QVBoxLayout;
    rows->setSpacing(10);
    layout->addLayout(rows);
    auto* error = new kit::ErrorCard;
    error->setObjectName(u"apiPopoverError"_s);
    error->hide();
    layout->addWidget(error);
    auto* ok = kit::button(button, kit::ButtonRole::Primary);
    ok->setObjectName(okName);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(ok);
    layout->addLayout(buttons);
    popover->setContent(content);
    QObject::connect(popover, &kit::Popover::closed, popover, &QObject::deleteLater);
    return {popover, rows, error, ok};
}

Report reporter(const Form& form)
{
    form.ok->setEnabled(false);
    return
        [popover = QPointer(form.popover), error = form.error, ok = form.ok](const core::Result<>& result) {
            if (!popover)
                return;
            if (result) {
                popover->close();
                return;
            }
            ok->setEnabled(true);
            error->setError(result.error());
            error->show();
            popover->adjustSize();
        };
}

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
    const auto form = makeForm(window, question.title, question.button, question.objectName + u"Ok"_s);
    auto* field = new QLineEdit(question.value);
    field->setObjectName(question.objectName);
    field->setAccessibleName(question.label);
    auto* row = new kit::FormRow(question.label, field);
    form.rows->addWidget(row);
    if (!question.hint.isEmpty()) {
        auto* hint = kit::label(question.hint, u"caption"_s);
        hint->setWordWrap(true);
        form.rows->addWidget(hint);
    }
    const auto accept = [form, field, row, submit] {
        const auto name = field->text().trimmed();
        row->setError(name.isEmpty() ? words(QT_TRANSLATE_NOOP("ui::api", "A name is needed")) : QString());
        if (!name.isEmpty() && form.ok->isEnabled())
            submit(name, reporter(form));
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
    const auto form = makeForm(window, words(QT_TRANSLATE_NOOP("ui::api", "Add route")),
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
    auto* hint =
        kit::label(words(QT_TRANSLATE_NOOP("ui::api",
                       "What is missing of the path is made. {name} takes one part, {name+} the rest.")),
            u"caption"_s);
    hint->setWordWrap(true);
    form.rows->addWidget(hint);
    QObject::connect(method, &QComboBox::currentIndexChanged, targetRow,
        [method, targetRow] { targetRow->setEnabled(!method->currentData().toString().isEmpty()); });
    const auto accept = [form, method, field, target, submit] {
        if (!form.ok->isEnabled())
            return;
        NewRoute wanted{{cleanPath(field->text()), method->currentData().toString()}, {}};
        wanted.integration.functionArn = target->currentData().toString();
        wanted.integration.kind =
            wanted.integration.functionArn.isEmpty() ? IntegrationKind::Mock : IntegrationKind::Lambda;
        submit(wanted, reporter(form));
    };
    QObject::connect(form.ok, &QPushButton::clicked, field, accept);
    QObject::connect(field, &QLineEdit::returnPressed, field, accept);
    form.popover->openAt(anchor);
    field->setFocus();
    field->deselect();
    field->end(false);
}

}
