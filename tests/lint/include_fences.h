#pragma once

#include "tests/lint/include_line.h"

namespace tests {

// Who may include whom: the layers and the fences of core/README.md and ui/README.md. Gives a text for each
// line that breaks a rule: file, line, and the rule in words.
std::vector<std::string> brokenFences(const std::vector<IncludeLine>& lines);

}
