#pragma once

#include "core/aws/record_store.h"
#include "core/aws/service.h"
#include "core/lambda/alias.h"
#include "core/lambda/environment_pool.h"
#include "core/lambda/invoker.h"

#include <map>
#include <string>

namespace core::lambda {

// How many environments are kept warm for a version, or for the version that an alias points to. A plain
// value.
struct ProvisionedConfig {
    std::string region;
    std::string account;
    std::string function;
    std::string qualifier;
    int requested = 0;
    Micros modified = 0;

    std::string functionKey() const { return region + '/' + function; }
};

std::string recordKey(const ProvisionedConfig& config); // "region/function/qualifier"
std::string encode(const ProvisionedConfig& config);
bool decode(std::string_view record, ProvisionedConfig& config);

// Keeps as many environments warm as the provisioned concurrency of the functions asks for: starts what is
// missing on the host's pool, one after the other for each version, and again when one has ended by itself; a
// version whose start fails, or whose process ends before it was used, is left alone until it is asked for
// anew. Owned by the service. Any thread.
class Provisioner {
public:
    Provisioner(const aws::Host& host, EnvironmentPool& pool, ConcurrencyBook& concurrency, Invoker& invoker,
        aws::RecordStore<ProvisionedConfig>& configs, aws::RecordStore<Alias>& aliases,
        aws::RecordStore<Function>& versions);

    // After a change of the function's configurations or aliases: starts and ends environments. `retry`: also
    // those whose start had failed.
    void reconcile(const std::string& functionKey, bool retry);
    void reconcileAll();

    // "3" of "3", or of an alias that points to it; "" when there is no such thing.
    std::string versionOf(const std::string& functionKey, const std::string& qualifier) const;
    // AllocatedProvisionedConcurrentExecutions, AvailableProvisionedConcurrentExecutions, Status,
    // StatusReason…
    nlohmann::json status(const ProvisionedConfig& config) const;

private:
    std::map<std::string, int> wanted(const std::string& functionKey) const;
    void fill(const std::string& functionKey, const std::string& version);

    const aws::Host& m_host;
    EnvironmentPool& m_pool;
    ConcurrencyBook& m_concurrency;
    Invoker& m_invoker;
    aws::RecordStore<ProvisionedConfig>& m_configs;
    aws::RecordStore<Alias>& m_aliases;
    aws::RecordStore<Function>& m_versions;
};

}
