#pragma once

#include "core/aws/shape.h"

// What requests on items may ask to be told beside their answers.
namespace core::dynamodb::shapes {

inline constexpr std::string_view kCapacityModes[] = {"INDEXES", "TOTAL", "NONE"};
inline constexpr std::string_view kMetricModes[] = {"SIZE", "NONE"};
inline constexpr std::string_view kFailureModes[] = {"ALL_OLD", "NONE"};

inline constexpr aws::Shape kReturnCapacity{.type = aws::Type::String, .values = kCapacityModes};
inline constexpr aws::Shape kReturnMetrics{.type = aws::Type::String, .values = kMetricModes};
inline constexpr aws::Shape kReturnOnFailure{.type = aws::Type::String, .values = kFailureModes};

}
