#pragma once

#include <string>
#include <vector>

namespace app {

// `cloudchamber serve`: opens a chamber, serves it until SIGINT or SIGTERM, closes it. Starts no part of Qt.
// Returns the exit code: 0, 1 when the chamber cannot run, 2 for options that are not understood.
int serve(const std::vector<std::string>& arguments);

}
