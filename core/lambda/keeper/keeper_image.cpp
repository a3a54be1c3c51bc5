#include "core/lambda/keeper/keeper_image.h"

// The file is made by the build and travels inside the program, as the runtimes' bootstraps do.
asm(R"(
    .section .rodata
    .global chamber_keeper_begin
    .global chamber_keeper_end
chamber_keeper_begin:
    .incbin ")" KEEPER_FILE R"("
chamber_keeper_end:
    .byte 0
    .text
)");

extern "C" const char chamber_keeper_begin[]; // NOLINT: the assembler's names
extern "C" const char chamber_keeper_end[];

namespace core::lambda {

std::string_view keeperImage()
{
    return {chamber_keeper_begin, static_cast<std::size_t>(chamber_keeper_end - chamber_keeper_begin)};
}

}
