#pragma once

#include "core/http/message.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::aws {

// What a Host header means to the chamber (DESIGN §6). Pure.

std::string_view hostWithoutPort(std::string_view host); // "[::1]:4566" → "[::1]"
std::string_view portOfHost(std::string_view host); // "" when there is none

bool isLocalHost(std::string_view name); // localhost, *.localhost and IP addresses
bool isAmazonHost(std::string_view name); // *.amazonaws.com, *.cloudfront.net

struct BucketHost {
    std::string_view bucket; // "" for the S3 host itself
    std::string_view region; // "" when the name has none
};

// {bucket}.s3[.region].localhost, {bucket}.s3[.region].amazonaws.com, and the same without a bucket.
std::optional<BucketHost> bucketOfHost(std::string_view name);

struct ServiceHost {
    std::string_view service;
    std::string_view region;
};

// {service}.{region}.amazonaws.com, {service}.localhost.
std::optional<ServiceHost> serviceOfHost(std::string_view name);

// A page of another site must neither call the chamber (Origin) nor reach it under its own name (Host; DNS
// rebinding). IP addresses are safe as Host: rebinding needs a name.
bool hostIsAccepted(std::string_view host, const std::vector<std::string>& furtherHosts);
bool originIsAccepted(std::string_view origin, const std::vector<std::string>& furtherHosts);

}
