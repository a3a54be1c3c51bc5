#include "core/dynamodb/timed_id.h"

#include "core/base/hash.h"
#include "core/base/ids.h"

#include <cstdio>

namespace core::dynamodb {

namespace {

constexpr std::size_t kRandomBytes = 4;

}

std::string timedId(Micros now)
{
    char moment[32];
    std::snprintf(moment, sizeof moment, "%014lld", static_cast<long long>(now / kMillisecond));
    return std::string(moment) + "-" + hex(randomBytes(kRandomBytes));
}

}
