#include "core/events/errors.h"

namespace core::events::errors {

namespace {

std::string text(std::string_view a, std::string_view b, std::string_view c = {})
{
    return std::string(a).append(b).append(c);
}

}

Error validation(std::string message)
{
    return {ErrorKind::Invalid, "ValidationException", std::move(message)};
}

Error noBus(std::string_view name)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", text("Event bus ", name, " does not exist.")};
}

Error noRule(std::string_view rule, std::string_view bus)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException",
        text("Rule ", rule, " does not exist on EventBus ") + std::string(bus) + '.'};
}

Error busExists(std::string_view name)
{
    return {
        ErrorKind::Conflict, "ResourceAlreadyExistsException", text("Event bus ", name, " already exists.")};
}

Error badPattern(std::string_view reason)
{
    return {ErrorKind::Invalid, "InvalidEventPatternException",
        text("Event pattern is not valid. Reason: ", reason)};
}

Error tooMany()
{
    return {ErrorKind::Invalid, "LimitExceededException",
        "The requested resource exceeds the maximum number allowed."};
}

Error noResource(std::string_view arn)
{
    return {ErrorKind::NotFound, "ResourceNotFoundException", text("Resource ", arn, " does not exist.")};
}

}
