#pragma once

#include "core/base/result.h"
#include "core/lambda/function.h"
#include "core/store/store.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace core::lambda {

// The functions of a chamber: the store's records and, so that an invocation reads no disk, copies in memory.
// Any thread; changes wait until they are durable.
class FunctionStore {
public:
    explicit FunctionStore(store::Store& store);

    // The function of a key ("region/name"), nullptr when there is none.
    std::shared_ptr<const Function> find(const std::string& key) const;
    // Those of a region after the one named, in order of name.
    std::vector<std::shared_ptr<const Function>> list(
        const std::string& region, const std::string& after, std::size_t limit) const;
    std::vector<std::shared_ptr<const Function>> all() const;

    // Fails with functionExists when there is one already.
    Result<std::shared_ptr<const Function>> create(Function function);
    // Lets `change` alter the function as it is now; a change of code or configuration also asks for a new
    // generation.
    Result<std::shared_ptr<const Function>> update(
        const std::string& key, const std::function<Result<>(Function&)>& change);
    // What was there before, nullptr when nothing was.
    // `also`: what is erased with it.
    Result<std::shared_ptr<const Function>> erase(
        const std::string& key, const std::function<void(store::Transaction&)>& also);

    // After the store was emptied.
    void reset();

private:
    store::Store& m_store;
    std::mutex m_writing; // one change at a time
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const Function>> m_functions;
};

}
