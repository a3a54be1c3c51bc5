#include "core/dynamodb/dax/errors.h"

#include <string>

namespace core::dynamodb::dax::errors {

Error notKnown(std::string_view action)
{
    return {ErrorKind::Invalid, "UnknownOperationException",
        "DAX does not know " + std::string(action)
            + ": it serves reads and writes of items. Send this to DynamoDB's own endpoint."};
}

Error wrongClusterName(std::string_view name)
{
    return {ErrorKind::Invalid, "ValidationException",
        "'" + std::string(name)
            + "' is no name of a DAX cluster: 1 to 20 letters, digits and hyphens, a letter first, no hyphen "
              "at the end and no two in a row"};
}

Error tooManyClusters(std::size_t limit)
{
    return {ErrorKind::Conflict, "ClusterQuotaForCustomerExceededFault",
        "You have reached the maximum number of DAX clusters, " + std::to_string(limit)};
}

Error noSuchCluster(std::string_view name)
{
    return {ErrorKind::NotFound, "ClusterNotFoundFault", "Cluster not found: " + std::string(name)};
}

}
