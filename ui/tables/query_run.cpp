#include "ui/tables/query_run.h"

#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

namespace ui::tables {

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int kRefreshMs = 250;
// A filter may leave pages empty: so many are read on before the user is asked for the next.
constexpr int kPagesAtOnce = 10;

double unitsOf(const json& answer)
{
    const auto capacity = answer.find("ConsumedCapacity");
    return capacity == answer.end() ? 0 : capacity->value("CapacityUnits", 0.0);
}

}

QueryRun::QueryRun(shell::AreaContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(kRefreshMs);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (m_running) {
            m_refresh.start();
            return;
        }
        m_quiet = true;
        Q_EMIT restarted();
    });
}

core::Result<> QueryRun::start(const QueryForm& form, const TableSchema& schema)
{
    CORE_TRY(const auto request, buildRequest(form, schema));
    m_form = form;
    m_schema = schema;
    m_request = request.dump();
    m_started = true;
    m_quiet = false;
    m_stats = {};
    Q_EMIT restarted();
    return {};
}

void QueryRun::refresh()
{
    if (m_started && !m_refresh.isActive())
        m_refresh.start();
}

void QueryRun::reset()
{
    ++m_question;
    m_started = m_running = false;
    m_stats = {};
    m_refresh.stop();
    Q_EMIT changed();
}

core::Result<QueryRun::Pages> QueryRun::ask(core::aws::Caller& caller, const core::aws::CallOptions& options,
    const std::string& action, const std::string& request, const std::string& token, int pages,
    const TableSchema& schema)
{
    auto input = json::parse(request);
    if (!token.empty())
        input["ExclusiveStartKey"] = json::parse(token);
    Pages got;
    const auto began = core::steadyMicros();
    do {
        CORE_TRY(const auto reply, caller.call("dynamodb", action, input, options));
        const auto answer = reply.json();
        for (const auto& attributes : answer.value("Items", json::array())) {
            auto item = itemFromJson(attributes);
            auto key = QString::fromStdString(itemToJson(schema.keyOf(item)).dump());
            got.rows.append({std::move(key), std::move(item)});
        }
        ++got.stats.pages;
        got.stats.returned += answer.value("Count", 0);
        got.stats.scanned += answer.value("ScannedCount", 0);
        got.stats.readUnits += unitsOf(answer);
        got.stats.more = answer.contains("LastEvaluatedKey");
        got.next.clear();
        if (got.stats.more) {
            input["ExclusiveStartKey"] = answer["LastEvaluatedKey"];
            got.next = QString::fromStdString(answer["LastEvaluatedKey"].dump());
        }
    } while (got.stats.more
        && (got.stats.pages < pages || (got.rows.isEmpty() && got.stats.pages < kPagesAtOnce)));
    got.stats.milliseconds = static_cast<double>(core::steadyMicros() - began) / 1000;
    return got;
}

void QueryRun::fetch(const QString& token, Done done)
{
    if (!m_started)
        return done({});
    core::aws::CallOptions options;
    options.region = m_context.engine.engine().region;
    options.quiet = m_quiet;
    const int pages = m_quiet && token.isEmpty() ? std::max(1, m_stats.pages) : 1;
    m_running = true;
    Q_EMIT changed();
    const auto work = [&caller = m_context.engine.engine().caller, options, request = m_request,
                          action = m_form.action().toStdString(), from = token.toStdString(), pages,
                          schema = m_schema] {
        return ask(caller, options, action, request, from, pages, schema);
    };
    m_context.engine.run(this, work,
        [this, token, done = std::move(done), question = ++m_question](const core::Result<Pages>& got) {
            if (question != m_question)
                return;
            m_running = false;
            if (!got) {
                Q_EMIT failed(got.error());
                done({});
                Q_EMIT changed();
                return;
            }
            if (token.isEmpty())
                m_stats = {};
            m_stats.returned += got->stats.returned;
            m_stats.scanned += got->stats.scanned;
            m_stats.readUnits += got->stats.readUnits;
            m_stats.pages += got->stats.pages;
            m_stats.milliseconds += got->stats.milliseconds;
            m_stats.more = got->stats.more;
            m_quiet = false;
            done({got->rows, got->next});
            Q_EMIT changed();
        });
}

}
