#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/dax/cluster_store.h"
#include "core/dynamodb/index_filler.h"
#include "core/dynamodb/replica_delays.h"
#include "core/dynamodb/replicator.h"
#include "core/dynamodb/stream_store.h"
#include "core/dynamodb/sweeper.h"
#include "core/dynamodb/table_reaper.h"
#include "core/dynamodb/table_store.h"
#include "core/dynamodb/throttle_store.h"
#include "core/dynamodb/transfer_runner.h"
#include "core/dynamodb/transition_store.h"

namespace core::dynamodb {

// DynamoDB: tables, items, indexes and expressions in the chamber's store. Any thread.
class DynamoDbService : public aws::TableService<DynamoDbService> {
public:
    explicit DynamoDbService(const aws::Host& host);
    ~DynamoDbService() override;

    std::string_view id() const override { return "dynamodb"; }
    aws::Protocol protocol() const override { return aws::Protocol::Json10; }
    std::string_view targetPrefix() const override { return "DynamoDB_20120810"; }
    bool parsesBody() const override { return false; }
    bool sendsCrc32() const override { return true; }
    Result<> prepare(const aws::ActionInfo& action, aws::Request& request) override;
    std::string errorType(const Error& error) const override;
    Error malformedBody(std::string_view detail) const override;
    // Requests to a cached endpoint run as its cluster runs them.
    Result<aws::Outcome> run(std::size_t index, aws::RequestContext& context, aws::Request& request) override;
    bool claims(const http::Request& head) const override;
    http::Response serve(http::Request request, trace::SpanScope& span) override;
    void stop() override;
    void reset() override;

    static std::span<const aws::ActionRow<DynamoDbService>> rows();

    TableStore& tables() { return m_tables; }
    StreamStore& streams() { return m_streams; }
    store::Store& store() { return m_host.store; }
    const aws::Host& host() { return m_host; }
    ThrottleStore& throttles() { return m_throttles; }
    TransitionStore& transitions() { return m_transitions; }
    ReplicaDelays& replicaDelays() { return m_replicaDelays; }
    dax::ClusterStore& clusters() { return m_clusters; }
    TransitionTimes transitionTimes() const { return m_transitions.times(); }
    IndexFiller& filler() { return m_filler; }
    TableReaper& reaper() { return m_reaper; }
    Replicator& replicator() { return m_replicator; }
    TransferRunner& transfers() { return m_transfers; }
    std::string endpoint() const { return m_host.endpoint(); }

private:
    void resume();
    void removeHalfMade();

    const aws::Host& m_host;
    TransitionStore m_transitions;
    ReplicaDelays m_replicaDelays;
    dax::ClusterStore m_clusters;
    StreamStore m_streams;
    ThrottleStore m_throttles;
    TableStore m_tables;
    IndexFiller m_filler;
    TableReaper m_reaper;
    Replicator m_replicator;
    Sweeper m_sweeper;
    TransferRunner m_transfers;
};

}
