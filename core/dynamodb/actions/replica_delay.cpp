#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

#include <cmath>

// Own actions: how far the replicas that serve eventually consistent reads lag behind, in milliseconds of the
// chamber's clock.
namespace core::dynamodb {

namespace {

using nlohmann::json;

Micros delayOf(const json& input)
{
    return std::llround(input["DelayMillis"].get<double>() * static_cast<double>(kMillisecond));
}

json described(DynamoDbService& service)
{
    const auto& delays = service.replicaDelays();
    auto tables = json::array();
    for (const auto& table : service.tables().all()) {
        if (const auto own = delays.ownOf(*table))
            tables.push_back(
                {{"TableName", table->name}, {"Region", table->region}, {"DelayMillis", millisOf(*own)}});
    }
    return {{"DelayMillis", millisOf(delays.usual())}, {"Tables", std::move(tables)}};
}

class PutDelay final : public aws::PendingWrite {
public:
    PutDelay(
        DynamoDbService& service, aws::RequestContext& context, TablePtr table, std::optional<Micros> delay)
        : m_service(service)
        , m_context(context)
        , m_table(std::move(table))
        , m_delay(delay)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (m_table && m_table->state->dropped)
            return fail(errors::tableNotFound());
        if (m_table)
            ReplicaDelays::storeOwn(transaction, *m_table, m_delay);
        else
            ReplicaDelays::storeUsual(transaction, *m_delay);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        auto& delays = m_service.replicaDelays();
        if (m_table)
            delays.setOwn(*m_table, m_delay);
        else
            delays.setUsual(*m_delay);
        for (const auto& table : m_service.tables().all())
            delays.applyTo(*table);
        m_context.span.step("replica delay",
            (m_table ? m_table->name : std::string("every table without its own")) + ": "
                + (m_delay ? std::to_string(*m_delay / kMillisecond) + " ms" : std::string("as usual")));
        return aws::Reply::of(described(m_service));
    }

private:
    DynamoDbService& m_service;
    aws::RequestContext& m_context;
    TablePtr m_table; // null: all tables without a delay of their own
    std::optional<Micros> m_delay; // nothing: as usual
};

}

// GET /_chamber/dynamodb/replica-delay: {"DelayMillis": 0, "Tables": [{"TableName": …, "Region": …,
// "DelayMillis": …}]}, the tables that have their own.
Result<aws::Outcome> getReplicaDelay(DynamoDbService& service, aws::RequestContext&, aws::Request&)
{
    return aws::Reply::of(described(service));
}

// PUT /_chamber/dynamodb/replica-delay: {"DelayMillis": 500}.
Result<aws::Outcome> putReplicaDelay(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    return std::make_unique<PutDelay>(service, context, nullptr, delayOf(jsonOf(request)));
}

// PUT /_chamber/dynamodb/replica-delay/{TableName}: the same for one table.
Result<aws::Outcome> putTableReplicaDelay(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(auto table, findTable(service, context, textOf(inputOf(request), "TableName")));
    return std::make_unique<PutDelay>(service, context, std::move(table), delayOf(jsonOf(request)));
}

// DELETE /_chamber/dynamodb/replica-delay/{TableName}: the table follows the others again.
Result<aws::Outcome> deleteTableReplicaDelay(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(auto table, findTable(service, context, textOf(inputOf(request), "TableName")));
    return std::make_unique<PutDelay>(service, context, std::move(table), std::nullopt);
}

}
