#include "core/dynamodb/changed_tables.h"

namespace core::dynamodb {

void publishOthers(Publisher<aws::ResourceChanged>& changes, const aws::RequestContext& context,
    std::string_view action, const std::vector<std::string_view>& tables)
{
    if (!changes.hasListeners())
        return;
    for (const auto table : tables) {
        if (table != context.resource)
            changes.publish({"dynamodb", std::string(action), context.region, std::string(table), true});
    }
}

}
