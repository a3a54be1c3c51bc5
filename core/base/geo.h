#pragma once

#include "core/base/clock.h"

#include <optional>
#include <span>
#include <string_view>

namespace core::geo {

struct Place {
    double latitude;
    double longitude;
};

struct Region {
    std::string_view id; // "us-east-1"
    std::string_view name; // "N. Virginia"
    Place place;
};

struct Edge {
    std::string_view id; // "GRU": the IATA code; X-Amz-Cf-Pop says "GRU1-C1"
    std::string_view pop; // "GRU1-C1"
    std::string_view city; // "São Paulo"
    std::string_view regional; // id of the region whose regional cache stands behind it
    Place place;
};

struct City {
    std::string_view name;
    std::string_view country; // ISO 3166-1 alpha-2, as CloudFront-Viewer-Country
    Place place;
};

std::span<const Region> regions();
std::span<const Edge> edges();
std::span<const City> cities();

const Region* findRegion(std::string_view id);
const Edge* findEdge(std::string_view id);
const City* findCity(std::string_view name); // ignores case
const Edge& nearestEdge(Place place);

double kilometres(Place a, Place b);
// Round-trip time over fibre: distance × 1.6 detour at 200 km/ms both ways, plus 1 ms.
Micros roundTrip(Place a, Place b);

}
