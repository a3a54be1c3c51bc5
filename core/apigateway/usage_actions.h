#pragma once

#include "core/apigateway/actions.h"

namespace core::apigateway {

// API keys, usage plans, usage and the account.

// actions/api_keys.cpp
Result<Outcome> createApiKey(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getApiKeys(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getApiKey(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateApiKey(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteApiKey(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/import_api_keys.cpp
Result<Outcome> importApiKeys(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/usage_plans.cpp
Result<Outcome> createUsagePlan(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getUsagePlans(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getUsagePlan(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateUsagePlan(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteUsagePlan(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/usage_plan_keys.cpp
Result<Outcome> createUsagePlanKey(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getUsagePlanKeys(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getUsagePlanKey(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> deleteUsagePlanKey(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> getUsage(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateUsage(ApiGatewayService& service, RequestContext& context, Request& request);
// actions/account.cpp
Result<Outcome> getAccount(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> updateAccount(ApiGatewayService& service, RequestContext& context, Request& request);
Result<Outcome> putAccountThrottle(ApiGatewayService& service, RequestContext& context, Request& request);

}
