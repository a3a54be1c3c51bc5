#include "tests/support/places.h"

namespace places {

std::string source(std::string_view inside)
{
    return CHAMBER_SOURCE_DIR "/" + std::string(inside);
}

std::string built(std::string_view inside)
{
    return CHAMBER_BINARY_DIR "/" + std::string(inside);
}

}
