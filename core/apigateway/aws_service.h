#pragma once

#include "core/base/result.h"

#include <string>

namespace core::apigateway {

// The uri of an AWS integration taken apart:
// arn:aws:apigateway:{region}:[{subdomain}.]{service}:{path|action}/{…}
struct AwsTarget {
    std::string region = {};
    std::string service = {}; // "dynamodb"
    std::string subdomain = {}; // "" or the part before the service: a bucket
    std::string action = {}; // "PutItem", "" for a path
    std::string path = {}; // "/bucket/key", "/" for an action

    // AWS's error for what is no such ARN.
    static Result<AwsTarget> parse(const std::string& uri);
    std::string host() const; // as on AWS: "dynamodb.us-east-1.amazonaws.com"
    bool invokesFunction() const;
};

}
