#include "ui/bridge/engine.h"

#include "core/chamber/chamber.h"

namespace ui::bridge {

Engine Engine::of(core::chamber::Chamber& chamber)
{
    return {chamber.caller(), chamber.clock(), chamber.tracer(), chamber.changes(), chamber.region(),
        chamber.endpoint(), chamber.folder(), chamber.services()};
}

}
