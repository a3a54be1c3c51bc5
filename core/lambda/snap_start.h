#pragma once

#include "core/base/result.h"
#include "core/lambda/function.h"

namespace core::lambda {

// Whether environments of this version start from a snapshot on AWS. Here they start as others do, and are
// told so.
bool startsFromSnapshot(const Function& function);
// That a function may have SnapStart, if it has. Errors: InvalidParameterValueException.
Result<> checkSnapStart(const Function& function);

}
