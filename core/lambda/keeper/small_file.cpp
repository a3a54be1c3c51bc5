#include "core/lambda/keeper/small_file.h"

#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace core::lambda {

std::size_t readText(const char* path, char* into, std::size_t size)
{
    into[0] = '\0';
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    const auto count = ::read(file, into, size - 1);
    close(file);
    const auto length = count > 0 ? static_cast<std::size_t>(count) : 0;
    into[length] = '\0';
    return length;
}

bool writeText(const char* folder, const char* file, const char* text)
{
    char path[512];
    std::snprintf(path, sizeof path, "%s/%s", folder, file);
    const int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool done = write(descriptor, text, std::strlen(text)) >= 0;
    close(descriptor);
    return done;
}

}
