#include "core/base/text.h"
#include "core/logs/actions.h"
#include "core/logs/errors.h"
#include "core/logs/log_names.h"
#include "core/logs/log_write.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace core::logs {

namespace {

constexpr int kDays[] = {
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653};

Result<> checkDays(int days)
{
    if (std::find(std::begin(kDays), std::end(kDays), days) != std::end(kDays))
        return {};
    std::vector<std::string> known;
    for (const int each : kDays)
        known.push_back(std::to_string(each));
    return fail(errors::invalidParameter("1 validation error detected: Value '" + std::to_string(days)
        + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: ["
        + join(known, ", ") + "]"));
}

Result<Outcome> keepFor(int days, RequestContext& context, Request& request)
{
    CORE_TRY(const auto ref, groupOf(context, request.input()));
    context.touch(ref.group);
    return std::make_unique<LogWrite>([ref, days](store::Transaction& transaction) -> Result<> {
        auto group = readGroup(transaction, ref);
        if (!group)
            return fail(errors::groupNotFound());
        group->retentionDays = days;
        writeGroup(transaction, ref, *group);
        return {};
    });
}

}

Result<Outcome> putRetentionPolicy(LogsService&, RequestContext& context, Request& request)
{
    const int days = request.input().at("retentionInDays");
    CORE_CHECK(checkDays(days));
    return keepFor(days, context, request);
}

Result<Outcome> deleteRetentionPolicy(LogsService&, RequestContext& context, Request& request)
{
    return keepFor(0, context, request);
}

}
