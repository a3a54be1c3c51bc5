#include "core/dynamodb/inspector_shapes.h"

namespace core::dynamodb::shapes {

namespace {

using aws::Fidelity;
using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr Shape kTableName{.type = Type::String, .min = 1, .max = 1024};
constexpr Shape kDelay{.type = Type::Double, .min = 0, .max = 3'600'000};
constexpr Member kDelayMillis{"DelayMillis", &kDelay, true};
constexpr Member kTableInPath{"TableName", &kTableName, true, Fidelity::Exact, {}, In::Path};

constexpr Member kReplicaDelayMembers[] = {kDelayMillis};
constexpr Member kTableReplicaDelayMembers[] = {kTableInPath, kDelayMillis};
constexpr Member kTableOfPathMembers[] = {kTableInPath};

constexpr Shape kClusterName{.type = Type::String, .min = 1, .max = 255};
constexpr Shape kTtl{.type = Type::Double, .min = 0, .max = 2'147'483'647};
constexpr Shape kMaxBytes{.type = Type::Long, .min = 0, .max = 1024 * 1024 * 1024};
constexpr std::string_view kKinds[] = {"item", "query"};
constexpr Shape kKind{.type = Type::String, .values = kKinds};
constexpr Shape kLimit{.type = Type::Integer, .min = 1, .max = 10'000};
constexpr Member kCluster{"ClusterName", &kClusterName, true, Fidelity::Exact, {}, In::Path};
constexpr Member kTableInQuery{"TableName", &kTableName, false, Fidelity::Exact, {}, In::Query};
constexpr Member kCacheSettingsMembers[] = {
    kCluster, {"RecordTtlMillis", &kTtl}, {"QueryTtlMillis", &kTtl}, {"MaxBytes", &kMaxBytes}};
constexpr Member kClusterOfPathMembers[] = {kCluster};
constexpr Member kCacheEntriesMembers[] = {kCluster, kTableInQuery,
    {"Kind", &kKind, false, Fidelity::Exact, {}, In::Query},
    {"Limit", &kLimit, false, Fidelity::Exact, {}, In::Query}};
constexpr Member kCacheFlushMembers[] = {kCluster, kTableInQuery};

}

const Shape kReplicaDelay{.type = Type::Structure, .members = kReplicaDelayMembers};
const Shape kTableReplicaDelay{.type = Type::Structure, .members = kTableReplicaDelayMembers};
const Shape kTableOfPath{.type = Type::Structure, .members = kTableOfPathMembers};
const Shape kCacheSettings{.type = Type::Structure, .members = kCacheSettingsMembers};
const Shape kClusterOfPath{.type = Type::Structure, .members = kClusterOfPathMembers};
const Shape kCacheEntries{.type = Type::Structure, .members = kCacheEntriesMembers};
const Shape kCacheFlush{.type = Type::Structure, .members = kCacheFlushMembers};

}
