#pragma once

#include "core/cdn/service.h"

// Every action of the CDN; the table is in actions.cpp.
namespace core::cdn {

using aws::Outcome;
using aws::Request;
using aws::RequestContext;

Result<Outcome> createDistribution(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> getDistribution(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> getDistributionConfig(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> listDistributions(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> updateDistribution(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> deleteDistribution(CdnService& service, RequestContext& context, Request& request);

Result<Outcome> createInvalidation(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> getInvalidation(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> listInvalidations(CdnService& service, RequestContext& context, Request& request);

Result<Outcome> createOriginAccessControl(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> getOriginAccessControl(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> listOriginAccessControls(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> deleteOriginAccessControl(CdnService& service, RequestContext& context, Request& request);

// Our own, for the cache inspector.
Result<Outcome> listEdges(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> listCacheEntries(CdnService& service, RequestContext& context, Request& request);
Result<Outcome> emptyCaches(CdnService& service, RequestContext& context, Request& request);

}
