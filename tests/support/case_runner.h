#pragma once

#include "tests/support/temp_chamber.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <vector>

namespace tests {

// A file of tests/cases/<service>/: {"before": [steps], "cases": [{"name", "steps": [steps]}]}. Each case
// runs in a chamber of its own, over HTTP, after the file's "before" steps; its clock stands at 1700000000
// until a step moves it. A step:
//   "service"   the folder's name when absent            "action", "request"  as an SDK would send it; or
//   "raw"       the body as text instead of "request"    "http"  {"method", "path", "headers", "body"}; or
//   "region"    of the action, when it is not us-east-1
//   "clock"     "90s": moves the chamber's clock
//   "status"    the HTTP status                          "error"  "Code: message"    "errorBegins"  its
//   beginning "answer"    the whole answer                         "match"  a part of it: objects may have
//   more members "has"       {pointer: value}, null for absent        "headers"  {name: value} of the answer
//   "text"      the whole body as text                   "keep"  {name: pointer}: {name} stands for it in
//   later steps
//   "until"     {pointer: value}: asks again until the answer has them, as a client waits for what goes on
//               behind its request
struct CaseFile {
    std::string path;
    std::string service;
    std::vector<std::string> names;
};

std::vector<CaseFile> caseFiles();

// Why case number `index` fails; "" when it passes.
std::string runCase(const CaseFile& file, std::size_t index);

}
