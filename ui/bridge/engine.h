#pragma once

#include "core/aws/service.h"
#include "core/base/clock.h"
#include "core/base/subscription.h"
#include "core/trace/tracer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace core::chamber {
class Chamber;
}

namespace ui::bridge {

// The parts of an open chamber that the workbench talks to; tests give a Caller of their own. All outlive the
// user.
struct Engine {
    core::aws::Caller& caller;
    core::Clock& clock;
    core::trace::Tracer& tracer;
    core::Publisher<core::aws::ResourceChanged>& changes;
    std::string region = "us-east-1";
    std::string endpoint = {};
    std::filesystem::path folder = {}; // of the chamber; functions' sources are in functions/<name>/

    std::vector<core::aws::Service*> services = {}; // their action tables: the ledger of what is exact

    static Engine of(core::chamber::Chamber& chamber);
};

}
