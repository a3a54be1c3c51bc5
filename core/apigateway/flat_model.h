#pragma once

#include "core/apigateway/model.h"

namespace core::apigateway {

// A model's schema that needs no other: the models that it refers to, and those that they refer to, are its
// definitions. Which form AWS gives it is unverified. The text as it is when it cannot be read.
std::string flatSchema(const Model& model, const std::map<std::string, Model>& models);

}
