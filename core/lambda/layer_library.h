#pragma once

#include "core/lambda/service.h"

namespace core::lambda {

inline constexpr std::size_t kMostLayers = 5;

// A layer as LayerName of a request names it: by name or by ARN. Fails for one of another region.
Result<std::string> layerNameOf(const aws::RequestContext& context, const std::string& given);

// The layer's versions that are not deleted, in order.
std::vector<std::shared_ptr<const LayerVersion>> layerVersions(
    LambdaService& service, const std::string& layerKey);

// Takes over the Layers member of a request: checks that they exist, are not twice there, and fit together
// with the code, which is in place already.
Result<> applyLayers(LambdaService& service, Function& function, const nlohmann::json& input);

// Removes what deleted layer versions left behind and no function uses any more. The caller holds changing().
void sweepLayers(LambdaService& service);

}
