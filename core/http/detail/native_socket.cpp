#include "core/http/detail/native_socket.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cerrno>

namespace core::http::detail {

namespace {

int checked(int socket, boost::system::error_code& error)
{
    error = socket < 0 ? boost::system::error_code(errno, boost::system::system_category())
                       : boost::system::error_code();
    return socket;
}

}

#ifdef SOCK_CLOEXEC

int openStream(int family, boost::system::error_code& error)
{
    return checked(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), error);
}

int acceptStream(int listener, boost::system::error_code& error)
{
    return checked(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK), error);
}

#else

// Without an atomic way a process started in between inherits the socket; nothing better exists there.
int openStream(int family, boost::system::error_code& error)
{
    const int socket = checked(::socket(family, SOCK_STREAM, 0), error);
    if (socket >= 0)
        ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    return socket;
}

int acceptStream(int listener, boost::system::error_code& error)
{
    const int socket = checked(::accept(listener, nullptr, nullptr), error);
    if (socket >= 0) {
        ::fcntl(socket, F_SETFD, FD_CLOEXEC);
        ::fcntl(socket, F_SETFL, O_NONBLOCK);
    }
    return socket;
}

#endif

void raiseFileLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}
