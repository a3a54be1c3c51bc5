#pragma once

#include "core/apigateway/model.h"

namespace core::apigateway {

// Gives a new API what CreateRestApi's cloneFrom names: resources with their methods and integrations,
// authorizers, models, validators, gateway responses and documentation, each under an id of its own, and the
// settings of bodies. Deployments, stages, tags and the resource policy stay with the source.
void cloneDefinition(const RestApi& source, RestApi& into);

}
