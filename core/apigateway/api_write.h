#pragma once

#include "core/aws/request.h"
#include "core/store/store.h"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace core::apigateway {

// The writes of a store of APIs, REST or v2. A store has a Change, a Draft that the change gets, and
// refresh().

template <typename Store> class ApiWrite : public aws::PendingWrite {
public:
    ApiWrite(Store& apis, std::string region, std::string id)
        : m_apis(apis)
        , m_region(std::move(region))
        , m_id(std::move(id))
    {
    }

    Result<aws::Reply> answer() override
    {
        m_apis.refresh(m_region, m_id);
        return m_output.is_null() ? aws::Reply{} : aws::Reply::of(std::move(m_output));
    }

protected:
    std::string key() const { return m_region + '/' + m_id; }

    Store& m_apis;
    const std::string m_region;
    const std::string m_id;
    nlohmann::json m_output; // null: no body
};

template <typename Store, typename Draft> class ChangeApi : public ApiWrite<Store> {
public:
    ChangeApi(Store& apis, std::string region, std::string id, Error missing, typename Store::Change change)
        : ApiWrite<Store>(apis, std::move(region), std::move(id))
        , m_missing(std::move(missing))
        , m_change(std::move(change))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        CORE_TRY(auto draft, Draft::open(transaction, this->m_region, this->m_id, m_missing));
        CORE_TRY(this->m_output, m_change(draft));
        draft.save();
        return {};
    }

private:
    Error m_missing;
    typename Store::Change m_change;
};

// Erases the API's record and, in the other keyspaces, all below "<region>/<id>/".
template <typename Store> class RemoveApi : public ApiWrite<Store> {
public:
    RemoveApi(Store& apis, std::string region, std::string id, Error missing, std::string_view keyspace,
        std::initializer_list<std::string_view> parts)
        : ApiWrite<Store>(apis, std::move(region), std::move(id))
        , m_missing(std::move(missing))
        , m_keyspace(keyspace)
        , m_parts(parts)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (!transaction.erase(m_keyspace, this->key()))
            return fail(m_missing);
        for (const auto part : m_parts) {
            std::vector<std::string> keys;
            transaction.scan(part, store::Range::prefix(this->key() + '/'), store::Direction::Forward,
                [&](std::string_view found, std::string_view) {
                    keys.emplace_back(found);
                    return true;
                });
            for (const auto& found : keys)
                transaction.erase(part, found);
        }
        return {};
    }

private:
    Error m_missing;
    std::string_view m_keyspace;
    std::vector<std::string_view> m_parts;
};

}
