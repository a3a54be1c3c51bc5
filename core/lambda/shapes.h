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
extern const aws::Shape kPublishVersion;
extern const aws::Shape kListVersionsByFunction;
extern const aws::Shape kCreateAlias;
extern const aws::Shape kUpdateAlias;
extern const aws::Shape kAlias; // GetAlias, DeleteAlias
extern const aws::Shape kListAliases;
extern const aws::Shape kTagResource;
extern const aws::Shape kUntagResource;
extern const aws::Shape kListTags;
extern const aws::Shape kPutFunctionConcurrency;
extern const aws::Shape kFunctionConcurrency; // Get…, Delete…
extern const aws::Shape kPutProvisionedConcurrency;
extern const aws::Shape kProvisionedConcurrency; // Get…, Delete…
extern const aws::Shape kListProvisionedConcurrency;
extern const aws::Shape kNothing;
extern const aws::Shape kPutRecursion;
extern const aws::Shape kPlainFunction; // FunctionName alone
extern const aws::Shape kPutCodeSigning; // of a function
extern const aws::Shape kCreateCodeSigning;
extern const aws::Shape kUpdateCodeSigning;
extern const aws::Shape kCodeSigning; // Get…, Delete…
extern const aws::Shape kListCodeSigning;
extern const aws::Shape kFunctionsOfCodeSigning;
extern const aws::Shape kPutRuntimeManagement;
extern const aws::Shape kRuntimeManagement;
extern const aws::Shape kCreateUrl;
extern const aws::Shape kUpdateUrl;
extern const aws::Shape kUrl; // Get…, Delete…
extern const aws::Shape kListUrls;
extern const aws::Shape kInvokeStream;
extern const aws::Shape kPutEventConfig; // and Update…
extern const aws::Shape kEventConfig; // Get…, Delete…
extern const aws::Shape kListEventConfigs;
extern const aws::Shape kCreateMapping; // event source mappings
extern const aws::Shape kUpdateMapping;
extern const aws::Shape kMapping; // Get…, Delete…
extern const aws::Shape kListMappings;
extern const aws::Shape kPublishLayerVersion;
extern const aws::Shape kLayerVersion; // Get…, Delete…, GetLayerVersionPolicy
extern const aws::Shape kLayerVersionByArn;
extern const aws::Shape kListLayers;
extern const aws::Shape kListLayerVersions;
extern const aws::Shape kAddLayerPermission;
extern const aws::Shape kRemoveLayerPermission;
extern const aws::Shape kLayerPackage;

// Own actions.
extern const aws::Shape kOwnFunction;
extern const aws::Shape kOwnCreateFromFolder;
extern const aws::Shape kOwnUpdateFromFolder;
extern const aws::Shape kOwnDebugging;
extern const aws::Shape kOwnEnvironmentState;
extern const aws::Shape kOwnFile;
extern const aws::Shape kOwnWriteFile;
extern const aws::Shape kOwnRenameFile;
extern const aws::Shape kOwnPackage;

}
