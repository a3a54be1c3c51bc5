#pragma once

#include <string_view>

namespace core::lambda {

// The built keeper, an executable file's bytes.
std::string_view keeperImage();

}
