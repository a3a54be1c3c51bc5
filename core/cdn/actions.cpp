#include "core/cdn/actions.h"

#include "core/cdn/shapes.h"

namespace core::cdn {

namespace {

using aws::ActionRow;
using aws::Effect;
using aws::Fidelity;
using aws::Lane;
using namespace shapes;

constexpr std::string_view kAtOnce = "changes are deployed at once";
constexpr std::string_view kCompleted = "completed at once";
constexpr std::string_view kNotEnforced = "kept; the chamber's buckets do not ask for it";

constexpr auto kRows = std::to_array<ActionRow<CdnService>>({
    {{.name = "CreateDistribution",
         .effect = Effect::Changes,
         .input = &kCreate,
         .method = "POST",
         .uri = "/2020-05-31/distribution",
         .status = 201,
         .output = &kDistributionAnswer,
         .payload = "DistributionConfig",
         .fidelity = Fidelity::Simplified,
         .note = kAtOnce},
        createDistribution},
    {{.name = "GetDistribution",
         .input = &kId,
         .method = "GET",
         .uri = "/2020-05-31/distribution/{Id}",
         .output = &kDistributionAnswer},
        getDistribution},
    {{.name = "GetDistributionConfig",
         .input = &kId,
         .method = "GET",
         .uri = "/2020-05-31/distribution/{Id}/config",
         .output = &kConfigAnswer},
        getDistributionConfig},
    {{.name = "ListDistributions",
         .input = &kList,
         .method = "GET",
         .uri = "/2020-05-31/distribution",
         .output = &kDistributionsAnswer},
        listDistributions},
    {{.name = "UpdateDistribution",
         .effect = Effect::Changes,
         .input = &kUpdate,
         .method = "PUT",
         .uri = "/2020-05-31/distribution/{Id}/config",
         .output = &kDistributionAnswer,
         .payload = "DistributionConfig",
         .fidelity = Fidelity::Simplified,
         .note = kAtOnce},
        updateDistribution},
    {{.name = "DeleteDistribution",
         .effect = Effect::Changes,
         .input = &kDelete,
         .method = "DELETE",
         .uri = "/2020-05-31/distribution/{Id}",
         .status = 204},
        deleteDistribution},
    {{.name = "CreateInvalidation",
         .effect = Effect::Changes,
         .input = &kInvalidate,
         .method = "POST",
         .uri = "/2020-05-31/distribution/{DistributionId}/invalidation",
         .status = 201,
         .output = &kInvalidationAnswer,
         .payload = "InvalidationBatch",
         .fidelity = Fidelity::Simplified,
         .note = kCompleted},
        createInvalidation},
    {{.name = "GetInvalidation",
         .input = &kGetInvalidation,
         .method = "GET",
         .uri = "/2020-05-31/distribution/{DistributionId}/invalidation/{Id}",
         .output = &kInvalidationAnswer},
        getInvalidation},
    {{.name = "ListInvalidations",
         .input = &kListInvalidations,
         .method = "GET",
         .uri = "/2020-05-31/distribution/{DistributionId}/invalidation",
         .output = &kInvalidationsAnswer},
        listInvalidations},
    {{.name = "CreateOriginAccessControl",
         .effect = Effect::Changes,
         .input = &kCreateAccessControl,
         .method = "POST",
         .uri = "/2020-05-31/origin-access-control",
         .status = 201,
         .output = &kAccessControlAnswer,
         .payload = "OriginAccessControlConfig",
         .fidelity = Fidelity::Simplified,
         .note = kNotEnforced},
        createOriginAccessControl},
    {{.name = "GetOriginAccessControl",
         .input = &kId,
         .method = "GET",
         .uri = "/2020-05-31/origin-access-control/{Id}",
         .output = &kAccessControlAnswer},
        getOriginAccessControl},
    {{.name = "ListOriginAccessControls",
         .input = &kList,
         .method = "GET",
         .uri = "/2020-05-31/origin-access-control",
         .output = &kAccessControlsAnswer},
        listOriginAccessControls},
    {{.name = "DeleteOriginAccessControl",
         .effect = Effect::Changes,
         .input = &kDelete,
         .method = "DELETE",
         .uri = "/2020-05-31/origin-access-control/{Id}",
         .status = 204},
        deleteOriginAccessControl},
    {{.name = "ListEdges", .input = &kId, .method = "GET", .uri = "/_chamber/cdn/distributions/{Id}/edges"},
        listEdges},
    {{.name = "ListCacheEntries",
         .input = &kEntries,
         .method = "GET",
         .uri = "/_chamber/cdn/distributions/{Id}/entries"},
        listCacheEntries},
    {{.name = "EmptyCaches",
         .effect = Effect::Changes,
         .input = &kId,
         .method = "POST",
         .uri = "/_chamber/cdn/distributions/{Id}/empty"},
        emptyCaches},
});

}

std::span<const ActionRow<CdnService>> CdnService::rows()
{
    return kRows;
}

}
