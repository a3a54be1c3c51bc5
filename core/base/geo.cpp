#include "core/base/geo.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace core::geo {

namespace {

// Coordinates are those of the metropolitan area; AWS does not publish the data centres'.
constexpr std::array kRegions{
    Region{"us-east-1", "N. Virginia", {38.95, -77.45}},
    Region{"us-east-2", "Ohio", {39.96, -83.00}},
    Region{"us-west-1", "N. California", {37.35, -121.96}},
    Region{"us-west-2", "Oregon", {45.84, -119.70}},
    Region{"ca-central-1", "Canada Central", {45.50, -73.57}},
    Region{"ca-west-1", "Calgary", {51.05, -114.07}},
    Region{"mx-central-1", "Mexico Central", {20.59, -100.39}},
    Region{"sa-east-1", "São Paulo", {-23.55, -46.63}},
    Region{"eu-west-1", "Ireland", {53.35, -6.26}},
    Region{"eu-west-2", "London", {51.51, -0.13}},
    Region{"eu-west-3", "Paris", {48.86, 2.35}},
    Region{"eu-central-1", "Frankfurt", {50.11, 8.68}},
    Region{"eu-central-2", "Zurich", {47.38, 8.54}},
    Region{"eu-north-1", "Stockholm", {59.33, 18.07}},
    Region{"eu-south-1", "Milan", {45.46, 9.19}},
    Region{"eu-south-2", "Spain", {41.65, -0.89}},
    Region{"af-south-1", "Cape Town", {-33.92, 18.42}},
    Region{"me-south-1", "Bahrain", {26.07, 50.56}},
    Region{"me-central-1", "UAE", {24.45, 54.38}},
    Region{"il-central-1", "Tel Aviv", {32.09, 34.78}},
    Region{"ap-south-1", "Mumbai", {19.08, 72.88}},
    Region{"ap-south-2", "Hyderabad", {17.39, 78.49}},
    Region{"ap-southeast-1", "Singapore", {1.35, 103.82}},
    Region{"ap-southeast-2", "Sydney", {-33.87, 151.21}},
    Region{"ap-southeast-3", "Jakarta", {-6.21, 106.85}},
    Region{"ap-southeast-4", "Melbourne", {-37.81, 144.96}},
    Region{"ap-northeast-1", "Tokyo", {35.68, 139.69}},
    Region{"ap-northeast-2", "Seoul", {37.57, 126.98}},
    Region{"ap-northeast-3", "Osaka", {34.69, 135.50}},
    Region{"ap-east-1", "Hong Kong", {22.32, 114.17}},
};

// Regional caches stand in the regions that CloudFront's guide names for origin shield nearest to each edge.
constexpr std::array kEdges{
    Edge{"SFO", "SFO1-C1", "San Francisco", "us-west-2", {37.77, -122.42}},
    Edge{"IAD", "IAD1-C1", "Ashburn", "us-east-1", {39.04, -77.49}},
    Edge{"GRU", "GRU1-C1", "São Paulo", "sa-east-1", {-23.55, -46.63}},
    Edge{"SCL", "SCL1-C1", "Santiago", "sa-east-1", {-33.45, -70.67}},
    Edge{"LHR", "LHR1-C1", "London", "eu-west-2", {51.51, -0.13}},
    Edge{"FRA", "FRA1-C1", "Frankfurt", "eu-central-1", {50.11, 8.68}},
    Edge{"JNB", "JNB1-C1", "Johannesburg", "eu-west-2", {-26.20, 28.05}},
    Edge{"DXB", "DXB1-C1", "Dubai", "ap-south-1", {25.20, 55.27}},
    Edge{"BOM", "BOM1-C1", "Mumbai", "ap-south-1", {19.08, 72.88}},
    Edge{"SIN", "SIN1-C1", "Singapore", "ap-southeast-1", {1.35, 103.82}},
    Edge{"NRT", "NRT1-C1", "Tokyo", "ap-northeast-1", {35.68, 139.69}},
    Edge{"SYD", "SYD1-C1", "Sydney", "ap-southeast-2", {-33.87, 151.21}},
};

constexpr std::array kCities{
    City{"Amsterdam", "NL", {52.37, 4.90}},
    City{"Athens", "GR", {37.98, 23.73}},
    City{"Atlanta", "US", {33.75, -84.39}},
    City{"Auckland", "NZ", {-36.85, 174.76}},
    City{"Bangkok", "TH", {13.76, 100.50}},
    City{"Berlin", "DE", {52.52, 13.41}},
    City{"Bogotá", "CO", {4.71, -74.07}},
    City{"Boston", "US", {42.36, -71.06}},
    City{"Buenos Aires", "AR", {-34.60, -58.38}},
    City{"Cairo", "EG", {30.04, 31.24}},
    City{"Cape Town", "ZA", {-33.92, 18.42}},
    City{"Chicago", "US", {41.88, -87.63}},
    City{"Delhi", "IN", {28.61, 77.21}},
    City{"Dubai", "AE", {25.20, 55.27}},
    City{"Frankfurt", "DE", {50.11, 8.68}},
    City{"Hanoi", "VN", {21.03, 105.85}},
    City{"Helsinki", "FI", {60.17, 24.94}},
    City{"Hong Kong", "HK", {22.32, 114.17}},
    City{"Istanbul", "TR", {41.01, 28.98}},
    City{"Jakarta", "ID", {-6.21, 106.85}},
    City{"Johannesburg", "ZA", {-26.20, 28.05}},
    City{"Lagos", "NG", {6.52, 3.38}},
    City{"Lima", "PE", {-12.05, -77.04}},
    City{"Lisbon", "PT", {38.72, -9.14}},
    City{"London", "GB", {51.51, -0.13}},
    City{"Los Angeles", "US", {34.05, -118.24}},
    City{"Madrid", "ES", {40.42, -3.70}},
    City{"Manila", "PH", {14.60, 120.98}},
    City{"Melbourne", "AU", {-37.81, 144.96}},
    City{"Mexico City", "MX", {19.43, -99.13}},
    City{"Mumbai", "IN", {19.08, 72.88}},
    City{"Nairobi", "KE", {-1.29, 36.82}},
    City{"New York", "US", {40.71, -74.01}},
    City{"Osaka", "JP", {34.69, 135.50}},
    City{"Paris", "FR", {48.86, 2.35}},
    City{"Perth", "AU", {-31.95, 115.86}},
    City{"Reykjavík", "IS", {64.15, -21.94}},
    City{"Rome", "IT", {41.90, 12.50}},
    City{"San Francisco", "US", {37.77, -122.42}},
    City{"Santiago", "CL", {-33.45, -70.67}},
    City{"São Paulo", "BR", {-23.55, -46.63}},
    City{"Seattle", "US", {47.61, -122.33}},
    City{"Seoul", "KR", {37.57, 126.98}},
    City{"Singapore", "SG", {1.35, 103.82}},
    City{"Stockholm", "SE", {59.33, 18.07}},
    City{"Sydney", "AU", {-33.87, 151.21}},
    City{"Tokyo", "JP", {35.68, 139.69}},
    City{"Toronto", "CA", {43.65, -79.38}},
    City{"Vancouver", "CA", {49.28, -123.12}},
    City{"Warsaw", "PL", {52.23, 21.01}},
};

template <typename Table, typename Matches>
auto findIn(const Table& table, Matches matches) -> const typename Table::value_type*
{
    const auto place = std::find_if(table.begin(), table.end(), matches);
    return place == table.end() ? nullptr : &*place;
}

}

std::span<const Region> regions()
{
    return kRegions;
}

std::span<const Edge> edges()
{
    return kEdges;
}

std::span<const City> cities()
{
    return kCities;
}

const Region* findRegion(std::string_view id)
{
    return findIn(kRegions, [&](const Region& region) { return region.id == id; });
}

const Edge* findEdge(std::string_view id)
{
    return findIn(kEdges, [&](const Edge& edge) { return edge.id == id; });
}

const City* findCity(std::string_view name)
{
    return findIn(kCities, [&](const City& city) { return equalsIgnoreCase(city.name, name); });
}

const Edge& nearestEdge(Place place)
{
    return *std::min_element(kEdges.begin(), kEdges.end(), [&](const Edge& a, const Edge& b) {
        return kilometres(a.place, place) < kilometres(b.place, place);
    });
}

double kilometres(Place a, Place b)
{
    constexpr double kEarthRadius = 6371;
    constexpr double kRadian = std::numbers::pi / 180;
    const double latitude = std::sin((b.latitude - a.latitude) * kRadian / 2);
    const double longitude = std::sin((b.longitude - a.longitude) * kRadian / 2);
    const double h = latitude * latitude
        + std::cos(a.latitude * kRadian) * std::cos(b.latitude * kRadian) * longitude * longitude;
    return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(h)));
}

Micros roundTrip(Place a, Place b)
{
    constexpr double kDetour = 1.6;
    constexpr double kKilometresPerMilli = 200;
    const double millis = 2 * kilometres(a, b) * kDetour / kKilometresPerMilli + 1;
    return std::llround(millis * static_cast<double>(kMillisecond));
}

}
