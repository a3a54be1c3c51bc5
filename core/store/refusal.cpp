#include "core/store/refusal.h"

#include "core/store/detail/connection.h"

namespace core::store {

Error refusal()
{
    return detail::StoreFailure(SQLITE_IOERR, "its log could not be synced; open the chamber again").error();
}

bool isRefusal(const Error& error)
{
    return error.kind == ErrorKind::Io && error.message == refusal().message;
}

}
