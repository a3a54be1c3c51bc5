#include "core/apigateway/record_write.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

RecordWrite::RecordWrite(Change change, std::function<void()> durable)
    : m_change(std::move(change))
    , m_durable(std::move(durable))
{
}

RecordWrite::~RecordWrite() = default;

Result<> RecordWrite::apply(store::Transaction& transaction)
{
    CORE_TRY(auto output, m_change(transaction));
    m_output = std::make_unique<nlohmann::json>(std::move(output));
    return {};
}

Result<aws::Reply> RecordWrite::answer()
{
    m_durable();
    return m_output->is_null() ? aws::Reply{} : aws::Reply::of(std::move(*m_output));
}

}
