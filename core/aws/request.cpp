#include "core/aws/request.h"

#include <nlohmann/json.hpp>

namespace core::aws {

using nlohmann::json;

Request::Request() = default;
Request::~Request() = default;
Request::Request(Request&&) noexcept = default;
Request& Request::operator=(Request&&) noexcept = default;

const json& Request::input() const
{
    static const json empty = json::object();
    return m_input ? *m_input : empty;
}

json& Request::input()
{
    if (!m_input)
        m_input = std::make_unique<json>(json::object());
    return *m_input;
}

void Request::setInput(json input)
{
    m_input = std::make_unique<json>(std::move(input));
}

Reply Reply::of(nlohmann::json output, int status)
{
    Reply reply;
    reply.status = status;
    reply.output = std::make_shared<const nlohmann::json>(std::move(output));
    return reply;
}

Reply Reply::bytes(std::string body, std::string contentType, int status)
{
    Reply reply;
    reply.status = status;
    reply.headers.add("Content-Type", std::move(contentType));
    reply.body = std::move(body);
    return reply;
}

nlohmann::json Reply::json() const
{
    if (output)
        return *output;
    auto parsed = nlohmann::json::parse(body, nullptr, false);
    return parsed.is_discarded() ? nlohmann::json() : parsed;
}

}
