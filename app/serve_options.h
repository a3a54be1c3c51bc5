#pragma once

#include "core/chamber/chamber.h"

#include <string>
#include <vector>

namespace app {

struct ServeOptions {
    core::chamber::ChamberOptions chamber;
    std::string sample;
    bool help = false;
    bool version = false;
};

// Reads what stands after `cloudchamber serve`. An error's message is for the person at the terminal.
core::Result<ServeOptions> parseServeOptions(const std::vector<std::string>& arguments);

std::string serveHelp();

// $XDG_DATA_HOME/cloudchamber/default.chamber, else below ~/.local/share.
std::filesystem::path defaultChamberFolder();

}
