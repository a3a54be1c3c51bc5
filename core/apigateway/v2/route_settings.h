#pragma once

#include "core/apigateway/v2/model.h"

namespace core::apigateway::v2 {

// What a stage says of a route: the route's own setting, else the stage's for all.
template <typename Value>
std::optional<Value> routeSetting(
    const Stage& stage, const std::string& routeKey, std::optional<Value> RouteSettings::*member)
{
    const auto own = stage.routeSettings.find(routeKey);
    if (own != stage.routeSettings.end() && own->second.*member)
        return own->second.*member;
    return stage.defaultRouteSettings.*member;
}

// "", OFF, ERROR or INFO.
inline const std::string& loggingLevelOf(const Stage& stage, const std::string& routeKey)
{
    const auto own = stage.routeSettings.find(routeKey);
    return own != stage.routeSettings.end() && !own->second.loggingLevel.empty()
        ? own->second.loggingLevel
        : stage.defaultRouteSettings.loggingLevel;
}

// AWS's limits of an account, which hold where a setting leaves one open.
inline constexpr double kAccountRate = 10'000;
inline constexpr double kAccountBurst = 5'000;

}
