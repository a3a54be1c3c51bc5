#pragma once

#include <string_view>

namespace core::apigateway::reference {

// The page's style sheet, in the workbench's colours and sizes.
extern const std::string_view kStyle;

}
