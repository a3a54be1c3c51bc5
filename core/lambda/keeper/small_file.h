#pragma once

#include <cstddef>

namespace core::lambda {

// Of a small file, with a zero behind it; empty when it cannot be read. Gives the length.
std::size_t readText(const char* path, char* into, std::size_t size);
// Into a file that is there, as the kernel's are. False when it did not take it.
bool writeText(const char* folder, const char* file, const char* text);

}
