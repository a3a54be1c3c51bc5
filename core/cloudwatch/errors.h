#pragma once

#include "core/base/result.h"

#include <string>

namespace core::cloudwatch::errors {

// Each error of CloudWatch that this service gives, by the query protocol's code.
inline Error invalidValue(std::string message)
{
    return {ErrorKind::Invalid, "InvalidParameterValue", std::move(message)};
}
inline Error combination(std::string message)
{
    return {ErrorKind::Invalid, "InvalidParameterCombination", std::move(message)};
}
inline Error missing(const std::string& parameter)
{
    return {ErrorKind::Invalid, "MissingParameter", "The parameter " + parameter + " is required."};
}
inline Error validation(std::string message)
{
    return {ErrorKind::Invalid, "ValidationError", std::move(message)};
}
inline Error badToken()
{
    return {ErrorKind::Invalid, "InvalidNextToken", "Invalid nextToken"};
}
// What AWS takes and the chamber does not.
inline Error unsupported(std::string message)
{
    return {ErrorKind::Invalid, "ValidationError", "Cloud Chamber does not support " + std::move(message)};
}

}
