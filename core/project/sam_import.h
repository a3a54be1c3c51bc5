#pragma once

#include "core/aws/service.h"
#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace core::project {

struct ImportReport {
    std::vector<std::string> created; // "AWS::DynamoDB::Table Books"
    std::vector<std::string> notes; // what was read but is not enforced here, such as a function's policies
    std::string apiId; // of a REST API
    std::string httpApiId; // of an HTTP or WebSocket API
    std::string distributionId;
};

using ImportProgress = std::function<void(const std::string& whatHappensNow)>;

// The template of a folder: template.yaml, template.yml or template.json; the first where there is none.
std::filesystem::path templateIn(const std::filesystem::path& folder);

// Reads a SAM template (templateIn) and creates its resources by the same actions that an SDK would call.
// A resource type or property that is not read is ErrorKind::Invalid naming it and its line; then nothing was
// created. Blocking.
Result<ImportReport> importSam(const std::filesystem::path& folder, aws::Caller& caller,
    const std::string& region, const ImportProgress& progress = {});

// Opens a sample: imports its template, then loads its seed data: seed/tables/*.json as {"<table>": [items in
// DynamoDB JSON]}, seed/objects/<logical id of the bucket>/… as objects. Blocking.
Result<ImportReport> openSample(const std::filesystem::path& sampleFolder, aws::Caller& caller,
    const std::string& region, const ImportProgress& progress = {});

// Names of the folders with a template.yaml, and where samples are installed (beside the program or in the
// source tree).
std::vector<std::string> sampleNames();
// A whole path of a folder with a template is itself.
std::filesystem::path sampleFolder(const std::string& name);

}
