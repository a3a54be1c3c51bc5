#pragma once

#include "ui/tables/query_builder.h"

namespace ui::tables {

enum class CodeFlavour { Python, JavaScript, Cli };

// The code that asks what the form asks: boto3's resource with conditions, the SDK for JavaScript v3, the AWS
// CLI. Runs as it is; where it goes is up to AWS_ENDPOINT_URL. The error is the form's (buildRequest()).
core::Result<QString> writeCode(CodeFlavour flavour, const QueryForm& form, const TableSchema& schema);

}
