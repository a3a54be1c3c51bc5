#pragma once

#include "core/aws/request.h"

#include <optional>
#include <string>

namespace core::lambda {

// What a caller means by FunctionName (a name, a partial or a full ARN) and Qualifier.
struct FunctionName {
    std::string name;
    std::string region;
    std::string qualifier; // "" when none was given

    // "$LATEST" or none
    bool isLatest() const { return qualifier.empty() || qualifier == "$LATEST"; }
    std::string key() const { return region + '/' + name; }
    // ":$LATEST" or ""
    std::string suffix() const { return qualifier.empty() ? "" : ':' + qualifier; }
    // As error messages name it.
    std::string arn(const aws::RequestContext& context) const;
};

// Reads input's FunctionName and Qualifier. Errors: two different qualifiers; a function of another region.
Result<FunctionName> functionNameOf(const aws::RequestContext& context, const aws::Request& request);

}
