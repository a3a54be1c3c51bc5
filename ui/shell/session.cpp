#include "ui/shell/session.h"

#include "core/chamber/chamber.h"
#include "core/project/sam_import.h"
#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"
#include "ui/bridge/resource_index.h"

#include <QDir>
#include <QMetaObject>
#include <QPointer>
#include <QStandardPaths>
#include <QThread>
#include <QThreadPool>
#include <QUndoStack>

namespace ui::shell {

using namespace Qt::StringLiterals;
using core::chamber::Chamber;

namespace {

struct Opened {
    std::shared_ptr<Chamber> chamber;
    std::optional<core::Error> listenError;
};

using Progress = std::function<void(const QString&)>;

// Closing waits for functions and writes to end: never on the UI thread. One thread of its own, so that an
// opening of the same folder can wait for it.
QThreadPool& closings()
{
    static QThreadPool pool;
    pool.setMaxThreadCount(1);
    return pool;
}

std::shared_ptr<Chamber> closingElsewhere(std::unique_ptr<Chamber> chamber)
{
    return {chamber.release(), [](Chamber* last) { closings().start([last] { delete last; }); }};
}

core::Result<> fillFromSample(Chamber& chamber, const QString& sample, const Progress& progress)
{
    progress(SessionOpening::tr("Reading the sample %1").arg(sample));
    const auto report =
        core::project::openSample(core::project::sampleFolder(sample.toStdString()), chamber.caller(),
            chamber.region(), [&](const std::string& now) { progress(QString::fromStdString(now)); });
    if (!report)
        return core::fail(report.error());
    return chamber.noteSample(sample.toStdString());
}

core::Result<Opened> openChamber(const OpenRequest& request, const Progress& progress)
{
    const std::filesystem::path folder = request.folder.toStdString();
    std::error_code ignored;
    const bool isNew = !std::filesystem::exists(folder, ignored);
    closings().waitForDone();
    progress(SessionOpening::tr("Opening the store"));
    core::chamber::ChamberOptions options;
    options.folder = folder;
    options.port = request.port.value_or(options.port);
    if (!request.host.isEmpty())
        options.host = request.host.toStdString();
    CORE_TRY(auto chamber, Chamber::open(options));
    Opened opened;
    progress(SessionOpening::tr("Opening port %1").arg(options.port));
    if (auto listening = chamber->listen(); !listening)
        opened.listenError = listening.error();
    if (!request.sample.isEmpty() && !chamber->hasSample(request.sample.toStdString())) {
        if (auto filled = fillFromSample(*chamber, request.sample, progress); !filled) {
            // Nothing is left of a sample that could not be loaded into a folder made for it.
            chamber.reset();
            if (isNew)
                std::filesystem::remove_all(folder, ignored);
            return core::fail(std::move(filled).error());
        }
    }
    opened.chamber = closingElsewhere(std::move(chamber));
    return opened;
}

}

Session::Session(bridge::Engine engine, QString name, std::shared_ptr<void> owner, QObject* parent)
    : QObject(parent)
    , m_name(std::move(name))
    , m_owner(std::move(owner))
    , m_client(std::make_unique<bridge::EngineClient>(std::move(engine)))
    , m_events(std::make_unique<bridge::EventBridge>(m_client->engine()))
    , m_resources(std::make_unique<bridge::ResourceIndex>(*m_client, *m_events))
    , m_undo(std::make_unique<QUndoStack>())
{
}

Session::~Session() = default;

QString Session::folder() const
{
    return QString::fromStdString(m_client->engine().folder.string());
}

void Session::finishClosing()
{
    QThreadPool::globalInstance()->waitForDone();
    closings().waitForDone();
}

QString SessionOpening::defaultFolder(const QString& name)
{
    const auto base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return base + u"/cloudchamber/"_s + name + u".chamber"_s;
}

SessionOpening::SessionOpening(const OpenRequest& request, QObject* parent)
    : QObject(parent)
    , m_request(request)
{
    if (m_request.folder.isEmpty())
        m_request.folder = defaultFolder(m_request.sample.isEmpty() ? u"chamber"_s : m_request.sample);
    // The thread pool's work outlives this object: it speaks to it only through the application's event
    // queue.
    QPointer<SessionOpening> guard(this);
    auto* application = QCoreApplication::instance();
    const auto say = [guard, application](const QString& now) {
        QMetaObject::invokeMethod(
            application,
            [guard, now] {
                if (guard)
                    Q_EMIT guard->progressed(now);
            },
            Qt::QueuedConnection);
    };
    QThreadPool::globalInstance()->start([guard, application, say, wanted = m_request] {
        auto result = std::make_shared<core::Result<Opened>>(openChamber(wanted, say));
        QMetaObject::invokeMethod(
            application,
            [guard, result] {
                if (!guard)
                    return;
                if (!*result) {
                    Q_EMIT guard->failed(QString::fromStdString(result->error().code),
                        QString::fromStdString(result->error().message));
                    return;
                }
                const auto& chamber = (*result)->chamber;
                auto* session = new Session(
                    bridge::Engine::of(*chamber), QString::fromStdString(chamber->name()), chamber);
                session->setListenError((*result)->listenError);
                Q_EMIT guard->opened(session);
            },
            Qt::QueuedConnection);
    });
}

SessionOpening::~SessionOpening() = default;

}
