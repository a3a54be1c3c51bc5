#include "core/apigateway/v2/model.h"

namespace core::apigateway::v2 {

std::string Route::integrationId() const
{
    constexpr std::string_view kPrefix = "integrations/";
    return target.starts_with(kPrefix) ? target.substr(kPrefix.size()) : std::string{};
}

}
