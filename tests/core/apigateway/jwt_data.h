#pragma once

#include <nlohmann/json.hpp>

#include <string>

// data/jwt.json: an issuer, its key set, and tokens by the names of their cases.
const nlohmann::json& jwtData();
// The token of a case; the name itself when there is none.
std::string jwtToken(const std::string& name);
