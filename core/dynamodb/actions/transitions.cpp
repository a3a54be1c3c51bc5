#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"

#include <nlohmann/json.hpp>

// Own actions: how long tables and indexes are CREATING, UPDATING and DELETING, in seconds of the chamber's
// clock.
namespace core::dynamodb {

namespace {

class PutTransitions final : public aws::PendingWrite {
public:
    PutTransitions(DynamoDbService& service, const TransitionTimes& times)
        : m_service(service)
        , m_times(times)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        TransitionStore::store(transaction, m_times);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        m_service.transitions().publish(m_times);
        return aws::Reply::of(m_service.transitions().json());
    }

private:
    DynamoDbService& m_service;
    TransitionTimes m_times;
};

}

// GET /_chamber/dynamodb/transitions: {"CreateTable": 0, "UpdateTable": 0, "DeleteTable": 0, "CreateIndex":
// 0, "DeleteIndex": 0}.
Result<aws::Outcome> getTransitions(DynamoDbService& service, aws::RequestContext&, aws::Request&)
{
    return aws::Reply::of(service.transitions().json());
}

// PUT /_chamber/dynamodb/transitions: any of the same members.
Result<aws::Outcome> putTransitions(DynamoDbService& service, aws::RequestContext&, aws::Request& request)
{
    return std::make_unique<PutTransitions>(service, service.transitions().changed(jsonOf(request)));
}

}
