#include "ui/tables/tables_document.h"

#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"

#include <nlohmann/json.hpp>

#include <QSet>

namespace ui::tables {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int kCountsMs = 500;
constexpr int kItemsABatch = 25;

core::aws::CallOptions quietly(const std::string& region)
{
    core::aws::CallOptions options;
    options.region = region;
    options.quiet = true;
    return options;
}

QList<bridge::Call> recreation(const json& description, const json& items)
{
    QList<bridge::Call> calls{{u"dynamodb"_s, u"CreateTable"_s, recreateTableInput(description)}};
    const auto name = description["TableName"].get<std::string>();
    for (std::size_t from = 0; from < items.size(); from += kItemsABatch) {
        json puts = json::array();
        for (auto i = from; i < std::min(from + kItemsABatch, items.size()); ++i)
            puts.push_back({{"PutRequest", {{"Item", items[i]}}}});
        calls.append({u"dynamodb"_s, u"BatchWriteItem"_s, {{"RequestItems", {{name, std::move(puts)}}}}});
    }
    return calls;
}

}

TablesDocument::TablesDocument(shell::AreaContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
    m_counts.setSingleShot(true);
    m_counts.setInterval(kCountsMs);
    connect(&m_counts, &QTimer::timeout, this, &TablesDocument::reload);
    m_context.events.watch(this, u"dynamodb"_s, [this](const bridge::ResourceChange& change) {
        if (!change.data)
            return reload();
        if (!m_counts.isActive())
            m_counts.start();
        Q_EMIT itemsChanged(change.resource);
    });
    reload();
}

const TableSchema* TablesDocument::find(const QString& name) const
{
    for (const auto& each : m_tables) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

core::Result<TablesDocument::Loaded> TablesDocument::load(
    core::aws::Caller& caller, const std::string& region)
{
    const auto options = quietly(region);
    Loaded loaded;
    json request = json::object();
    do {
        CORE_TRY(const auto page, caller.call("dynamodb", "ListTables", request, options));
        const auto names = page.json();
        for (const auto& name : names.value("TableNames", json::array())) {
            auto reply = caller.call("dynamodb", "DescribeTable", {{"TableName", name}}, options);
            if (!reply)
                continue; // deleted in between
            auto table = reply->json().value("Table", json::object());
            loaded.schemas.append(TableSchema::fromJson(table));
            loaded.descriptions.insert(
                loaded.schemas.last().name, std::make_shared<const json>(std::move(table)));
        }
        request = json::object();
        if (names.contains("LastEvaluatedTableName"))
            request["ExclusiveStartTableName"] = names["LastEvaluatedTableName"];
    } while (!request.empty());
    return loaded;
}

void TablesDocument::reload()
{
    const auto work = [&caller = m_context.engine.engine().caller,
                          region = m_context.engine.engine().region] { return load(caller, region); };
    m_context.engine.run(this, work, [this, question = ++m_question](const core::Result<Loaded>& loaded) {
        if (question != m_question)
            return;
        if (!loaded) {
            Q_EMIT failed(loaded.error());
            return;
        }
        const bool same = m_loaded && m_tables == loaded->schemas;
        m_loaded = true;
        m_tables = loaded->schemas;
        m_descriptions = loaded->descriptions;
        if (!same)
            Q_EMIT changed();
    });
}

void TablesDocument::create(const NewTable& table, std::function<void(const core::Result<>&)> done)
{
    const json name{{"TableName", table.name.toStdString()}};
    makeChange(m_context, this,
        {tr("Create table %1").arg(table.name), {{u"dynamodb"_s, u"CreateTable"_s, createTableInput(table)}},
            {{u"dynamodb"_s, u"DeleteTable"_s, name}}},
        [this, done = std::move(done)](const core::Result<>& result, Moment moment) {
            if (moment == Moment::First)
                return done(result);
            if (!result)
                Q_EMIT failed(result.error());
        });
}

core::Result<TablesDocument::Copy> TablesDocument::copyItems(
    core::aws::Caller& caller, const std::string& region, const std::string& table)
{
    json items = json::array();
    json request{{"TableName", table}, {"ConsistentRead", true}};
    while (items.size() < static_cast<std::size_t>(kMostKeptItems)) {
        CORE_TRY(const auto page, caller.call("dynamodb", "Scan", request, quietly(region)));
        const auto answer = page.json();
        for (const auto& item : answer.value("Items", json::array()))
            items.push_back(item);
        if (!answer.contains("LastEvaluatedKey"))
            return Copy{std::make_shared<const json>(std::move(items)), true};
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"];
    }
    return Copy{std::make_shared<const json>(std::move(items)), false};
}

void TablesDocument::remove(const QString& name, bool evenIfTooLarge)
{
    Q_EMIT removing(name);
    const auto work = [&caller = m_context.engine.engine().caller, region = m_context.engine.engine().region,
                          table = name.toStdString()] { return copyItems(caller, region, table); };
    m_context.engine.run(this, work, [this, name, evenIfTooLarge](const core::Result<Copy>& copy) {
        if (!copy)
            Q_EMIT failed(copy.error());
        else if (!copy->complete && !evenIfTooLarge)
            Q_EMIT copyTooLarge(name, static_cast<int>(copy->items->size()));
        else
            removeWith(name, *copy);
    });
}

void TablesDocument::removeWith(const QString& name, const Copy& copy)
{
    const auto description = m_descriptions.value(name);
    if (!description)
        return;
    const json input{{"TableName", name.toStdString()}};
    makeChange(m_context, this,
        {tr("Delete table %1").arg(name), {{u"dynamodb"_s, u"DeleteTable"_s, input}},
            recreation(*description, *copy.items)},
        [this, name](const core::Result<>& result, Moment moment) {
            if (!result)
                Q_EMIT failed(result.error());
            else if (moment == Moment::First)
                m_context.navigator.toast(u"trash"_s, kit::Hue::Tbl, tr("Deleted table %1").arg(name), {},
                    tr("Undo"), [this] { m_context.undo.undo(); });
        });
}

}
