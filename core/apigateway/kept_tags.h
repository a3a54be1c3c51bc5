#pragma once

#include "core/apigateway/model.h"
#include "core/apigateway/record_write.h"
#include "core/apigateway/tag_rules.h"
#include "core/aws/record_store.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace core::apigateway {

// Tags of one kind of kept records; `missing` is AWS's error where there is no such record.

template <typename Record>
Result<StringMap> tagsIn(
    const aws::RecordStore<Record>& records, const std::string& key, const Error& missing)
{
    const auto record = records.find(key);
    if (!record)
        return fail(missing);
    return record->tags;
}

template <typename Record>
aws::Outcome changeTagsIn(aws::RecordStore<Record>& records, const std::string& key, const Error& missing,
    std::function<void(StringMap&)> change, nlohmann::json answer = nullptr)
{
    return std::make_unique<RecordWrite>(
        [key, missing, change = std::move(change), answer = std::move(answer), &records](
            store::Transaction& transaction) -> Result<nlohmann::json> {
            const auto before = records.read(transaction, key);
            if (!before)
                return fail(missing);
            auto record = *before;
            change(record.tags);
            CORE_CHECK(checkTags(record.tags));
            records.put(transaction, record);
            return answer;
        },
        [key, &records] { records.refresh(key); });
}

}
