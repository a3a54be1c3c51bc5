#pragma once

#include "core/lambda/service.h"
#include "core/lambda/url_address.h"

namespace core::lambda {

// Serves a request to a function URL: finds the URL, answers preflights, asks who may call, invokes, and
// turns the function's answer into HTTP. Waits for the function.
http::Response serveUrl(
    LambdaService& service, const UrlAddress& address, http::Request request, trace::SpanScope& span);

// The URL that an address names, nullptr when there is none.
std::shared_ptr<const UrlConfig> findUrl(const aws::RecordStore<UrlConfig>& urls, const UrlAddress& address);

}
