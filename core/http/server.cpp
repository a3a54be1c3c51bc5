#include "core/http/server.h"

#include "core/http/responder_state.h"

namespace core::http {

Responder::Responder(std::shared_ptr<ResponderState> state)
    : m_state(std::move(state))
{
}

Responder::~Responder()
{
    if (m_state)
        send({.status = 500, .headers = {}, .body = {}, .source = {}, .sourceLength = 0});
}

Responder::Responder(Responder&&) noexcept = default;

Responder& Responder::operator=(Responder&& other) noexcept
{
    Responder before(std::move(*this));
    m_state = std::move(other.m_state);
    return *this;
}

void Responder::send(Response response)
{
    if (const auto state = std::exchange(m_state, nullptr))
        state->send(std::move(response));
}

bool Responder::clientGone() const
{
    return !m_state || m_state->clientGone();
}

BodyPlan Handler::planBody(const Request&)
{
    return {};
}

}
