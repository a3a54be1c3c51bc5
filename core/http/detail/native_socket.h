#pragma once

#include <boost/system/error_code.hpp>

namespace core::http::detail {

// Sockets that the processes of functions, which are started at any moment, do not inherit: Asio opens and
// accepts without close-on-exec, and a function that holds a listening socket would keep the port open after
// us. Both give -1 and the reason on failure; the socket belongs to the caller.
int openStream(int family, boost::system::error_code& error);
int acceptStream(int listener, boost::system::error_code& error); // non-blocking

// As many open files as the system lets this process have: thousands of idle WebSockets are sockets each.
void raiseFileLimit();

}
