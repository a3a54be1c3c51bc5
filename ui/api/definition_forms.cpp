#include "ui/api/definition_forms.h"

#include "ui/kit/controls.h"
#include "ui/kit/panes.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace ui::api {

using namespace Qt::StringLiterals;

namespace {

QComboBox* choice(const QString& objectName, const QString& name)
{
    auto* box = new QComboBox;
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    return box;
}

QCheckBox* check(const QString& objectName, const QString& text, bool on)
{
    auto* box = new QCheckBox(text);
    box->setObjectName(objectName);
    box->setChecked(on);
    return box;
}

QString documents()
{
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

// A field with a button that finds a file.
struct FileField {
    QWidget* widget;
    QLineEdit* field;
};

FileField makeFileField(QWidget* window)
{
    auto* widget = new QWidget;
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* field = new QLineEdit;
    field->setObjectName(u"apiImportFile"_s);
    field->setAccessibleName(words(QT_TRANSLATE_NOOP("ui::api", "File")));
    field->setPlaceholderText(u"openapi.yaml"_s);
    auto* browse = kit::iconButton(u"folder"_s, words(QT_TRANSLATE_NOOP("ui::api", "Choose a file")));
    browse->setObjectName(u"apiImportBrowse"_s);
    layout->addWidget(field, 1);
    layout->addWidget(browse);
    QObject::connect(browse, &QToolButton::clicked, field, [window, field] {
        auto* dialog =
            new QFileDialog(window, words(QT_TRANSLATE_NOOP("ui::api", "Import a definition")), documents(),
                words(QT_TRANSLATE_NOOP("ui::api", "Definitions (*.json *.yaml *.yml);;All files (*)")));
        dialog->setObjectName(u"apiImportDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        QObject::connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
        dialog->open();
    });
    return {widget, field};
}

QComboBox* makeTarget(const QString& apiName)
{
    using Into = DefinitionImport::Into;
    auto* into = choice(u"apiImportInto"_s, words(QT_TRANSLATE_NOOP("ui::api", "Import into")));
    into->addItem(words(QT_TRANSLATE_NOOP("ui::api", "A new API")), static_cast<int>(Into::NewApi));
    if (!apiName.isEmpty()) {
        into->addItem(words(QT_TRANSLATE_NOOP("ui::api", "%1, merged with what it has")).arg(apiName),
            static_cast<int>(Into::Merge));
        into->addItem(words(QT_TRANSLATE_NOOP("ui::api", "%1, in place of what it has")).arg(apiName),
            static_cast<int>(Into::Overwrite));
    }
    return into;
}

QComboBox* makeBasePath()
{
    auto* box = choice(u"apiImportBasePath"_s, words(QT_TRANSLATE_NOOP("ui::api", "Base path")));
    box->addItem(words(QT_TRANSLATE_NOOP("ui::api", "Left out")), u"ignore"_s);
    box->addItem(words(QT_TRANSLATE_NOOP("ui::api", "Before every path")), u"prepend"_s);
    box->addItem(words(QT_TRANSLATE_NOOP("ui::api", "Before every path but for its first part")), u"split"_s);
    return box;
}

}

QString DefinitionExport::fileName(const QString& apiName) const
{
    QString name;
    for (const auto c : apiName)
        name += c.isLetterOrNumber() ? c.toLower() : u'-';
    return u"%1-%2.%3"_s.arg(name, swagger ? u"swagger"_s : u"oas30"_s, yaml ? u"yaml"_s : u"json"_s);
}

void askImport(QWidget* window, QWidget* anchor, const QString& apiName,
    const std::function<void(const DefinitionImport&, const Report&)>& submit)
{
    const auto form = PopoverForm::make(window, words(QT_TRANSLATE_NOOP("ui::api", "Import a definition")),
        words(QT_TRANSLATE_NOOP("ui::api", "Import")), u"apiImportOk"_s);
    const auto file = makeFileField(window);
    auto* fileRow = new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "File")), file.widget);
    auto* into = makeTarget(apiName);
    auto* base = makeBasePath();
    auto* documentation =
        check(u"apiImportDocumentation"_s, words(QT_TRANSLATE_NOOP("ui::api", "With documentation")), true);
    auto* strict =
        check(u"apiImportStrict"_s, words(QT_TRANSLATE_NOOP("ui::api", "Refuse what gives warnings")), false);
    form.rows->addWidget(fileRow);
    form.rows->addWidget(new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "Into")), into));
    form.rows->addWidget(new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "Base path")), base));
    form.rows->addWidget(documentation);
    form.rows->addWidget(strict);
    form.addHint(words(QT_TRANSLATE_NOOP(
        "ui::api", "OpenAPI 3.0 or Swagger 2.0, as JSON or YAML, with API Gateway's extensions.")));
    const auto accept = [=] {
        const auto name = file.field->text().trimmed();
        fileRow->setError(
            name.isEmpty() ? words(QT_TRANSLATE_NOOP("ui::api", "A file is needed")) : QString());
        if (name.isEmpty() || !form.ok->isEnabled())
            return;
        submit({name, static_cast<DefinitionImport::Into>(into->currentData().toInt()),
                   base->currentData().toString(), documentation->isChecked(), strict->isChecked()},
            form.reporter());
    };
    QObject::connect(form.ok, &QPushButton::clicked, file.field, accept);
    QObject::connect(file.field, &QLineEdit::returnPressed, file.field, accept);
    form.popover->openAt(anchor);
    file.field->setFocus();
}

void askExport(QWidget* window, QWidget* anchor, const QStringList& stages,
    const std::function<void(const DefinitionExport&)>& submit)
{
    const auto form = PopoverForm::make(window, words(QT_TRANSLATE_NOOP("ui::api", "Export the definition")),
        words(QT_TRANSLATE_NOOP("ui::api", "Export…")), u"apiExportOk"_s);
    auto* stage = choice(u"apiExportStage"_s, words(QT_TRANSLATE_NOOP("ui::api", "What is exported")));
    stage->addItem(words(QT_TRANSLATE_NOOP("ui::api", "The API as it is edited")), QString());
    for (const auto& name : stages)
        stage->addItem(words(QT_TRANSLATE_NOOP("ui::api", "What %1 serves")).arg(name), name);
    auto* type = choice(u"apiExportType"_s, words(QT_TRANSLATE_NOOP("ui::api", "Format")));
    type->addItem(u"OpenAPI 3.0"_s, false);
    type->addItem(u"Swagger 2.0"_s, true);
    auto* notation = choice(u"apiExportNotation"_s, words(QT_TRANSLATE_NOOP("ui::api", "Notation")));
    notation->addItem(u"JSON"_s, false);
    notation->addItem(u"YAML"_s, true);
    auto* extensions = check(u"apiExportExtensions"_s,
        words(
            QT_TRANSLATE_NOOP("ui::api", "API Gateway's extensions: integrations, authorizers, validators")),
        true);
    auto* documentation =
        check(u"apiExportDocumentation"_s, words(QT_TRANSLATE_NOOP("ui::api", "Documentation")), true);
    form.rows->addWidget(new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "What")), stage));
    form.rows->addWidget(new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "Format")), type));
    form.rows->addWidget(new kit::FormRow(words(QT_TRANSLATE_NOOP("ui::api", "Notation")), notation));
    form.rows->addWidget(extensions);
    form.rows->addWidget(documentation);
    QObject::connect(form.ok, &QPushButton::clicked, stage, [=] {
        const DefinitionExport wanted{stage->currentData().toString(), type->currentData().toBool(),
            notation->currentData().toBool(), extensions->isChecked(), documentation->isChecked()};
        form.popover->close();
        submit(wanted);
    });
    form.popover->openAt(anchor);
    stage->setFocus();
}

void askSaveFile(QWidget* window, const QString& title, const QString& suggestion,
    const std::function<void(const QString&)>& chosen)
{
    auto* dialog = new QFileDialog(window, title, documents());
    dialog->setObjectName(u"apiSaveDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestion);
    QObject::connect(dialog, &QFileDialog::fileSelected, window, chosen);
    dialog->open();
}

}
