#include "core/lambda/provisioner.h"

#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <set>

namespace core::lambda {

using nlohmann::json;

std::string recordKey(const ProvisionedConfig& config)
{
    return config.functionKey() + '/' + config.qualifier;
}

std::string encode(const ProvisionedConfig& config)
{
    return json{{"region", config.region}, {"account", config.account}, {"function", config.function},
        {"qualifier", config.qualifier}, {"requested", config.requested}, {"modified", config.modified}}
        .dump();
}

bool decode(std::string_view record, ProvisionedConfig& config)
{
    const auto given = json::parse(record);
    given.at("region").get_to(config.region);
    given.at("account").get_to(config.account);
    given.at("function").get_to(config.function);
    given.at("qualifier").get_to(config.qualifier);
    given.at("requested").get_to(config.requested);
    given.at("modified").get_to(config.modified);
    return true;
}

Provisioner::Provisioner(const aws::Host& host, EnvironmentPool& pool, ConcurrencyBook& concurrency,
    Invoker& invoker, aws::RecordStore<ProvisionedConfig>& configs, aws::RecordStore<Alias>& aliases,
    aws::RecordStore<Function>& versions)
    : m_host(host)
    , m_pool(pool)
    , m_concurrency(concurrency)
    , m_invoker(invoker)
    , m_configs(configs)
    , m_aliases(aliases)
    , m_versions(versions)
{
    m_pool.onLost([this](const std::string& functionKey) {
        m_host.pool.post([this, functionKey] { reconcile(functionKey, false); });
    });
}

std::string Provisioner::versionOf(const std::string& functionKey, const std::string& qualifier) const
{
    if (parseInteger(qualifier))
        return qualifier;
    const auto alias = m_aliases.find(functionKey + '/' + qualifier);
    return alias ? alias->version : std::string();
}

std::map<std::string, int> Provisioner::wanted(const std::string& functionKey) const
{
    std::map<std::string, int> wanted;
    for (const auto& version : m_versions.below(functionKey + '/'))
        wanted[version->version] = 0;
    for (const auto& config : m_configs.below(functionKey + '/')) {
        if (const auto place = wanted.find(versionOf(functionKey, config->qualifier)); place != wanted.end())
            place->second += config->requested;
    }
    return wanted;
}

void Provisioner::reconcile(const std::string& functionKey, bool retry)
{
    for (const auto& [number, count] : wanted(functionKey)) {
        const auto version = m_versions.find(versionKey(functionKey, number));
        if (!version)
            continue;
        m_concurrency.setProvisioned(*version, count);
        if (retry || count == 0)
            m_pool.trimProvisioned(functionKey, number, count);
        if (count > 0)
            m_host.pool.post([this, functionKey, number = number] { fill(functionKey, number); });
    }
}

void Provisioner::reconcileAll()
{
    std::set<std::string> keys;
    for (const auto& config : m_configs.below({}))
        keys.insert(config->functionKey());
    for (const auto& key : keys)
        reconcile(key, true);
}

void Provisioner::fill(const std::string& functionKey, const std::string& number)
{
    for (;;) {
        const auto version = m_versions.find(versionKey(functionKey, number));
        if (!version || !m_pool.provisioned(functionKey, number).failure.empty())
            return;
        auto lease = m_pool.addProvisioned(version, wanted(functionKey)[number]);
        if (!lease)
            return;
        if (const auto warm = m_invoker.warmUp(*lease); !warm) {
            // Before the lease ends: its end would ask for the next one.
            m_pool.setProvisionFailure(functionKey, number, warm.error().code);
            return;
        }
    }
}

json Provisioner::status(const ProvisionedConfig& config) const
{
    const auto view =
        m_pool.provisioned(config.functionKey(), versionOf(config.functionKey(), config.qualifier));
    json output = {{"RequestedProvisionedConcurrentExecutions", config.requested},
        {"AvailableProvisionedConcurrentExecutions", view.available},
        {"AllocatedProvisionedConcurrentExecutions", view.allocated},
        {"LastModified", lambdaTime(config.modified)},
        {"Status",
            !view.failure.empty()                    ? "FAILED"
                : view.allocated >= config.requested ? "READY"
                                                     : "IN_PROGRESS"}};
    if (!view.failure.empty())
        output["StatusReason"] = view.failure;
    return output;
}

}
