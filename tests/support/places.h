#pragma once

#include <string>
#include <string_view>

// Where the sources and the build are. Known to one translation unit alone, so that what a compiler cache
// keeps of the others serves every clone.
namespace places {

// The path of a file of the sources: source("resources/samples/corner-bookshop").
std::string source(std::string_view inside);
// The path of a file of the build.
std::string built(std::string_view inside);

}
