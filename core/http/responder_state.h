#pragma once

#include "core/http/message.h"

namespace core::http {

// What a Responder hands its answer to: an exchange of the server, or whatever calls a Handler without a
// socket. Both members may be called from any thread; send() at most once.
class ResponderState {
public:
    virtual ~ResponderState() = default;
    virtual void send(Response response) = 0;
    virtual bool clientGone() const = 0;
};

}
