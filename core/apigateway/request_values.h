#pragma once

#include "core/apigateway/call_context.h"
#include "core/apigateway/mapping.h"

namespace core::apigateway {

// The values that a mapping expression takes from the method request, the stage or the context; none when
// absent.
std::vector<std::string> requestValues(const CallContext& context, const MappingExpression& expression);
// The same from an integration's answer, for responseParameters.
std::vector<std::string> responseValues(const CallContext& context, const MappingExpression& expression);
// All of them that the call has, by name, without an authorizer's own values.
std::vector<std::pair<std::string_view, std::string>> contextVariables(const CallContext& context);
// "$context.<name>" of access logs, templates and mappings; nullopt for a name that this service does not
// have.
std::optional<std::string> contextVariable(const CallContext& context, std::string_view name);

}
