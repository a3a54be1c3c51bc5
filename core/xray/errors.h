#pragma once

#include "core/base/result.h"

#include <string>

namespace core::xray::errors {

inline Error invalid(std::string message)
{
    return {ErrorKind::Invalid, "InvalidRequestException", std::move(message)};
}
// Part of a filter expression that AWS knows and the chamber does not.
inline Error unsupported(const std::string& what)
{
    return invalid("Cloud Chamber does not support " + what + " in filter expressions");
}

}
