#include "core/aws/json_text.h"
#include "core/xray/actions.h"

#include <nlohmann/json.hpp>

namespace core::xray {

using nlohmann::json;

Result<aws::Outcome> putTraceSegments(
    XRayService& service, aws::RequestContext& context, aws::Request& request)
{
    auto unprocessed = json::array();
    const auto& documents = request.input().at("TraceSegmentDocuments");
    for (const auto& text : documents) {
        std::string id;
        const auto document = readDocument(
            aws::parseJson(text.get_ref<const std::string&>()).value_or(json()), context.now, id);
        if (document) {
            CORE_CHECK(service.book().keep(*document));
            continue;
        }
        json entry{{"ErrorCode", document.error().code}, {"Message", document.error().message}};
        if (!id.empty())
            entry["Id"] = id;
        unprocessed.push_back(std::move(entry));
    }
    context.span.step("Segments kept",
        std::to_string(documents.size() - unprocessed.size()) + " of " + std::to_string(documents.size()));
    return aws::Reply::of({{"UnprocessedTraceSegments", std::move(unprocessed)}});
}

Result<aws::Outcome> putTelemetryRecords(
    XRayService& /*service*/, aws::RequestContext& /*context*/, aws::Request& /*request*/)
{
    return aws::Reply::of(json::object());
}

Result<aws::Outcome> describeDaemon(
    XRayService& service, aws::RequestContext& /*context*/, aws::Request& /*request*/)
{
    CORE_TRY(const auto address, service.daemon().address());
    return aws::Reply::of({{"Address", address}});
}

}
