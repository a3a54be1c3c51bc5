#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace core {

enum class ErrorKind { Invalid, NotFound, Conflict, Denied, Throttled, TooLarge, Cancelled, Io, Internal };

// What went wrong, in the words that reach the user. `code` is the AWS wire name of the error; `members`
// holds further members of the wire error as the text of a JSON object ("" for none), such as the Item of a
// failed condition.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string code;
    std::string message;
    std::string members = {};
};

template <typename T = void> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(ErrorKind kind, std::string code, std::string message)
{
    return tl::unexpected<Error>(Error{kind, std::move(code), std::move(message)});
}

}

#define CORE_CONCAT_INNER(a, b) a##b
#define CORE_CONCAT(a, b) CORE_CONCAT_INNER(a, b)

// CORE_TRY(auto value, expression): unwraps a Result or returns its error from the calling function.
#define CORE_TRY(declaration, ...)                                                                           \
    auto&& CORE_CONCAT(coreTry, __LINE__) = (__VA_ARGS__);                                                   \
    if (!CORE_CONCAT(coreTry, __LINE__))                                                                     \
        return tl::unexpected<core::Error>(std::move(CORE_CONCAT(coreTry, __LINE__)).error());               \
    declaration = *std::move(CORE_CONCAT(coreTry, __LINE__))

// CORE_CHECK(expression): returns the error of a Result from the calling function.
#define CORE_CHECK(...)                                                                                      \
    do {                                                                                                     \
        if (auto coreCheck = (__VA_ARGS__); !coreCheck)                                                      \
            return tl::unexpected<core::Error>(std::move(coreCheck).error());                                \
    } while (false)
