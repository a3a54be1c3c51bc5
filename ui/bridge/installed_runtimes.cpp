#include "ui/bridge/installed_runtimes.h"

#include "core/base/text.h"
#include "core/lambda/runtime_catalog.h"

#include <QHash>
#include <QProcess>
#include <QRegularExpression>

namespace ui::bridge {

using namespace Qt::StringLiterals;

namespace {

constexpr int kVersionMs = 5'000;

// "Python 3.11.2", "v18.19.0"
QString versionOf(const QString& program)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, {u"--version"_s});
    if (!process.waitForFinished(kVersionMs)) {
        process.kill();
        process.waitForFinished(kVersionMs);
        return {};
    }
    static const QRegularExpression kNumber(u"[0-9]+(\\.[0-9]+)+"_s);
    return kNumber.match(QString::fromLocal8Bit(process.readAll())).captured();
}

QString shortVersion(const InstalledRuntime& runtime)
{
    return runtime.version.section(u'.', 0, runtime.family == u"Node"_s ? 0 : 1);
}

}

namespace {

QList<InstalledRuntime> look()
{
    using core::lambda::RuntimeFamily;
    QList<InstalledRuntime> found;
    QHash<QString, QString> versions;
    const auto known = core::lambda::knownRuntimes();
    for (const auto& name : core::split(known, ',')) {
        const auto* runtime = core::lambda::findRuntime(core::trimmed(name));
        if (!runtime || runtime->family == RuntimeFamily::Provided)
            continue;
        InstalledRuntime each;
        each.id = QString::fromUtf8(runtime->id.data(), static_cast<qsizetype>(runtime->id.size()));
        each.family = runtime->family == RuntimeFamily::Node ? u"Node"_s : u"Python"_s;
        if (const auto program = core::lambda::findInterpreter(*runtime)) {
            each.program = QString::fromStdString(program->string());
            if (!versions.contains(each.program))
                versions.insert(each.program, versionOf(each.program));
            each.version = versions.value(each.program);
        }
        const auto named =
            QString::fromUtf8(runtime->version.data(), static_cast<qsizetype>(runtime->version.size()));
        each.same = each.version == named || each.version.startsWith(named + u'.');
        found.append(each);
    }
    return found;
}

}

QList<InstalledRuntime> findInstalledRuntimes()
{
    static const auto found = look();
    return found;
}

bool runtimeCanRun(const QString& id)
{
    return core::lambda::findRuntime(id.toStdString()) != nullptr;
}

QString runtimesInWords(const QList<InstalledRuntime>& runtimes)
{
    QStringList words;
    for (const auto& family : {u"Python"_s, u"Node"_s}) {
        // The newest that serves its own runtime, else what stands in for all of them.
        const InstalledRuntime* best = nullptr;
        for (const auto& each : runtimes) {
            if (each.family == family && !each.version.isEmpty() && (!best || (each.same && !best->same)))
                best = &each;
        }
        if (best)
            words.append(u"%1 %2"_s.arg(family, shortVersion(*best)));
    }
    return words.join(u", "_s);
}

}
