#include "core/lambda/function_store.h"

#include "core/aws/json_text.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

namespace {

constexpr std::string_view kFunctions = "lambda/functions";

Result<> put(store::Store& store, const Function& function)
{
    const auto record = aws::writeJson(toRecord(function));
    return store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kFunctions);
        transaction.put(kFunctions, function.key(), record);
        return {};
    });
}

}

FunctionStore::FunctionStore(store::Store& store)
    : m_store(store)
{
    m_store.read()->scan(kFunctions, store::Range::all(), store::Direction::Forward,
        [this](std::string_view key, std::string_view record) {
            m_functions[std::string(key)] = std::make_shared<const Function>(functionFrom(record));
            return true;
        });
}

std::shared_ptr<const Function> FunctionStore::find(const std::string& key) const
{
    const std::lock_guard guard(m_mutex);
    const auto place = m_functions.find(key);
    return place == m_functions.end() ? nullptr : place->second;
}

std::vector<std::shared_ptr<const Function>> FunctionStore::list(
    const std::string& region, const std::string& after, std::size_t limit) const
{
    const auto prefix = region + '/';
    std::vector<std::shared_ptr<const Function>> functions;
    const std::lock_guard guard(m_mutex);
    for (auto place = m_functions.upper_bound(prefix + after);
         place != m_functions.end() && place->first.starts_with(prefix) && functions.size() < limit; ++place)
        functions.push_back(place->second);
    return functions;
}

std::vector<std::shared_ptr<const Function>> FunctionStore::all() const
{
    std::vector<std::shared_ptr<const Function>> functions;
    const std::lock_guard guard(m_mutex);
    for (const auto& [key, function] : m_functions)
        functions.push_back(function);
    return functions;
}

Result<std::shared_ptr<const Function>> FunctionStore::create(Function function)
{
    const std::lock_guard writing(m_writing);
    if (find(function.key()))
        return fail(errors::functionExists(function.name));
    CORE_CHECK(put(m_store, function));
    auto kept = std::make_shared<const Function>(std::move(function));
    const std::lock_guard guard(m_mutex);
    m_functions[kept->key()] = kept;
    return kept;
}

Result<std::shared_ptr<const Function>> FunctionStore::update(
    const std::string& key, const std::function<Result<>(Function&)>& change)
{
    const std::lock_guard writing(m_writing);
    const auto before = find(key);
    if (!before)
        return fail(errors::resourceNotFound());
    auto changed = std::make_shared<Function>(*before);
    CORE_CHECK(change(*changed));
    CORE_CHECK(put(m_store, *changed));
    const std::lock_guard guard(m_mutex);
    m_functions[key] = changed;
    return std::shared_ptr<const Function>(changed);
}

Result<std::shared_ptr<const Function>> FunctionStore::erase(
    const std::string& key, const std::function<void(store::Transaction&)>& also)
{
    const std::lock_guard writing(m_writing);
    auto before = find(key);
    if (!before)
        return before;
    CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kFunctions);
        transaction.erase(kFunctions, key);
        also(transaction);
        return {};
    }));
    const std::lock_guard guard(m_mutex);
    m_functions.erase(key);
    return before;
}

void FunctionStore::reset()
{
    const std::lock_guard writing(m_writing);
    const std::lock_guard guard(m_mutex);
    m_functions.clear();
}

}
