#include "tests/core/apigateway/jwt_data.h"

#include "tests/support/places.h"

#include <fstream>

using nlohmann::json;

const json& jwtData()
{
    static const json kData = [] {
        std::ifstream stream(places::source("tests/core/apigateway/data/jwt.json"));
        return json::parse(stream);
    }();
    return kData;
}

std::string jwtToken(const std::string& name)
{
    for (const auto& entry : jwtData().at("cases")) {
        if (entry.at("name") == name)
            return entry.at("token");
    }
    return name;
}
