#pragma once

namespace app {

// Opens the window and runs until it is closed. Only in builds with the workbench.
int runWorkbench(int argc, char** argv);

}
