#pragma once

#include "core/aws/service.h"

#include <string_view>
#include <vector>

namespace core::dynamodb {

// A request that writes several tables is published for the one that it names as its resource; this publishes
// the others. Any thread.
void publishOthers(Publisher<aws::ResourceChanged>& changes, const aws::RequestContext& context,
    std::string_view action, const std::vector<std::string_view>& tables);

}
