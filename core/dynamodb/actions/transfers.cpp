#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"

#include <nlohmann/json.hpp>

// Own actions: backups, restores, exports and imports under way, and the latest that are over.
namespace core::dynamodb {

// GET /_chamber/dynamodb/transfers: {"Transfers": [{"Id", "Kind", "Status", "Table", "Region", "Resource",
// "Source", "Items", "TotalItems", "Bytes", "TotalBytes", "Errors", "Started", "Finished", "Failure"}]},
// newest first; null for what nobody knows, or what is not yet.
Result<aws::Outcome> listTransfers(DynamoDbService& service, aws::RequestContext&, aws::Request&)
{
    return aws::Reply::of({{"Transfers", service.transfers().rows()}});
}

// DELETE /_chamber/dynamodb/transfers/{Id}: it fails soon, and nothing half made stays.
Result<aws::Outcome> cancelTransfer(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto id = std::string(textOf(inputOf(request), "Id"));
    if (!service.transfers().cancel(id)) {
        return fail(ErrorKind::NotFound, "ResourceNotFoundException",
            "No transfer of the id " + id + " is under way");
    }
    context.span.step("cancels the transfer");
    return aws::Reply::of(nlohmann::json::object());
}

}
