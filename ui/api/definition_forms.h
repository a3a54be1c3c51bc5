#pragma once

#include "ui/api/api_value.h"
#include "ui/api/popover_form.h"

// The forms that take definitions in and give them out, as files of OpenAPI 3.0 or Swagger 2.0.
namespace ui::api {

struct DefinitionImport {
    enum class Into { NewApi, Merge, Overwrite };
    QString file;
    Into into = Into::NewApi;
    QString basePath; // "ignore", "prepend", "split"
    bool documentation = true;
    bool failOnWarnings = false;
};

struct DefinitionExport {
    QString stage; // "" for the API as it is edited
    bool swagger = false;
    bool yaml = false;
    bool extensions = true;
    bool documentation = true;

    QString fileName(const QString& apiName) const;
};

// `apiName`: of the API that is open, "" for none: then only a new one can be made.
void askImport(QWidget* window, QWidget* anchor, const QString& apiName,
    const std::function<void(const DefinitionImport& wanted, const Report& report)>& submit);
void askExport(QWidget* window, QWidget* anchor, const QStringList& stages,
    const std::function<void(const DefinitionExport& wanted)>& submit);

// Asks where to write a file; `chosen` gets its name. Not called when the person thinks better of it.
void askSaveFile(QWidget* window, const QString& title, const QString& suggestion,
    const std::function<void(const QString& file)>& chosen);

}
