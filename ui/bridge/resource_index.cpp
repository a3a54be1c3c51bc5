#include "ui/bridge/resource_index.h"

#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace ui::bridge {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

QString text(const json& object, const char* member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                       : QString();
}

const json& member(const json& object, std::initializer_list<const char*> path)
{
    static const json kEmpty = json::array();
    const json* at = &object;
    for (const auto* name : path) {
        const auto found = at->find(name);
        if (!at->is_object() || found == at->end())
            return kEmpty;
        at = &*found;
    }
    return *at;
}

struct Listing {
    const char* service;
    const char* action;
    QList<Resource> (*read)(const json& answer);
};

QList<Resource> readTables(const json& answer)
{
    QList<Resource> found;
    for (const auto& name : member(answer, {"TableNames"})) {
        const auto title = QString::fromStdString(name.get<std::string>());
        found.append({u"table"_s, title, title, ResourceIndex::tr("Table"), u"dynamodb"_s});
    }
    return found;
}

QList<Resource> readFunctions(const json& answer)
{
    QList<Resource> found;
    for (const auto& each : member(answer, {"Functions"})) {
        const auto name = text(each, "FunctionName");
        found.append({u"function"_s, name, name,
            ResourceIndex::tr("Function, %1, %2 MB")
                .arg(runtimeName(text(each, "Runtime")))
                .arg(each.value("MemorySize", 128)),
            u"lambda"_s});
    }
    return found;
}

QList<Resource> readApis(const json& answer)
{
    QList<Resource> found;
    for (const auto& each : member(answer, {"item"}))
        found.append(
            {u"api"_s, text(each, "id"), text(each, "name"), ResourceIndex::tr("REST API"), u"apigateway"_s});
    return found;
}

QList<Resource> readBuckets(const json& answer)
{
    QList<Resource> found;
    for (const auto& each : member(answer, {"Buckets"})) {
        const auto name = text(each, "Name");
        found.append({u"bucket"_s, name, name, ResourceIndex::tr("Bucket"), u"s3"_s});
    }
    return found;
}

QList<Resource> readDistributions(const json& answer)
{
    QList<Resource> found;
    for (const auto& each : member(answer, {"DistributionList", "Items"})) {
        const auto id = text(each, "Id");
        const auto comment = text(each, "Comment");
        found.append({u"distribution"_s, id, comment.isEmpty() ? id : comment,
            ResourceIndex::tr("CDN, %1").arg(id), u"cdn"_s});
    }
    return found;
}

constexpr Listing kListings[] = {
    {"dynamodb", "ListTables", readTables},
    {"lambda", "ListFunctions", readFunctions},
    {"apigateway", "GetRestApis", readApis},
    {"s3", "ListBuckets", readBuckets},
    {"cdn", "ListDistributions", readDistributions},
};

}

QString runtimeName(const QString& runtime)
{
    if (runtime.startsWith("python"_L1))
        return u"Python "_s + runtime.mid(6);
    if (runtime.startsWith("nodejs"_L1))
        return u"Node "_s + runtime.mid(6).remove(u".x"_s);
    return runtime;
}

ResourceIndex::ResourceIndex(EngineClient& engine, EventBridge& events, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const auto stale = std::exchange(m_stale, {});
        for (const auto& service : stale)
            reloadService(service);
    });
    connect(&events, &EventBridge::resourcesChanged, this, [this](const QList<ResourceChange>& changes) {
        for (const auto& change : changes) {
            if (!change.data)
                m_stale.insert(change.service);
        }
        if (!m_stale.isEmpty() && !m_timer.isActive())
            m_timer.start();
    });
    reload();
}

QList<Resource> ResourceIndex::resources() const
{
    QList<Resource> all;
    for (const auto& some : m_byService)
        all += some;
    std::sort(all.begin(), all.end(), [](const Resource& a, const Resource& b) {
        return a.kind != b.kind ? a.kind < b.kind : a.title.compare(b.title, Qt::CaseInsensitive) < 0;
    });
    return all;
}

const Resource* ResourceIndex::find(const QString& kind, const QString& name) const
{
    for (auto it = m_byService.begin(); it != m_byService.end(); ++it) {
        for (const auto& each : it.value()) {
            if (each.kind == kind && each.name == name)
                return &each;
        }
    }
    return nullptr;
}

void ResourceIndex::reload()
{
    for (const auto& listing : kListings)
        reloadService(QString::fromLatin1(listing.service));
}

void ResourceIndex::reloadService(const QString& service)
{
    for (const auto& listing : kListings) {
        if (service != QLatin1String(listing.service))
            continue;
        m_engine.refresh(this, service, QString::fromLatin1(listing.action), json::object(),
            [this, service, read = listing.read](const EngineClient::Answer& answer) {
                if (answer)
                    replace(service, read(*answer));
            });
    }
}

void ResourceIndex::replace(const QString& service, QList<Resource> resources)
{
    auto& known = m_byService[service];
    if (known == resources)
        return;
    known = std::move(resources);
    Q_EMIT changed();
}

}
