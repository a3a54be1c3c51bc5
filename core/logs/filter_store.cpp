#include "core/logs/filter_store.h"

#include "core/logs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::logs {

using nlohmann::json;

namespace {

int& countOf(LogGroup& group, std::string_view keyspace)
{
    return keyspace == kMetricFilters ? group.metricFilters : group.subscriptionFilters;
}

}

std::optional<std::string> readFilter(
    store::Reader& reader, std::string_view keyspace, const GroupRef& ref, std::string_view name)
{
    return reader.get(keyspace, groupKeys(ref) + std::string(name));
}

void scanFilters(store::Reader& reader, std::string_view keyspace, const GroupRef& ref,
    std::string_view prefix, std::string_view after, const std::function<bool(const json&)>& visit)
{
    const auto base = groupKeys(ref);
    auto range = store::Range::prefix(base + std::string(prefix));
    if (!after.empty())
        range.from = std::max(range.from, base + std::string(after) + '\0');
    reader.scan(keyspace, range, store::Direction::Forward,
        [&](std::string_view, std::string_view value) { return visit(json::parse(value)); });
}

Result<> putFilter(store::Transaction& transaction, std::string_view keyspace, const GroupRef& ref,
    const json& filter, int most)
{
    auto group = readGroup(transaction, ref);
    if (!group)
        return fail(errors::groupNotFound());
    const std::string name = filter.at("filterName");
    auto& count = countOf(*group, keyspace);
    if (!readFilter(transaction, keyspace, ref, name)) {
        if (count >= most)
            return fail(errors::tooManyFilters());
        ++count;
    }
    writeGroup(transaction, ref, *group);
    transaction.put(keyspace, groupKeys(ref) + name, filter.dump());
    return {};
}

Result<> eraseFilter(
    store::Transaction& transaction, std::string_view keyspace, const GroupRef& ref, std::string_view name)
{
    auto group = readGroup(transaction, ref);
    if (!group)
        return fail(errors::groupNotFound());
    if (!readFilter(transaction, keyspace, ref, name))
        return fail(keyspace == kMetricFilters ? errors::metricFilterNotFound()
                                               : errors::subscriptionFilterNotFound());
    --countOf(*group, keyspace);
    writeGroup(transaction, ref, *group);
    transaction.erase(keyspace, groupKeys(ref) + std::string(name));
    return {};
}

}
