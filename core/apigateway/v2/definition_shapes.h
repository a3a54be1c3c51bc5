#pragma once

#include "core/aws/shape.h"

// The inputs of import and export.
namespace core::apigateway::v2 {

extern const aws::Shape kImportApiShape;
extern const aws::Shape kReimportApiShape;
extern const aws::Shape kExportApiShape;
extern const aws::Shape kReferenceShape; // of our own

}
