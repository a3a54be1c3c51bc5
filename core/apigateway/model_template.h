#pragma once

#include "core/apigateway/model.h"

namespace core::apigateway {

// A mapping template that makes a body of the model's form, to be edited: a sample of each value that the
// schema names, a loop for each list. Schemas of other models, and definitions of its own, are followed once
// along each path.
std::string sampleTemplate(const std::map<std::string, Model>& models, const Model& model);

}
