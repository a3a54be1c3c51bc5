#pragma once

#include "core/aws/shape.h"

// The inputs of import and export, of documentation and of the API reference.
namespace core::apigateway {

extern const aws::Shape kImportRestApiShape;
extern const aws::Shape kPutRestApiShape;
extern const aws::Shape kGetExportShape;
extern const aws::Shape kGetSdkShape;
extern const aws::Shape kGetSdkTypeShape;
extern const aws::Shape kGetApiDefinitionShape;
extern const aws::Shape kGetApiReferenceShape;

extern const aws::Shape kCreateDocumentationPartShape;
extern const aws::Shape kGetDocumentationPartsShape;
extern const aws::Shape kDocumentationPartShape;
extern const aws::Shape kPatchDocumentationPartShape;
extern const aws::Shape kImportDocumentationPartsShape;

extern const aws::Shape kCreateDocumentationVersionShape;
extern const aws::Shape kDocumentationVersionShape;
extern const aws::Shape kPatchDocumentationVersionShape;

}
