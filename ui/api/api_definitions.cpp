#include "ui/api/api_document.h"
#include "ui/api/definition_forms.h"
#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QSaveFile>

#include <memory>

// Definitions into the chamber and out of it.
namespace ui::api {

using namespace Qt::StringLiterals;
using core::Result;
using nlohmann::json;

namespace {

constexpr qint64 kMaxFile = 16 * 1024 * 1024; // beyond what the gateway takes, so that it says so itself

// What an import needs on its way there and back.
struct ImportState {
    std::string id; // of a new API
    std::string text;
    std::string before; // the definition that it changed
    QStringList warnings;
};

Result<std::string> readText(const QString& file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return core::fail(
            core::ErrorKind::Io, "NotReadable", u"%1: %2"_s.arg(file, source.errorString()).toStdString());
    return source.read(kMaxFile).toStdString();
}

Result<> writeText(const QString& file, const std::string& text)
{
    QSaveFile target(file);
    const auto size = static_cast<qint64>(text.size());
    if (target.open(QIODevice::WriteOnly) && target.write(text.data(), size) == size && target.commit())
        return {};
    return core::fail(
        core::ErrorKind::Io, "NotWritten", u"%1: %2"_s.arg(file, target.errorString()).toStdString());
}

json importInput(const DefinitionImport& wanted, const std::string& text)
{
    json input{{"basepath", wanted.basePath.toStdString()}, {"failOnWarnings", wanted.failOnWarnings},
        {"body", text}};
    if (!wanted.documentation)
        input["ignore"] = "documentation";
    return input;
}

void keepWarnings(ImportState& state, const json& answer)
{
    state.warnings.clear();
    for (const auto& warning : answer.value("warnings", json::array()))
        state.warnings.append(QString::fromStdString(warning.get<std::string>()));
}

Result<> makeApi(const ApiWriter& writer, ImportState& state, const DefinitionImport& wanted)
{
    auto input = importInput(wanted, state.text);
    if (state.id.empty()) {
        CORE_TRY(const auto made, writer.importApi(input));
        state.id = made.at("id").get<std::string>();
        keepWarnings(state, made);
        return {};
    }
    // Again, under the id that later commands know.
    CORE_CHECK(writer.create({{"name", "import"}, {"tags", {{"_custom_id_", state.id}}}}));
    const ApiWriter same = writer.of(state.id);
    input["mode"] = "overwrite";
    CORE_CHECK(same.call("PutRestApi", std::move(input)));
    return {};
}

Result<> putApi(const ApiWriter& writer, ImportState& state, const DefinitionImport& wanted)
{
    CORE_TRY(state.before, writer.definition());
    auto input = importInput(wanted, state.text);
    input["mode"] = wanted.into == DefinitionImport::Into::Merge ? "merge" : "overwrite";
    CORE_TRY(const auto put, writer.call("PutRestApi", std::move(input)));
    keepWarnings(state, put);
    return {};
}

}

void ApiDocument::importDefinition(const DefinitionImport& wanted, const ImportReport& report)
{
    const bool isNew = wanted.into == DefinitionImport::Into::NewApi;
    auto state = std::make_shared<ImportState>();
    ApiCommand::Change imported{tr("Import %1").arg(wanted.file.section(u'/', -1)),
        isNew ? QString() : m_apiId,
        [state, wanted, isNew](const ApiWriter& writer) -> Result<> {
            // Read once: what is undone and redone stays the same when the file changes.
            if (state->text.empty()) {
                CORE_TRY(state->text, readText(wanted.file));
            }
            return isNew ? makeApi(writer, *state, wanted) : putApi(writer, *state, wanted);
        },
        [state, isNew](const ApiWriter& writer) -> Result<> {
            if (isNew)
                return writer.deleteApi(state->id);
            CORE_CHECK(writer.call("PutRestApi", {{"mode", "overwrite"}, {"body", state->before}}));
            return {};
        }};
    change(
        std::move(imported), [state, report](const Result<>& result) { report(result, state->warnings); },
        [this, state, isNew](bool undone) {
            if (isNew && !undone)
                m_apiId = QString::fromStdString(state->id);
        });
}

void ApiDocument::exportDefinition(const DefinitionExport& wanted, const QString& file, const Report& report)
{
    m_engine.run(
        this,
        [&caller = m_engine.engine().caller, region = m_engine.engine().region, id = m_apiId.toStdString(),
            wanted, file]() -> Result<> {
            CORE_TRY(const auto text, ApiWriter(caller, region, id).exported(wanted));
            return writeText(file, text);
        },
        report);
}

}
