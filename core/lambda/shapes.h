#pragma once

#include "core/aws/shape.h"

namespace core::lambda::shapes {

// The constraint table of each action's input.
extern const aws::Shape kCreateFunction;
extern const aws::Shape kUpdateFunctionCode;
extern const aws::Shape kUpdateFunctionConfiguration;
extern const aws::Shape kGetFunction;
extern const aws::Shape kListFunctions;
extern const aws::Shape kDeleteFunction;
extern const aws::Shape kInvoke;
extern const aws::Shape kAddPermission;
extern const aws::Shape kRemovePermission;
extern const aws::Shape kGetPolicy;

// Own actions.
extern const aws::Shape kOwnFunction;
extern const aws::Shape kOwnFile;
extern const aws::Shape kOwnWriteFile;
extern const aws::Shape kOwnRenameFile;
extern const aws::Shape kOwnPackage;

}
