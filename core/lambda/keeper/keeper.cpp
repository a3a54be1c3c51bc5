// The keeper of one execution environment: a small program between the chamber and the runtime.
//
//     keeper watch <memory in KB, 0 for no limit> [--into <group> | --join <group>]… -- <program> [argument]…
//     keeper launch <user namespace of the chamber> [extension]… -- <program> [argument]…
//
// `watch` (watch.h) runs beside the program, outside of any sandbox; `launch` (launcher.h) inside of it.
#include "core/lambda/keeper/launcher.h"
#include "core/lambda/keeper/watch.h"

#include <cstring>

int main(int count, char** arguments)
{
    using namespace core::lambda;
    if (count > 2 && std::strcmp(arguments[1], "watch") == 0)
        return watch(count - 2, arguments + 2);
    if (count > 2 && std::strcmp(arguments[1], "launch") == 0)
        return launch(count - 2, arguments + 2);
    return 64;
}
