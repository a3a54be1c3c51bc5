#pragma once

#include "core/base/result.h"

namespace core::project {

class Template;
struct References;

// Decides the Conditions of a template by its parameters and pseudo parameters, and leaves in its Globals and
// Resources what they say: resources of a false condition are gone, Fn::If is the branch it chose, and what
// Ref AWS::NoValue stood for is gone too. Errors: Invalid, with file and line, for a condition that is not
// there, names itself, or is none of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition.
Result<> decideConditions(Template& source, const References& values);

}
