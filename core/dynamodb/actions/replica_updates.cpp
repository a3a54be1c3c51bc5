#include "core/base/ids.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/replica_group.h"
#include "core/dynamodb/table_change.h"
#include "core/dynamodb/table_deletion.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace core::dynamodb {

using nlohmann::json;

namespace {

// One update of a request.
struct ReplicaUpdate {
    enum class Kind { Create, Update, Delete };
    Kind kind = Kind::Update;
    std::string region;
    json wanted;
};

Result<ReplicaUpdate> readUpdate(const json& given)
{
    constexpr std::pair<const char*, ReplicaUpdate::Kind> kKinds[] = {
        {"Create", ReplicaUpdate::Kind::Create},
        {"Update", ReplicaUpdate::Kind::Update},
        {"Delete", ReplicaUpdate::Kind::Delete},
    };
    if (given.empty())
        return fail(errors::noReplicaAction());
    if (given.size() > 1)
        return fail(errors::severalReplicaActions());
    ReplicaUpdate update;
    for (const auto& [name, kind] : kKinds) {
        if (given.contains(name))
            update = {kind, given[name].value("RegionName", ""), given[name]};
    }
    const auto indexes = update.wanted.value("GlobalSecondaryIndexes", json::array());
    const bool emptyIndexes =
        std::all_of(indexes.begin(), indexes.end(), [](const json& index) { return index.size() == 1; });
    if (update.kind == ReplicaUpdate::Kind::Update
        && update.wanted.size()
            == (update.wanted.contains("GlobalSecondaryIndexes") && emptyIndexes ? 2U : 1U))
        return fail(errors::noReplicaAction());
    return update;
}

Result<std::vector<ReplicaUpdate>> readUpdates(const json& input)
{
    std::vector<ReplicaUpdate> updates;
    std::set<std::string> madeOrDeleted;
    bool updatesAny = false;
    for (const auto& given : input["ReplicaUpdates"]) {
        CORE_TRY(auto update, readUpdate(given));
        const bool updatesOne = update.kind == ReplicaUpdate::Kind::Update;
        updatesAny = updatesAny || updatesOne;
        // AWS takes the same one twice.
        if (!updatesOne && !madeOrDeleted.insert(given.dump()).second)
            continue;
        updates.push_back(std::move(update));
    }
    if (madeOrDeleted.size() > 1)
        return fail(errors::severalReplicaUpdates());
    if (updatesAny && !madeOrDeleted.empty())
        return fail(errors::severalReplicaActions());
    return updates;
}

// A replica's key: of the customer's in all regions, or of AWS's in all.
Result<> checkKey(const Table& table, const json& wanted)
{
    const auto encryption = json::parse(table.definition).value("SSESpecification", json::object());
    const bool own = encryption.contains("KMSMasterKeyId");
    if (own != wanted.contains("KMSMasterKeyId"))
        return fail(errors::replicaNeedsKey());
    if (own && wanted.value("KMSMasterKeyId", "").starts_with("alias/aws/"))
        return fail(
            errors::validation("All replica keys must either be Customer Managed CMK or AWS Managed CMK."));
    return {};
}

// All of it in one commit: what each replica's region knows changes together.
class UpdateReplicas : public aws::PendingWrite {
public:
    UpdateReplicas(DynamoDbService& service, aws::RequestContext& context, TablePtr table)
        : m_service(service)
        , m_context(context)
        , m_changes(service.tables())
        , m_table(std::move(table))
    {
    }

    Result<> apply(store::Transaction& transaction) final
    {
        if (m_table->state->dropped)
            return fail(errors::tableNamedNotFound(m_table->name));
        m_table = TableStore::newest(transaction, m_table);
        return update(transaction);
    }

    Result<aws::Reply> answer() final
    {
        const auto& changed = m_changes.changed();
        m_changes.publish();
        afterwards();
        for (const auto& table : changed) {
            if (table->region != m_context.region)
                m_service.host().changes.publish({.service = "dynamodb",
                    .action = "UpdateTable",
                    .region = table->region,
                    .resource = table->name});
        }
        return aws::Reply::of({{"TableDescription", output()}});
    }

protected:
    virtual Result<> update(store::Transaction& transaction) = 0;
    virtual void afterwards() { }
    // AWS answers before its replicas have changed.
    virtual json output() { return describeBegun(*m_table, Phase::Updating); }

    // ResourceInUseException while the global table is being changed.
    Result<> checkAllIdle(store::Reader& transaction) const
    {
        for (const auto& other : otherReplicas(transaction, m_service.tables(), *m_table)) {
            if (!other->transition.isOver(m_context.now))
                return fail(errors::changeInUse());
        }
        return m_table->transition.isOver(m_context.now) ? Result<>{} : fail(errors::changeInUse());
    }

    DynamoDbService& m_service;
    aws::RequestContext& m_context;
    NewDescriptors m_changes;
    TablePtr m_table; // as it was
};

class CreateReplica final : public UpdateReplicas {
public:
    CreateReplica(
        DynamoDbService& service, aws::RequestContext& context, TablePtr table, ReplicaUpdate update)
        : UpdateReplicas(service, context, std::move(table))
        , m_update(std::move(update))
    {
    }

    ~CreateReplica() override
    {
        if (m_fresh && !m_answered)
            m_service.tables().withdraw(*m_fresh); // it did not become durable
    }

private:
    Result<> check(store::Transaction& transaction)
    {
        if (m_update.region == m_context.region)
            return fail(errors::localReplica());
        CORE_CHECK(checkReplicaRegion(m_update.region));
        CORE_CHECK(checkReplicaRegion(m_context.region));
        if (!m_table->onDemand)
            return fail(errors::notAutoScaled());
        CORE_CHECK(checkKey(*m_table, m_update.wanted));
        Table place;
        place.region = m_update.region;
        place.name = m_table->name;
        if (m_table->findReplica(m_update.region) || TableStore::exists(transaction, place))
            return fail(errors::replicaExists(m_table->name));
        return checkAllIdle(transaction);
    }

    Result<> update(store::Transaction& transaction) override
    {
        CORE_CHECK(check(transaction));
        beginStream(transaction);
        CORE_TRY(auto fresh, makeTable(transaction));
        m_fresh = std::make_shared<const Table>(std::move(fresh));
        joinGroup(transaction, m_changes, m_service.tables(), m_table, m_fresh,
            mergedOverrides({}, m_update.wanted), m_context.now);
        m_service.tables().publish(m_fresh);
        copySmall(transaction);
        return {};
    }

    // Replication goes with a stream.
    void beginStream(store::Transaction& transaction)
    {
        if (m_table->stream)
            return;
        m_begun = m_service.streams().make(*m_table, StreamView::NewAndOldImages, m_context.now);
        StreamStore::create(transaction, *m_begun);
        m_table = m_changes.change(transaction, m_table, [this](Table& after) {
            auto definition = json::parse(after.definition);
            definition["StreamSpecification"] = {
                {"StreamEnabled", true}, {"StreamViewType", viewName(m_begun->view)}};
            after.definition = definition.dump();
            after.stream = m_begun;
            after.latestStream = m_begun->label;
        });
    }

    Result<Table> makeTable(store::Reader& transaction)
    {
        CORE_TRY(auto fresh, defineTable(replicaDefinition(*m_table, m_update.wanted)));
        identify(fresh, m_update.region, m_table->account, newUuid(), m_context.now);
        fresh.state->counted = true; // nothing in it yet
        fresh.transition = {Phase::Creating, kUntilAnswered};
        fresh.stream = m_service.streams().make(fresh, m_table->stream->view, m_context.now);
        fresh.latestStream = fresh.stream->label;
        fresh.replicas = seenFrom(transaction, fresh.region);
        fresh.ttlChangedAt = m_table->ttlChangedAt;
        return fresh;
    }

    // In the order of their making.
    std::vector<Replica> seenFrom(store::Reader& transaction, const std::string& region) const
    {
        auto members = otherReplicas(transaction, m_service.tables(), *m_table);
        members.push_back(m_table);
        std::stable_sort(members.begin(), members.end(),
            [](const TablePtr& a, const TablePtr& b) { return a->createdAt < b->createdAt; });
        std::vector<Replica> replicas;
        for (const auto& member : members) {
            if (member->region != region)
                replicas.push_back(
                    {member->region, {}, ownOverrides(transaction, m_service.tables(), *member)});
        }
        return replicas;
    }

    // A small table's replica is complete when the request is answered.
    void copySmall(store::Transaction& transaction)
    {
        auto copy = ReplicaCopy::find(transaction, m_fresh->id);
        bool complete = false;
        for (int step = 0; step < 2 && !complete; ++step)
            complete = copyStep(transaction, *copy, m_table, m_fresh, m_writer);
        if (complete)
            finishCopy(transaction, m_changes, m_service.tables(), *copy, m_service.transitionTimes(),
                m_context.now);
        else
            copy->put(transaction);
        m_copies = !complete;
    }

    void afterwards() override
    {
        m_answered = true;
        m_writer.becameDurable();
        if (m_begun)
            m_service.streams().publish(m_begun);
        m_service.streams().publish(m_fresh->stream);
        m_service.replicator().welcome(*m_fresh);
        if (m_copies)
            m_service.replicator().copy(m_fresh->id);
        m_context.span.step("a replica begins in " + m_update.region,
            (m_copies ? "its items are being copied; " : "its items are copied; ")
                + std::string("writes take ")
                + std::to_string(replicationDelay(m_context.region, m_update.region) / kMillisecond)
                + " ms of the chamber's clock, either way");
    }

    json output() override
    {
        auto description = describeBegun(*m_table, Phase::Updating);
        description["GlobalTableVersion"] = "2019.11.21";
        if (!description.contains("Replicas"))
            description["Replicas"] = json::array();
        return description;
    }

    ReplicaUpdate m_update;
    StreamPtr m_begun;
    TablePtr m_fresh;
    ItemWriter m_writer{ItemWriter::Author::Copy};
    bool m_copies = false;
    bool m_answered = false;
};

// The overrides of one or several replicas.
class ChangeReplicas final : public UpdateReplicas {
public:
    ChangeReplicas(DynamoDbService& service, aws::RequestContext& context, TablePtr table,
        std::vector<ReplicaUpdate> updates)
        : UpdateReplicas(service, context, std::move(table))
        , m_updates(std::move(updates))
    {
    }

private:
    Result<> check(const ReplicaUpdate& update) const
    {
        if (!m_table->findReplica(update.region))
            return fail(errors::notReplicated(update.region));
        if (update.wanted.contains("KMSMasterKeyId"))
            return fail(errors::replicaNeedsKey());
        const auto indexes = update.wanted.value("GlobalSecondaryIndexes", json::array());
        const bool provisions = update.wanted.contains("ProvisionedThroughputOverride")
            || std::any_of(indexes.begin(), indexes.end(),
                [](const json& index) { return index.contains("ProvisionedThroughputOverride"); });
        if (provisions)
            return fail(
                errors::validation("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
                                   "when BillingMode is PAY_PER_REQUEST"));
        for (const auto& index : indexes) {
            if (!m_table->findIndex(index.value("IndexName", "")))
                return fail(errors::noSuchIndex(index.value("IndexName", ""), m_table->name));
        }
        return {};
    }

    Result<> update(store::Transaction& transaction) override
    {
        for (const auto& update : m_updates)
            CORE_CHECK(check(update));
        CORE_CHECK(checkAllIdle(transaction));
        const auto until =
            Transition::begin(Phase::Updating, m_context.now, m_service.transitionTimes().updateTable);
        for (const auto& update : m_updates)
            change(transaction, update, until);
        return {};
    }

    void change(store::Transaction& transaction, const ReplicaUpdate& update, const Transition& until)
    {
        auto members = otherReplicas(transaction, m_service.tables(), *m_table);
        members.push_back(m_table);
        for (const auto& member : members) {
            m_changes.change(transaction, member, [&](Table& after) {
                if (after.region == update.region)
                    return override(after, update.wanted, until);
                for (auto& replica : after.replicas) {
                    if (replica.region == update.region) {
                        replica.overrides = mergedOverrides(replica.overrides, update.wanted);
                        replica.transition = until;
                    }
                }
                if (after.region == m_context.region)
                    after.transition = until;
            });
        }
        m_context.span.step("settings of the replica in " + update.region + " change", update.wanted.dump());
    }

    void override(Table& table, const json& wanted, const Transition& until) const
    {
        auto definition = json::parse(table.definition);
        if (wanted.contains("TableClassOverride")) {
            table.tableClass = wanted["TableClassOverride"];
            table.classChangedAt = m_context.now;
            definition["TableClass"] = table.tableClass;
        }
        overrideMaximums(definition, wanted);
        table.definition = definition.dump();
        table.transition = until;
    }

    std::vector<ReplicaUpdate> m_updates;
};

class DeleteReplica final : public UpdateReplicas {
public:
    DeleteReplica(DynamoDbService& service, aws::RequestContext& context, TablePtr table, std::string region)
        : UpdateReplicas(service, context, std::move(table))
        , m_region(std::move(region))
        , m_deletion(service.tables(), service.transitions())
    {
    }

private:
    Result<> check(store::Reader& transaction) const
    {
        if (m_region == m_context.region)
            return fail(errors::localReplica());
        if (!m_table->findReplica(m_region))
            return fail(errors::notReplicated(m_region));
        CORE_CHECK(checkAllIdle(transaction));
        const auto replica = replicaIn(transaction, m_service.tables(), *m_table, m_region);
        if (!replica)
            return fail(errors::notReplicated(m_region));
        if (replica->deletionProtected)
            return fail(errors::deletionProtected());
        return checkNoSource(*replica, m_context.now);
    }

    Result<> update(store::Transaction& transaction) override
    {
        CORE_CHECK(check(transaction));
        m_deleted = replicaIn(transaction, m_service.tables(), *m_table, m_region);
        m_deletion.apply(transaction, m_deleted, m_context.now);
        return {};
    }

    void afterwards() override
    {
        m_deletion.publish(m_service.reaper(), m_service.host().changes);
        m_service.host().changes.publish(
            {.service = "dynamodb", .action = "DeleteTable", .region = m_region, .resource = m_table->name});
        m_context.span.step("the replica in " + m_region + " is deleted",
            m_deletion.handsOver() ? "it hands over what it had accepted, and is DELETING meanwhile"
                                   : "what it had accepted is here");
    }

    std::string m_region;
    TablePtr m_deleted; // as it was
    TableDeletion m_deletion;
};

}

Result<aws::Outcome> updateReplicas(
    DynamoDbService& service, aws::RequestContext& context, TablePtr table, const json& input)
{
    CORE_TRY(auto updates, readUpdates(input));
    auto& first = updates.front();
    switch (first.kind) {
    case ReplicaUpdate::Kind::Create:
        return std::make_unique<CreateReplica>(service, context, std::move(table), std::move(first));
    case ReplicaUpdate::Kind::Delete:
        return std::make_unique<DeleteReplica>(service, context, std::move(table), first.region);
    case ReplicaUpdate::Kind::Update:
        break;
    }
    return std::make_unique<ChangeReplicas>(service, context, std::move(table), std::move(updates));
}

}
