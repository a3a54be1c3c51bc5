#include "core/lambda/actions.h"
#include "core/lambda/errors.h"
#include "core/lambda/page.h"
#include "core/lambda/target.h"
#include "core/lambda/version_publisher.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

Result<Outcome> publishVersion(LambdaService& service, RequestContext& context, Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto found, findFunction(service, context, request));
    PublishOrder order;
    if (input.contains("Description"))
        order.description = input.at("Description").get<std::string>();
    order.codeSha256 = input.value("CodeSha256", "");
    order.revision = input.value("RevisionId", "");
    const std::lock_guard guard(service.changing());
    const auto before = found.function->lastVersion;
    CORE_TRY(const auto version, publishVersion(service, found.name.key(), order));
    context.span.step(version->version == std::to_string(before)
            ? "Nothing has changed since version " + version->version
            : "Publishes version " + version->version,
        "Its code is a copy in " + version->codeFolder());
    return aws::Reply::of(configuration(*version, Moment::Settled, ':' + version->version));
}

Result<Outcome> listVersionsByFunction(LambdaService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto found, findFunction(service, context, request));
    CORE_TRY(const auto page, pageOf(request.input()));
    std::vector<std::pair<std::string, json>> entries;
    entries.emplace_back(kLatest, configuration(*found.function, Moment::Listed, ":$LATEST"));
    for (const auto& version : service.versions().below(found.name.key() + '/'))
        entries.emplace_back(
            recordKey(*version), configuration(*version, Moment::Listed, ':' + version->version));
    return aws::Reply::of(writePage(page, "Versions", std::move(entries)));
}

}
