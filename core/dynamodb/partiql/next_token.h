#pragma once

#include "core/base/clock.h"
#include "core/dynamodb/partiql/values.h"

#include <cstdint>
#include <string>
#include <string_view>

// NextToken: where a SELECT goes on, bound to the statement and the parameters that it was given for, good
// for an hour.
namespace core::dynamodb::partiql {

struct ReadPlace {
    std::uint32_t read = 0; // which read of the access path
    std::string row; // behind this row of it; "" from its beginning
};

// What a token is bound to.
std::uint64_t requestDigest(
    std::string_view region, std::string_view statement, const Parameters& parameters);

std::string tokenOf(const ReadPlace& place, std::uint64_t digest, Micros now);
Result<ReadPlace> placeOf(std::string_view token, std::uint64_t digest, Micros now);

}
